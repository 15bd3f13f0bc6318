import { InputRangeError, requireFinite, requireLength } from "../core/check.ts";
import { exp, log, log1p } from "../core/elementary.ts";
import { classesOf, classIndex, type Label } from "../core/label.ts";
import type { Matrix } from "../core/matrix.ts";
import { average, requirePairs } from "./average.ts";
import { confusionMatrix } from "./confusionMatrix.ts";

/**
 * Accuracy: the share of the rows with prediction = target, Σ w [prediction = target] / Σ w.
 *
 * @param prediction  n predicted labels
 * @param target  n true labels
 * @param weights  one number ≥ 0 per row [all 1]
 * @throws RangeError if the lengths differ or there is no row
 *
 * @example
 * ```ts
 * import { accuracy } from "downhill";
 *
 * accuracy(["cat", "dog", "dog", "cat"], ["cat", "dog", "cat", "cat"]); // 0.75
 * ```
 */
export function accuracy(prediction: ArrayLike<Label>, target: ArrayLike<Label>, weights?: ArrayLike<number>): number {
  requirePairs("accuracy", prediction, target);
  return average("accuracy", target.length, (i) => (prediction[i] === target[i] ? 1 : 0), weights);
}

/**
 * Balanced accuracy: the mean over the classes of TP / (TP + FN), the share of the rows of a class that are predicted as it. Each
 * class counts the same, so it shows a model that ignores a rare class: for one class it is 1/K of K classes.
 *
 * @param prediction  n predicted labels
 * @param target  n true labels; a class without rows does not count
 * @throws RangeError if the lengths differ or there is no row
 *
 * @example
 * ```ts
 * import { balancedAccuracy } from "downhill";
 *
 * balancedAccuracy(["no", "no", "no", "no"], ["no", "no", "no", "yes"]); // 0.5
 * ```
 */
export function balancedAccuracy(prediction: ArrayLike<Label>, target: ArrayLike<Label>): number {
  requirePairs("balancedAccuracy", prediction, target);
  const classes = classesOf("balancedAccuracy", target);
  const position = classIndex("balancedAccuracy", classes);
  const sizes = new Float64Array(classes.length);
  const hits = new Float64Array(classes.length);
  for (let i = 0; i < target.length; i++) {
    const k = position(target[i]!);
    sizes[k]! += 1;
    if (prediction[i] === target[i]) hits[k]! += 1;
  }
  return hits.reduce((sum, count, k) => sum + count / sizes[k]!, 0) / classes.length;
}

/**
 * Log loss (cross entropy): −Σ w ln p / Σ w, with p the predicted probability of the true label [nats].
 *
 * @param probabilities  n × K numbers ≥ 0; each row adds up to 1 within 1e-6
 * @param target  n true labels
 * @param classes  the K labels of the columns
 * @param weights  one number ≥ 0 per row [all 1]
 * @returns at least 0, up to rounding; Infinity if a true label has probability 0, because nothing is clipped
 * @throws RangeError if shapes differ, a row does not add up to 1 or a label is not among the classes
 *
 * @example
 * ```ts
 * import { logLoss, matrixFromRows } from "downhill";
 *
 * const probabilities = matrixFromRows([[1, 0], [0.5, 0.5]]);
 * logLoss(probabilities, ["no", "yes"], ["no", "yes"]); // 0.34657359027997264
 * ```
 */
export function logLoss(
  probabilities: Matrix,
  target: ArrayLike<Label>,
  classes: readonly Label[],
  weights?: ArrayLike<number>,
): number {
  const { data, rows, columns } = probabilities;
  requirePairs("logLoss", { length: rows }, target);
  const position = classIndex("logLoss", classes);
  requireLength("logLoss", "classes", classes, "column of probabilities", columns);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += data[i * columns + k]! < 0 ? NaN : data[i * columns + k]!;
    if (!(Math.abs(sum - 1) <= 1e-6)) {
      const row = data.subarray(i * columns, (i + 1) * columns).join(", ");
      throw new InputRangeError(
        `logLoss: probabilities must be at least 0 and add up to 1 in each row, got ${row} in row ${i}. ` +
          "Pass probabilities, not scores.",
      );
    }
  }
  return average("logLoss", rows, (i) => -log(data[i * columns + position(target[i]!)]!), weights);
}

/**
 * Log loss of scores: Σ w ln Σₖ e^(sₖ − s) / Σ w, with s the score of the true label [nats]. It equals `logLoss` of the softmax
 * of the scores, and it is finite also if the probability of a true label would be rounded to 0.
 *
 * @param scores  n × K finite numbers, one per class; for two classes also n × 1: the score of the second class, against 0
 * @param target  n true labels
 * @param classes  the K labels of the columns
 * @param weights  one number ≥ 0 per row [all 1]
 * @returns at least 0, accurate for scores of any size; Infinity only if the difference of two scores is infinite
 * @throws RangeError if shapes differ, a score is not finite or a label is not among the classes
 *
 * @example
 * ```ts
 * import { logLossOfScores, matrixFromRows } from "downhill";
 *
 * const scores = matrixFromRows([[-1000], [1000]]);
 * logLossOfScores(scores, ["no", "no"], ["no", "yes"]); // 500
 * ```
 */
export function logLossOfScores(
  scores: Matrix,
  target: ArrayLike<Label>,
  classes: readonly Label[],
  weights?: ArrayLike<number>,
): number {
  const functionName = "logLossOfScores";
  const { data, rows, columns } = scores;
  requirePairs(functionName, { length: rows }, target);
  const position = classIndex(functionName, classes);
  if (columns !== 1 || classes.length !== 2)
    requireLength(functionName, "classes", classes, "column of scores", columns);
  requireFinite(functionName, "scores", data, columns);
  const lossOf = (row: number): number => {
    const k = position(target[row]!);
    if (columns === 1) return softplus(k === 0 ? data[row]! : -data[row]!);
    const first = row * columns;
    let top = 0;
    for (let j = 1; j < columns; j++) if (data[first + j]! > data[first + top]!) top = j;
    let others = 0; // Σ e^(sⱼ − s_top) over all other columns
    for (let j = 0; j < columns; j++) if (j !== top) others += exp(data[first + j]! - data[first + top]!);
    return data[first + top]! - data[first + k]! + log1p(others);
  };
  return average(functionName, rows, lossOf, weights);
}

/** ln(1 + e^z). */
const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/** Precision, recall and F1 of one class; TP, FP and FN count its true positives, false positives and false negatives. */
export interface ClassScore {
  /** The class. */
  readonly label: Label;
  /** TP / (TP + FP): of the rows predicted as this class, the share that belongs to it. NaN if no row is predicted as this class. */
  readonly precision: number;
  /** TP / (TP + FN): of the rows of this class, the share that is predicted as it. NaN if the class has no row. */
  readonly recall: number;
  /** 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall. NaN if no row belongs to or is predicted as this class. */
  readonly f1: number;
  /** TP + FN: the number of rows of this class. */
  readonly support: number;
}

/** Scores of all classes and their means. */
export interface ClassScores {
  /** One entry per class, in the order of the classes. */
  readonly perClass: ClassScore[];
  /** Unweighted means over the classes; NaN if a class has no value. */
  readonly macro: {
    /** Mean precision. */
    readonly precision: number;
    /** Mean recall. */
    readonly recall: number;
    /** Mean F1. */
    readonly f1: number;
  };
}

/**
 * Precision TP / (TP + FP), recall TP / (TP + FN) and F1 of each class, and their means over the classes.
 *
 * @param prediction  n predicted labels
 * @param target  n true labels
 * @param classes  the classes in their order [all labels, sorted]
 * @throws RangeError if the lengths differ, there is no row or a label is not among the classes
 *
 * @example
 * ```ts
 * import { classScores } from "downhill";
 *
 * const { perClass, macro } = classScores(["a", "a", "b", "b"], ["a", "b", "b", "b"]);
 * perClass[0]!.precision; // 0.5
 * macro.recall; // 0.8333333333333333
 * ```
 */
export function classScores(
  prediction: ArrayLike<Label>,
  target: ArrayLike<Label>,
  classes?: readonly Label[],
): ClassScores {
  const confusion = confusionMatrix(prediction, target, classes);
  const perClass = confusion.classes.map((label, k) => {
    const hits = confusion.counts[k]![k]!;
    const support = confusion.counts[k]!.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.counts.reduce((sum, row) => sum + row[k]!, 0);
    return {
      label,
      precision: hits / predicted,
      recall: hits / support,
      f1: (2 * hits) / (predicted + support),
      support,
    };
  });
  const mean = (name: "precision" | "recall" | "f1") =>
    perClass.reduce((sum, score) => sum + score[name], 0) / perClass.length;
  return { perClass, macro: { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") } };
}
