import type { Matrix } from "downhill";

/**
 * Cross-entropy as the second article plots it: the mean over the rows of −ln(p of the row's class + 1e-12). The
 * library's own losses add nothing inside the logarithm.
 */
export function plottedCrossEntropy({ data, rows, columns }: Matrix, classes: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum -= Math.log(data[i * columns + classes[i]!]! + 1e-12);
  return sum / rows;
}
