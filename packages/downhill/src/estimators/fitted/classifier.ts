// What fitted classifiers share.
import { InputTypeError } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Again, Frozen, PartialFitOptions } from "../fit/estimator.ts";
import { type ClassWeights, type Indexed, indexLabels, weightsOfClasses } from "../fit/labels.ts";
import type { DescentOptions } from "../fit/options.ts";
import { matrixOf, type Table } from "../fit/table.ts";
import type { FittedData, FittedTable, LinearParts } from "./fittedData.ts";
import { tableMembers } from "./fittedTable.ts";
import { type Link, scorer } from "./scorer.ts";

/** What classifiers take beside the descent. */
export interface ClassifierOptions extends DescentOptions {
  /** All classes, when the rows may not show every one; those that occur, in order, otherwise. */
  readonly classes?: readonly Label[];
  /** A factor on the loss of each class's rows ["all 1"]. */
  readonly classWeights?: ClassWeights;
}

export const classifierOptionNames = ["classes", "classWeights"];

/** A fitted model that predicts a class. */
export interface FittedClassifier extends FittedTable {
  readonly classes: readonly Label[];
  /** The class of each row: of two, the second where the score is above 0; of several, that of the largest score. */
  predict(X: Table): Label[];
  /** One score per row (two classes) or one per class. */
  scores(X: Table): Matrix;
  /** One probability per class, in the order of `classes`. Throws TypeError for a loss that has none (the hinges). */
  probabilities(X: Table): Matrix;
  /** The model trained further on other rows: scaling, classes and l2 stay, the clock of schedules goes on. */
  partialFit(X: Table, y: ArrayLike<Label>, options?: PartialFitOptions): FittedClassifier;
}

/** What a linear classifier with a smooth loss takes. */
export interface LinearClassifierOptions extends ClassifierOptions {
  /** Penalty l1 · Σ |w|, which sets weights to exactly 0 [0]. */
  readonly l1?: number;
}

/** A fitted classifier over linear scores. */
export interface FittedLinearClassifier extends FittedClassifier, LinearParts {
  partialFit(X: Table, y: ArrayLike<Label>, options?: PartialFitOptions): FittedLinearClassifier;
}

/** Labels as indices, with the weight of each row's class. */
export function classTargets(
  functionName: string,
  y: ArrayLike<Label>,
  { classes, classWeights }: ClassifierOptions,
  frozen: Frozen | undefined,
): Indexed & { weights: Float64Array | null } {
  const indexed = indexLabels(functionName, y, frozen?.classes ?? classes);
  if (classWeights === undefined) return { ...indexed, weights: null };
  const ofClass = weightsOfClasses(functionName, classWeights, indexed);
  return { ...indexed, weights: indexed.indices.map((index) => ofClass[index]!) };
}

/** The members that a fitted classifier has whatever its predictor; `link` null where scores are no log-odds. */
export function fittedClassifier<F extends FittedClassifier>(
  fittedData: FittedData,
  predictor: Predictor,
  link: Link | null,
  again: Again<ArrayLike<Label>, F>,
): FittedClassifier & { partialFit(X: Table, y: ArrayLike<Label>, options?: PartialFitOptions): F } {
  const scoresOf = scorer(predictor, fittedData.params, fittedData.scaling, fittedData.features);
  const columns = { count: fittedData.features, names: fittedData.names };
  const classes = fittedData.classes!;
  const { kind, settings } = fittedData;
  return {
    ...tableMembers(fittedData),
    classes,
    scores: (X) => scoresOf("scores", matrixOf("scores", X, columns)),
    predict(X) {
      const { data, rows, columns: k } = scoresOf("predict", matrixOf("predict", X, columns));
      return Array.from({ length: rows }, (_, i) => classes[k === 1 ? Number(data[i]! > 0) : largest(data, i * k, k)]!);
    },
    probabilities(X) {
      if (link === null) {
        throw new InputTypeError(
          `probabilities: model must have a probabilistic loss, got ${kind} with ${String(settings["loss"])}. ` +
            "Use scores, or fit a logistic or softmax regression.",
        );
      }
      const linked = scoresOf("probabilities", matrixOf("probabilities", X, columns), link);
      return linked.columns === 1 ? bothClasses(linked) : linked;
    },
    partialFit: (X, y, how) => again(fittedData, X, y, how),
  };
}

/** Position of the largest of k entries; of equal ones the first. */
function largest(data: ArrayLike<number>, from: number, k: number): number {
  let best = 0;
  for (let c = 1; c < k; c++) if (data[from + c]! > data[from + best]!) best = c;
  return best;
}

/** p of the second class as a row (1 − p, p). */
function bothClasses({ data, rows }: Matrix): Matrix {
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    both[2 * i] = 1 - data[i]!;
    both[2 * i + 1] = data[i]!;
  }
  return { data: both, rows, columns: 2 };
}
