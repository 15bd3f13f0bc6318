// The sweeps, and a kernel of several steps, by their definition: the other kernels of the reference, called one after another.

import { type Address, type Kernels, lossCodes } from "../kernels.ts";
import * as layout from "../sweepLayout.ts";
import type { Views } from "./views.ts";

type Names = "sweepLinear" | "sweepPairs" | "logisticRows";

/** All kernels but the sweeps. */
export type SingleKernels = Omit<Kernels, Names | "sweepSparse">;

type Sweep = Readonly<Record<keyof typeof layout, number>>;

export const readSweep = (numbers: Float64Array): Sweep =>
  Object.fromEntries(Object.entries(layout).map(([name, index]) => [name, numbers[index]])) as Sweep;

export const sweeps = (
  { numbers, doubles, bytes, withoutTiny }: Views,
  kernels: SingleKernels,
): Pick<Kernels, Names> => ({
  logisticRows(X, W, Z, Y, w, GW, n, d, scratch) {
    kernels.affine(X, W, W + bytes * d, Z, n, d, 1, scratch);
    const sum = kernels.logistic(Z, Y, w, n);
    kernels.affineBack(Z, X, GW, GW + bytes * d, n, d, 1, scratch);
    return sum;
  },

  sweepLinear(address) {
    const sweep = readSweep(doubles(address, layout.length));
    const { loss, features: d, outputs: k, scores: Z, params: x, gradient: g, average, affineScratch, l2, l1 } = sweep;
    const [weights, size] = [k * d, k * d + k];
    const batches = Math.ceil((sweep.endRow - sweep.firstRow) / sweep.batchRows);
    const rates = doubles(sweep.rates, batches);
    const values = doubles(sweep.values, batches);
    const fractions = average === 0 ? null : doubles(sweep.fractions, batches);
    for (let i = 0; i < batches; i++) {
      const first = sweep.firstRow + i * sweep.batchRows;
      const n = Math.min(sweep.batchRows, sweep.endRow - first);
      const block = blockOf(kernels, sweep.order, first, n);
      const X = block(sweep.inputs, sweep.blockInputs, bytes * d);
      const Y = block(sweep.targets, sweep.blockTargets, bytes * (loss === lossCodes.crossEntropy ? 1 : k));
      const w = sweep.weights === 0 ? 0 : block(sweep.weights, sweep.blockWeights, bytes);
      kernels.affine(X, x, x + bytes * weights, Z, n, d, k, affineScratch);
      let value = sumAndSlope(kernels, sweep, [Z, Y, w], n, k) / n;
      if (l2 > 0) value += 0.5 * l2 * kernels.dot(x, x, weights);
      if (l1 > 0) value += l1 * kernels.sumAbsolute(x, weights);
      if (!Number.isFinite(value)) return i;
      values[i] = value;
      const [params, gradient] = [numbers(x, size), numbers(g, size)];
      gradient.fill(0);
      kernels.affineBack(Z, X, g, g + bytes * weights, n, d, k, affineScratch);
      if (n > 1) kernels.scale(1 / n, g, size);
      if (l2 > 0) kernels.axpy(l2, x, g, weights);
      for (let j = 0; j < size; j++) params[j] = withoutTiny(params[j]! - rates[i]! * gradient[j]!);
      if (l1 > 0) kernels.shrink(x, weights, rates[i]! * l1);
      if (fractions) kernels.approach(average, x, size, fractions[i]!);
    }
    return batches;
  },

  sweepPairs(address) {
    const sweep = readSweep(doubles(address, layout.length));
    const {
      loss,
      rank: r,
      outputs: k,
      mean,
      scores: Z,
      params: x,
      gradient: g,
      average,
      l2,
      l2Terms,
      rateTerms,
    } = sweep;
    const biased = sweep.biased as 0 | 1;
    const batches = Math.ceil((sweep.endRow - sweep.firstRow) / sweep.batchRows);
    const rates = doubles(sweep.rates, batches);
    const values = doubles(sweep.values, batches);
    const fractions = average === 0 ? null : doubles(sweep.fractions, batches);
    for (let i = 0; i < batches; i++) {
      const first = sweep.firstRow + i * sweep.batchRows;
      const n = Math.min(sweep.batchRows, sweep.endRow - first);
      const block = blockOf(kernels, sweep.order, first, n);
      const pairs = block(sweep.inputs, sweep.blockInputs, 8 * k);
      const Y = block(sweep.targets, sweep.blockTargets, bytes * (loss === lossCodes.crossEntropy ? 1 : k));
      const w = sweep.weights === 0 ? 0 : block(sweep.weights, sweep.blockWeights, bytes);
      kernels.pairDots(pairs, x, mean, Z, n * k, r, biased);
      const sum = sumAndSlope(kernels, sweep, [Z, Y, w], n, k);
      const value = (sum + 0.5 * l2 * kernels.pairBack(pairs, Z, x, g, l2, n * k, r, biased, l2Terms)) / n;
      if (!Number.isFinite(value)) return i;
      values[i] = value;
      kernels.descendAt(x, g, pairs, 2 * n * k, r + biased, rates[i]! / n, rateTerms);
      if (fractions) kernels.approach(average, x, sweep.size, fractions[i]!);
    }
    return batches;
  },
});

/** Returns a function that finds n rows from position `first` on. With an order it gathers them into its scratch buffer. */
export const blockOf =
  (kernels: Pick<Kernels, "gather">, order: Address, first: number, n: number) =>
  (all: Address, scratch: Address, rowBytes: number): Address => {
    if (order === 0) return all + first * rowBytes;
    kernels.gather(all, order + 4 * first, scratch, n, rowBytes);
    return scratch;
  };

export function sumAndSlope(
  kernels: SingleKernels,
  { loss, curvature, low, high }: Sweep,
  [Z, Y, w]: readonly [Address, Address, Address],
  n: number,
  k: number,
): number {
  switch (loss) {
    case lossCodes.halfSquared:
      return kernels.halfSquared(Z, Y, w, n, k);
    case lossCodes.logistic:
      return kernels.logistic(Z, Y, w, n);
    case lossCodes.hinge:
      return kernels.hinge(Z, Y, w, n, k);
    case lossCodes.squaredHinge:
      return kernels.squaredHinge(Z, Y, w, n, k);
    case lossCodes.huber:
      return kernels.huber(Z, Y, w, n, k, curvature, low, high);
    case lossCodes.poisson:
      return kernels.poisson(Z, Y, w, n, k);
    default:
      return kernels.crossEntropy(Z, Y, w, n, k);
  }
}
