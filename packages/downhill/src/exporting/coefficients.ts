import { InputRangeError, InputTypeError, requireKnown, requireOneOf, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { FittedLinearClassifier } from "../estimators/fitted/classifier.ts";
import type { FittedLinearRegression } from "../estimators/linearRegression.ts";
import { loadBody } from "../estimators/loadBody.ts";
import { encodeHistory, encodeNumbers } from "../estimators/saved/numberText.ts";
import { emptyHistory } from "../training/state/history.ts";

/** The kinds of models with linear scores z = w·x + b: "linear" predicts z, "poisson" predicts e^z, the others predict classes. */
export type LinearKind = "linear" | "poisson" | "logistic" | "softmax" | "svm";

/** The coefficients of a model with linear scores, in the units of the columns. JSON. */
export interface LinearCoefficients {
  /** The kind of the model. */
  readonly kind: LinearKind;
  /** The classes in the order of the scores; of two classes with one score, the second has the scores above 0. */
  readonly classes?: readonly Label[] | null;
  /** The names of the columns. */
  readonly names?: readonly string[] | null;
  /** One list per score, one number per column; for one score also the numbers alone. */
  readonly coefficients: readonly (readonly number[])[] | readonly number[];
  /** One number per score. */
  readonly intercepts: readonly number[] | number;
  /** The means of the columns over the training rows. Predictions do not need them. */
  readonly means?: readonly number[] | null;
}

const members = ["kind", "classes", "names", "coefficients", "intercepts", "means"];
const kinds = ["linear", "poisson", "logistic", "softmax", "svm"];

/**
 * Makes a fitted model of coefficients, for example those of scikit-learn: `coef_`, `intercept_` and `classes_` of
 * LinearRegression and Ridge (kind "linear"), PoissonRegressor ("poisson"), LogisticRegression ("logistic" for two
 * classes, "softmax" for more) and LinearSVC ("svm"). scikit-learn's one-vs-rest LogisticRegression is none of these models.
 *
 * The model has no history and no training rows: `partialFit` trains it on its new rows alone, from these coefficients on.
 *
 * @throws TypeError or RangeError for members that are missing, unknown, not finite, or do not fit together
 *
 * @example
 * ```ts
 * import { modelFromCoefficients } from "downhill";
 *
 * const model = modelFromCoefficients({
 *   kind: "logistic",
 *   classes: ["no", "yes"],
 *   names: ["age", "income"],
 *   coefficients: [[0.5, -0.001]],
 *   intercepts: [2],
 * });
 * model.predict([{ age: 40, income: 30_000 }]); // ["no"]
 * ```
 */
export function modelFromCoefficients(
  saved: LinearCoefficients & { readonly kind: "linear" | "poisson" },
): FittedLinearRegression;
export function modelFromCoefficients(
  saved: LinearCoefficients & { readonly kind: "logistic" | "softmax" | "svm" },
): FittedLinearClassifier;
export function modelFromCoefficients(saved: LinearCoefficients): FittedLinearRegression | FittedLinearClassifier;
export function modelFromCoefficients(saved: LinearCoefficients): FittedLinearRegression | FittedLinearClassifier {
  requireKnown("modelFromCoefficients", saved, members, "member");
  const { kind } = saved;
  requireOneOf("modelFromCoefficients", "kind", kind, kinds);
  const weights = listsOf(saved.coefficients);
  const intercepts = typeof saved.intercepts === "number" ? [saved.intercepts] : saved.intercepts;
  const features = weights[0]!.length;
  requireNumbers("intercepts", intercepts, weights.length, "score");
  weights.forEach((list, at) => {
    requireNumbers(`coefficients[${at}]`, list, features, "column");
  });
  const names = saved.names ?? null;
  if (names !== null && names.length !== features) {
    reject(`names must be one name per column (${features})`, names.length, "Pass all names, or leave out names");
  }
  requireDistinct("names", names ?? []);
  const classes = classesIn(kind, saved.classes ?? null, weights.length);
  return loadBody({
    kind: kind === "poisson" ? "linear" : kind,
    settings: kind === "poisson" ? { loss: "poisson" } : kind === "svm" ? { loss: "hinge" } : {},
    options: { l2: 0, l1: 0, batchSize: "full", epochs: 1, seed: 0, standardize: false, optimizer: "imported" },
    features,
    rows: 0,
    meanSquare: 0,
    names,
    classes,
    scaling: null,
    targetScaling: null,
    params: encodeNumbers([...weights.flat(), ...intercepts]),
    history: encodeHistory(emptyHistory({ trace: "running", batchLosses: false, validation: false })),
    updates: 0,
    stopped: "imported",
  }) as FittedLinearRegression | FittedLinearClassifier;
}

/** The lists of coefficients, one per score. */
function listsOf(coefficients: LinearCoefficients["coefficients"]): readonly (readonly number[])[] {
  const list: readonly unknown[] = Array.isArray(coefficients) ? coefficients : [];
  const lists = (Array.isArray(list[0]) ? list : [list]) as readonly (readonly number[])[];
  if (!lists.every((each) => Array.isArray(each) && each.length > 0)) {
    throw new InputTypeError(
      `modelFromCoefficients: coefficients must be a list of numbers per score, got ${show(coefficients)}. ` +
        "Pass coef_.tolist() of scikit-learn, for example.",
    );
  }
  return lists;
}

function requireNumbers(name: string, list: readonly number[], count: number, each: string): void {
  if (!Array.isArray(list) || list.length !== count) {
    reject(`${name} must be one number per ${each} (${count})`, list?.length, `Pass ${count} numbers`);
  }
  const at = list.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) reject(`${name} must be finite numbers`, list[at], "Export the coefficients again");
}

/** The classes of a classifier whose number fits the number of scores; null for a regression. */
function classesIn(kind: LinearKind, classes: readonly Label[] | null, scores: number): readonly Label[] | null {
  if (kind === "linear" || kind === "poisson") {
    if (classes !== null) reject(`classes must be left out for the kind "${kind}"`, classes, "Remove classes");
    if (scores > 1) reject("coefficients must be those of one score", scores, "Make one model per target");
    return null;
  }
  if (!Array.isArray(classes)) {
    reject(`classes must be a list for the kind "${kind}"`, classes, "Pass classes_.tolist() of scikit-learn");
  }
  requireDistinct("classes", classes);
  const expected = kind === "softmax" || (kind === "svm" && classes.length > 2) ? classes.length : 1;
  const wrong = kind === "logistic" && classes.length !== 2;
  if (wrong || scores !== expected) {
    const advice =
      kind === "logistic" && scores > 1
        ? 'Use the kind "softmax"'
        : "Pass the coefficients of all scores, and all classes";
    reject(`the kind "${kind}" must have ${expected} scores for ${classes.length} classes`, scores, advice);
  }
  return classes as readonly Label[];
}

function requireDistinct(name: string, list: readonly Label[]): void {
  const repeated = list.find((each, at) => list.indexOf(each) < at);
  if (repeated !== undefined) reject(`${name} must be distinct`, repeated, "Remove the repeats");
}

function reject(rule: string, got: unknown, advice: string): never {
  throw new InputRangeError(`modelFromCoefficients: ${rule}, got ${show(got)}. ${advice}.`);
}
