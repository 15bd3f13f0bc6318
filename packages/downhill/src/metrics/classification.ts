import { InputRangeError } from "../core/check.ts";
import { log } from "../core/elementary.ts";
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
