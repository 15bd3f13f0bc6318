// Rows and models for properties of learning rates: columns of many sizes, and every linear model with one signature.
import { linearRegression, linearSvm, logisticRegression, random, softmaxRegression } from "../src/index.ts";

/** Rows whose columns, but for the first, are 10^scale times as large, and the noisy sum of the columns before this scaling. */
export function scaledRows(options: {
  readonly rows: number;
  readonly columns: number;
  readonly scale: number;
  readonly offset: number;
  readonly seed: number;
}): { X: number[][]; signal: number[] } {
  const { rows, columns, scale, offset, seed } = options;
  const draw = random(seed);
  const sizeOf = (j: number): number => 10 ** (j ? scale : 0);
  const X = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (_, j) => sizeOf(j) * (draw.normal() + offset)),
  );
  const signal = X.map((row) => 0.3 * draw.normal() + row.reduce((z, x, j) => z + x / sizeOf(j) - offset, 0));
  return { X, signal };
}

/** Makes an estimator of a linear model, whatever the type of its targets. */
export type MakeLinear = (options: object) => {
  fit(X: number[][], y: unknown): { history: { objective?: number[]; batchLoss: number[] } };
};

export const linearModels = {
  linear: linearRegression,
  logistic: logisticRegression,
  softmax: softmaxRegression,
  hinge: linearSvm,
  squaredHinge: (options: object) => linearSvm({ ...options, loss: "squaredHinge" }),
} as unknown as Record<string, MakeLinear>;
