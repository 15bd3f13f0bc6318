import type { Patience } from "../stopping/stopRules.ts";
import type { History } from "./history.ts";

/** The numbers of a run that change from update to update. */
export interface Progress {
  /** Updates done. */
  t: number;
  /** Epochs completed. */
  epoch: number;
  /** Examples processed in the current epoch. */
  position: number;
  /** Sum of the batch values over those examples, without those in `blockSum`. */
  epochSum: number;
  /** The same sum over the current block of a grid; without a grid over all examples of the epoch. */
  blockSum: number;
  /** Parameter vectors in the average. */
  averaged: number;
  /** Learning rate of the last update. */
  learningRate: number;
  readonly change: Patience;
  readonly validation: Patience;
  /** The measurement at the lowest objective so far. */
  lowest: Measure;
  /** The limit in the first test of `bindRemaining`, relative to the amount that may remain. */
  screen: number;
  /** The width of the smoothed hinge of each score; none before the first step, and for other losses. */
  widths: number[];
  history: History;
}

/** The objective over all examples at some parameters, and the size of its gradient. */
export interface Measure {
  readonly value: number;
  /** Largest absolute entry of the gradient, or with l1 of the proximal gradient. */
  readonly largest: number;
  /** Euclidean norm of the same vector. */
  readonly norm: number;
}

/** The progress before the first update. */
export const newProgress = (history: History): Progress => ({
  t: 0,
  epoch: 0,
  position: 0,
  epochSum: 0,
  blockSum: 0,
  averaged: 0,
  learningRate: 0,
  change: { best: Infinity, waited: 0 },
  validation: { best: Infinity, waited: 0 },
  lowest: { value: Infinity, largest: Infinity, norm: Infinity },
  screen: 1,
  widths: [],
  history,
});

/** Records an update's batch: its value before the update, and its number of rows. */
export function recordBatch(progress: Progress, value: number, rows: number): void {
  progress.history.batchLosses?.push(value);
  progress.blockSum += value * rows;
  progress.position += rows;
}

/** Records the values of `count` batches of equal size, with the same bits as one call of recordBatch after another. */
export function recordValues(progress: Progress, values: Float64Array, count: number, rows: number): void {
  progress.blockSum = sumAfter(progress.blockSum, values, count, rows);
  const losses = progress.history.batchLosses;
  if (losses) for (let i = 0; i < count; i++) losses.push(values[i]!);
}

/** Adds the values of `count` batches to a sum, one after another. */
export function sumAfter(sum: number, values: Float64Array, count: number, rows: number): number {
  for (let i = 0; i < count; i++) sum += values[i]! * rows;
  return sum;
}

/** Ends a block of a grid. Each block has a sum of its own, so that ranks can share blocks and exchange only sums. */
export function endBlock(progress: Progress): void {
  progress.epochSum += progress.blockSum;
  progress.blockSum = 0;
}
