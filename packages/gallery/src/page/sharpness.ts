import { curvature, type FitParts, networkClassifier, takeRows, train } from "downhill";
import type { NetworkProgram } from "../programs/network.ts";

/** The largest curvature of the loss over all points, after every `every` epochs of a run: one number for each. */
export function sharpnessOf({ problem, optimizer, options }: FitParts, every: number): number[] {
  const values: number[] = [];
  for (const { epoch, endOfEpoch, params } of train(problem, optimizer, options)) {
    if (endOfEpoch && epoch % every === 0) values.push(curvature(problem, { params }).largest);
  }
  return values;
}

/**
 * For each of some epochs of the article's run: the largest curvature that the loss of a mini-batch has before the step on this
 * mini-batch.
 */
export function sharpestBatches({ fit, blobs: { X, y }, orders }: NetworkProgram, epochs: readonly number[]): number[] {
  const { problem, optimizer, options } = fit;
  const size = options.batchSize as number;
  const sharpest = new Map<number, number>(epochs.map((epoch) => [epoch, 0]));
  let params = options.start as Float64Array;
  let at = 0; // of the epoch's order
  for (const step of train(problem, optimizer, { ...options, every: 1 })) {
    const before = sharpest.get(step.epoch);
    if (before !== undefined) {
      const rows = orders[step.epoch - 1]!.subarray(at, at + size);
      const model = networkClassifier({ hidden: [32], classes: [0, 1, 2], l2: 0, standardize: false, start: params });
      const batch = model.prepare(
        takeRows(X, rows),
        Array.from(rows, (row) => y[row]!),
      ).problem;
      sharpest.set(step.epoch, Math.max(before, curvature(batch, { params }).largest));
    }
    params = Float64Array.from(step.params);
    at = step.endOfEpoch ? 0 : at + size;
  }
  return [...sharpest.values()];
}
