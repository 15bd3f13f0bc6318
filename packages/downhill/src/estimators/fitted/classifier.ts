// The parts that all classifiers share: options, targets, and the members of a fitted classifier.
import { InputTypeError } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { type ClassWeights, countsOf, type IndexedLabels, indexLabels, weightsOfClasses } from "../fit/labels.ts";
import type { KnownTargets, PartialFit, PartialFitOptions } from "../fit/model.ts";
import type { DescentOptions } from "../fit/options.ts";
import { type Table, tableOf } from "../fit/table.ts";
import type { FittedData } from "./fittedData.ts";
import { type FittedTable, tableMembers } from "./fittedTable.ts";
import type { LinearParts } from "./linearParts.ts";
import { type Link, scorer } from "./scorer.ts";

/** Options of all classifiers. */
export interface ClassifierOptions extends DescentOptions {
  /** All classes, in the order of the scores. Pass them if the training rows may lack a class [the labels of the rows, sorted]. */
  readonly classes?: readonly Label[];
  /** A factor for the loss of the rows of each class: "balanced", or a number per class [1 for each class]. */
  readonly classWeights?: ClassWeights;
}

/** The names of the options of all classifiers. */
export const classifierOptionNames = ["classes", "classWeights"];

/** The predictions of rows: their classes, and the scores and probabilities from which the classes follow. */
export interface ClassPredictions<L extends Label = Label> {
  /** The result of `predict`. */
  readonly labels: L[];
  /** The result of `scores`. */
  readonly scores: Matrix;
  /** The result of `probabilities`; null for `linearSvm`. */
  readonly probabilities: Matrix | null;
}

/** A fitted model that predicts classes. L is the type of the labels. */
export interface FittedClassifier<L extends Label = Label> extends FittedTable {
  /** The classes, in the order of the scores. */
  readonly classes: readonly L[];
  /**
   * The probability of the second of two classes from which `predict` returns it, if `withThreshold` set one; null: the class with
   * the highest score.
   */
  readonly threshold: number | null;
  /** The class of each row: the class with the highest score, unless there is a threshold. */
  predict<R>(X: Table<R>): L[];
  /** The scores of each row: one score for two classes, otherwise one per class. */
  scores<R>(X: Table<R>): Matrix;
  /** The probabilities of each row, one per class. Throws TypeError for `linearSvm`, which has no probabilities. */
  probabilities<R>(X: Table<R>): Matrix;
  /** The results of `predict`, `scores` and `probabilities`, in a third of the time of the three calls. */
  predictions<R>(X: Table<R>): ClassPredictions<L>;
  /**
   * Continues the training on other rows and returns a new model. Scaling, classes and l2 stay the same, and schedules continue.
   * The labels must be among the classes.
   */
  partialFit<R>(X: Table<R>, y: ArrayLike<Label>, options?: PartialFitOptions): FittedClassifier<L>;
}

/** Options of the linear classifiers with a smooth loss. */
export interface LinearClassifierOptions extends ClassifierOptions {
  /** Weight of the penalty l1 · Σ |w|, which makes some weights exactly 0 [0]. */
  readonly l1?: number;
}

/** A fitted classifier with linear scores. */
export interface FittedLinearClassifier<L extends Label = Label> extends FittedClassifier<L>, LinearParts {
  partialFit<R>(X: Table<R>, y: ArrayLike<Label>, options?: PartialFitOptions): FittedLinearClassifier<L>;
}

/** The class index of each row, and the weight of each row's class. */
export function classTargets(
  functionName: string,
  y: ArrayLike<Label>,
  { classes, classWeights }: ClassifierOptions,
  known: KnownTargets | undefined,
): IndexedLabels & { weights: Float64Array | null } {
  const remedy = known?.classes ? "Remove the row, or fit a new model with this class." : undefined;
  const indexed = indexLabels(functionName, y, known?.classes ?? classes, remedy);
  if (classWeights === undefined) return { ...indexed, weights: null };
  const weights = weightsOfClasses(functionName, classWeights, { ...indexed, counts: countsOf(indexed) });
  return { ...indexed, weights: indexed.indices.map((index) => weights[index]!) };
}

/**
 * The members of a fitted classifier with any predictor.
 *
 * @param link  makes probabilities of scores; null if the scores are not log-odds
 */
export function fittedClassifier<F extends FittedClassifier>(
  fittedData: FittedData,
  predictor: Predictor,
  link: Link | null,
  partialFit: PartialFit<ArrayLike<Label>, F>,
): FittedClassifier & { partialFit<R>(X: Table<R>, y: ArrayLike<Label>, options?: PartialFitOptions): F } {
  const scoresOf = scorer(predictor, fittedData.params, fittedData.scaling, fittedData.features);
  const columns = { count: fittedData.features, names: fittedData.names };
  const classes = fittedData.classes!;
  const { threshold } = fittedData;
  const labelsOf = (rows: number, indexOf: (row: number) => number): Label[] => {
    const labels = new Array<Label>(rows); // faster than Array.from for many rows
    for (let i = 0; i < rows; i++) labels[i] = classes[indexOf(i)]!;
    return labels;
  };
  const byThreshold = ({ data, rows, columns: k }: Matrix): Label[] =>
    labelsOf(rows, (i) => Number(data[i * k + k - 1]! >= threshold!));
  const byScore = ({ data, rows, columns: k }: Matrix): Label[] =>
    labelsOf(rows, (i) => (k === 1 ? Number(data[i]! > 0) : largest(data, i * k, k)));
  return {
    ...tableMembers(fittedData),
    classes,
    threshold: threshold ?? null,
    scores: (X) => scoresOf("scores", tableOf("scores", X, columns)),
    predict(X) {
      const table = tableOf("predict", X, columns);
      return threshold === undefined
        ? byScore(scoresOf("predict", table))
        : byThreshold(scoresOf("predict", table, link!));
    },
    predictions(X) {
      const table = tableOf("predictions", X, columns);
      if (link === null) {
        const scores = scoresOf("predictions", table);
        return { labels: byScore(scores), scores, probabilities: null };
      }
      const data = new Float64Array(table.rows * predictor.outputs);
      const linked = scoresOf("predictions", table, link, data);
      const scores = { ...linked, data };
      return {
        labels: threshold === undefined ? byScore(scores) : byThreshold(linked),
        scores,
        probabilities: linked.columns === 1 ? bothClasses(linked) : linked,
      };
    },
    probabilities(X) {
      if (link === null) {
        throw new InputTypeError(
          "probabilities: the model must have probabilities, got a linearSvm. Use scores, or fit softmaxRegression.",
        );
      }
      const linked = scoresOf("probabilities", tableOf("probabilities", X, columns), link);
      return linked.columns === 1 ? bothClasses(linked) : linked;
    },
    partialFit: (X, y, options) => partialFit(fittedData, X, y, options),
  };
}

/** The position of the largest of k entries; the first of equal ones. */
function largest(data: ArrayLike<number>, from: number, k: number): number {
  let best = 0;
  for (let c = 1; c < k; c++) if (data[from + c]! > data[from + best]!) best = c;
  return best;
}

/** Makes rows (1 − p, p) of the probabilities p of the second class. */
function bothClasses({ data, rows }: Matrix): Matrix {
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    both[2 * i] = 1 - data[i]!;
    both[2 * i + 1] = data[i]!;
  }
  return { data: both, rows, columns: 2 };
}
