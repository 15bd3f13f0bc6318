import type { Matrix } from "downhill";

/**
 * Cross-entropy as the second article plots it: the mean over the rows of −ln(p + 1e-12), where p is the probability of
 * the row's class. The library's own cross-entropy does not add 1e-12.
 */
export function plottedCrossEntropy({ data, rows, columns }: Matrix, classes: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum -= Math.log(data[i * columns + classes[i]!]! + 1e-12);
  return sum / rows;
}
