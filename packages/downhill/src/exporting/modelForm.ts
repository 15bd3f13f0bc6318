import { InputTypeError, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Scaling } from "../estimators/fit/scaling.ts";
import type { FittedData } from "../estimators/fitted/fittedData.ts";
import { unframe } from "../estimators/saved/savedFile.ts";
import { decodeTable } from "../estimators/saved/savedTable.ts";
import type { Activation } from "../predictors/network.ts";
import { columnsWithoutWords } from "../tables/preparation/featureNames.ts";
import type { DensePreparation, Preparation } from "../tables/preparation/preparation.ts";

/** A fitted model that can be exported: of `tableModel`, or of any estimator except `matrixFactorization`. */
export interface Exportable {
  /** The kind of the model. */
  readonly kind: string;
  /** The model as data for JSON.stringify. */
  toJSON(): unknown;
}

/** A linear map: z_c = b_c + Σ_j W_cj x_j. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** outputs × inputs, row by row. */
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
}

/**
 * From scores z to the result: "identity" predicts z; "exp" predicts e^z; "sigmoid" gives the probability 1/(1 + e^−z) of the
 * second class; "softmax" gives the probabilities of the classes; "sign" has classes without probabilities.
 */
export type LinkName = "identity" | "exp" | "sigmoid" | "softmax" | "sign";

/** A fitted model as the formulas that a program in another language needs. */
export interface ModelForm {
  /** The kind of the model of the features, such as "logistic". */
  readonly kind: FittedData["kind"];
  /** How the columns of the user become features; null if the columns are the features. */
  readonly preparation: DensePreparation | null;
  readonly features: number;
  /** The names of the features; null if they have none. */
  readonly names: readonly string[] | null;
  /** The scaling of the features; null for none. */
  readonly scaling: Scaling | null;
  /** One layer for linear scores. */
  readonly layers: readonly Layer[];
  /** The function between layers; null for linear scores. */
  readonly activation: Activation | null;
  readonly link: LinkName;
  /** The classes in the order of the scores; null for a regression. */
  readonly classes: readonly Label[] | null;
  /** The probability of the second of two classes from which it is the prediction; null: the class with the highest score. */
  readonly threshold: number | null;
  /** The scaling of the target of a regression; null for none. */
  readonly targetScaling: Scaling | null;
}

/**
 * The formulas of a fitted model.
 *
 * @throws TypeError for a value that is not a fitted model, for a factorization, and for columns with words
 */
export function modelFormOf(functionName: string, model: Exportable): ModelForm {
  if (model?.kind === "factorization" || model?.kind === "ratings") {
    throw new InputTypeError(
      `${functionName}: the model must predict from columns, got a factorization. Write its recommendations to a file with \`recommend\`, or its factors with \`params\`.`,
    );
  }
  const { preparation = null, model: inner = model } = (model ?? {}) as {
    preparation?: Preparation;
    model?: Exportable;
  };
  if (typeof inner?.toJSON !== "function") {
    throw new InputTypeError(
      `${functionName}: model must be a fitted model, got ${show(model)}. Pass the result of fit, train or load.`,
    );
  }
  const data = decodeTable(unframe(inner.toJSON()));
  const { kind, features, names, scaling, targetScaling, classes, threshold } = data;
  const layers = layersOf(data);
  const activation = kind === "network" ? (data.settings["activation"] as Activation) : null;
  return {
    kind,
    preparation: preparation && withoutWords(functionName, preparation),
    features,
    names,
    scaling,
    layers,
    activation,
    link: linkOf(data),
    classes,
    threshold: threshold ?? null,
    targetScaling,
  };
}

/** @throws TypeError for a column with words, which other programs cannot hash */
function withoutWords(functionName: string, preparation: Preparation): DensePreparation {
  const columns = columnsWithoutWords(preparation.columns);
  if (columns.length === preparation.columns.length) return { ...preparation, columns };
  const { name } = preparation.columns.find(({ encoding }) => encoding.type === "words")!;
  throw new InputTypeError(
    `${functionName}: the model must have no column with words, which other programs do not hash in the same way, got ${show(name)}. ` +
      "Predict with the saved model: `load` in a program, or downhill predict.",
  );
}

/** The layers of a model: its parameters contain weights and intercepts of each layer, one after the other. */
function layersOf({ kind, settings, features, classes, params }: FittedData): Layer[] {
  const hidden = kind === "network" ? (settings["hidden"] as readonly number[]) : [];
  const last =
    classes === null || (classes.length === 2 && (kind === "logistic" || kind === "svm")) ? 1 : classes.length;
  let inputs = features;
  let at = 0;
  return [...hidden, last].map((outputs) => {
    const end = at + inputs * outputs;
    const layer = { inputs, outputs, weights: params.slice(at, end), intercepts: params.slice(end, end + outputs) };
    inputs = outputs;
    at = end + outputs;
    return layer;
  });
}

function linkOf({ kind, settings, classes }: FittedData): LinkName {
  if (kind === "logistic") return "sigmoid";
  if (kind === "svm") return "sign";
  if (classes !== null) return "softmax";
  return settings["loss"] === "poisson" ? "exp" : "identity";
}
