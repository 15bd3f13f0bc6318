import { InputRangeError, requireFinite } from "../core/check.ts";
import { exp, log, log1p } from "../core/elementary.ts";
import { classIndex, type Label } from "../core/label.ts";
import type { Matrix } from "../core/matrix.ts";
import { average, requirePairs } from "./average.ts";
import { confusionMatrix } from "./confusionMatrix.ts";

/**
 * Share of the rows whose predicted label is the true one: Σ w [prediction = target] / Σ w.
 *
 * @param weights  of the rows, ≥ 0; all 1 when left out
 * @throws RangeError when lengths differ or there is no row
 */
export function accuracy(prediction: ArrayLike<Label>, target: ArrayLike<Label>, weights?: ArrayLike<number>): number {
  requirePairs("accuracy", prediction, target);
  return average("accuracy", target.length, (i) => (prediction[i] === target[i] ? 1 : 0), weights);
}

/**
 * Mean surprise of the true labels: −Σ w ln p(label) / Σ w [nats].
 *
 * @param probabilities  n × K, every row ≥ 0 and summing to 1 within 1e-6
 * @param target         n labels
 * @param classes        the K labels of the columns
 * @param weights        of the rows, ≥ 0; all 1 when left out
 * @returns at least 0 up to rounding; Infinity when a true label was given probability 0: nothing is clipped
 * @throws RangeError when shapes differ, a row is no distribution or a label is not among the classes
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
  if (classes.length !== columns) {
    throw new InputRangeError(
      `logLoss: classes must name every column of probabilities (${columns}), got ${classes.length}. Pair them.`,
    );
  }
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += data[i * columns + k]! < 0 ? NaN : data[i * columns + k]!;
    if (!(Math.abs(sum - 1) <= 1e-6)) {
      const row = data.subarray(i * columns, (i + 1) * columns).join(", ");
      throw new InputRangeError(
        `logLoss: probabilities must be at least 0 and sum to 1 in every row, got ${row} in row ${i}. ` +
          "Pass probabilities, not scores.",
      );
    }
  }
  return average("logLoss", rows, (i) => -log(data[i * columns + position(target[i]!)]!), weights);
}

/**
 * Mean surprise of the true labels, from scores: Σ w (ln Σₖ e^(sₖ − s)) / Σ w [nats], s the score of the true label. It is
 * `logLoss` of the softmax of the scores, and finite where that probability would round to 0.
 *
 * @param scores   n × K finite numbers, one per class; or n × 1 for two classes, the score for the second against 0
 * @param target   n labels
 * @param classes  the K labels of the columns
 * @param weights  of the rows, ≥ 0; all 1 when left out
 * @returns at least 0; exact to rounding for scores of any size, as no number above 0 is exponentiated; Infinity only where
 *   the difference of two scores is
 * @throws RangeError when shapes differ, a score is not finite or a label is not among the classes
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
  if (classes.length !== columns && !(columns === 1 && classes.length === 2)) {
    throw new InputRangeError(
      `${functionName}: classes must name every column of scores (${columns}), got ${classes.length}. ` +
        "Pair them; one column is for two classes.",
    );
  }
  requireFinite(functionName, "scores", data, columns);
  const surprise = (row: number): number => {
    const k = position(target[row]!);
    if (columns === 1) return softplus(k === 0 ? data[row]! : -data[row]!);
    const first = row * columns;
    let top = 0;
    for (let j = 1; j < columns; j++) if (data[first + j]! > data[first + top]!) top = j;
    let others = 0; // Σ e^(sⱼ − s_top) without the top's own 1
    for (let j = 0; j < columns; j++) if (j !== top) others += exp(data[first + j]! - data[first + top]!);
    return data[first + top]! - data[first + k]! + log1p(others);
  };
  return average(functionName, rows, surprise, weights);
}

/** ln(1 + e^z). */
const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/** How well one class is found. */
export interface ClassScore {
  readonly label: Label;
  /** TP / (TP + FP): share of the rows given this label that have it; NaN when none was given it. */
  readonly precision: number;
  /** TP / (TP + FN): share of the rows with this label that were given it; NaN when none has it. */
  readonly recall: number;
  /** 2 TP / (2 TP + FP + FN), the harmonic mean of both; NaN when no row has or was given the label. */
  readonly f1: number;
  /** Rows with this label: TP + FN. */
  readonly support: number;
}

export interface ClassScores {
  readonly perClass: ClassScore[];
  /** Plain means over the classes; NaN as soon as one class has none, for a class never predicted is not a 0. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/**
 * Precision, recall and F1 of every class, and their means over the classes.
 *
 * @param classes  which classes and in which order; when left out, all labels seen, sorted
 * @throws RangeError when lengths differ, there is no row or a label is not among the classes
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
  const mean = (of: "precision" | "recall" | "f1") =>
    perClass.reduce((sum, score) => sum + score[of], 0) / perClass.length;
  return { perClass, macro: { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") } };
}
