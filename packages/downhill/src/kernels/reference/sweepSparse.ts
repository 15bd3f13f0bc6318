// The updates on sparse rows with their lazy l2 and average, step by step like assembly/sweepSparse.ts.

import { type Address, type Kernels, lossCodes } from "../kernels.ts";
import * as layout from "../sweepLayout.ts";
import { fourSums } from "./sparse.ts";
import { blockOf, readSweep, type SingleKernels, sumAndSlope } from "./sweeps.ts";
import type { Views } from "./views.ts";

const LOWEST = 1 / 1_048_576;
const HIGHEST = 1_048_576;

export const sweepSparse = (
  { numbers, doubles, integers, bytes, withoutTiny }: Views,
  kernels: SingleKernels,
): Pick<Kernels, "sweepSparse"> => ({
  sweepSparse(address) {
    const sweep = readSweep(doubles(address, layout.length));
    const { loss, features: d, outputs: k, scores: ZAt, l2 } = sweep;
    const size = k * d;
    const x = numbers(sweep.params, size + k); // v, and the intercepts
    const g = numbers(sweep.gradient, size + k).fill(0);
    const u = sweep.average === 0 ? null : numbers(sweep.average, size + k);
    const batches = Math.ceil((sweep.endRow - sweep.firstRow) / sweep.batchRows);
    const [rates, values] = [doubles(sweep.rates, batches), doubles(sweep.values, batches)];
    const fractions = u === null ? null : doubles(sweep.fractions, batches);
    const squareOf = (): number => (l2 > 0 ? kernels.dot(sweep.params, sweep.params, size) : 0);
    let [scale, share, lag, square] = [1, 1, 0, squareOf()];

    /** u ← share · (u + lag · v) + own · v. */
    function mix(kept: number, own: number): void {
      for (let j = 0; j < size; j++) u![j] = withoutTiny(kept * (u![j]! + lag * x[j]!) + own * x[j]!);
      [share, lag] = [1, 0];
    }
    function multiply(): void {
      for (let j = 0; j < size; j++) x[j] = withoutTiny(scale * x[j]!);
      scale = 1;
    }
    /** v −= change of entry j. Returns the change of its square. */
    function descendEntry(j: number, change: number): number {
      const before = x[j]!;
      x[j] = withoutTiny(before - change);
      if (u) u[j]! += lag * change;
      return x[j]! * x[j]! - before * before;
    }

    let done = 0;
    for (; done < batches; done++) {
      const first = sweep.firstRow + done * sweep.batchRows;
      const n = Math.min(sweep.batchRows, sweep.endRow - first);
      const block = blockOf(kernels, sweep.order, first, n);
      const rows = integers(block(sweep.inputs, sweep.blockInputs, 8), 2 * n);
      const Y: Address = block(sweep.targets, sweep.blockTargets, bytes * (loss === lossCodes.crossEntropy ? 1 : k));
      const w = sweep.weights === 0 ? 0 : block(sweep.weights, sweep.blockWeights, bytes);
      const end = rows.reduce((a, b) => Math.max(a, b), 0);
      const [columns, entries] = [integers(sweep.entryColumns, end), numbers(sweep.entryValues, end)];
      const Z = numbers(ZAt, n * k);
      for (let i = 0; i < n; i++) {
        const from = rows[2 * i]!;
        const length = rows[2 * i + 1]! - from;
        for (let c = 0; c < k; c++) {
          const sum = fourSums(length, (at) => entries[from + at]! * x[c * d + columns[from + at]!]!);
          Z[i * k + c] = scale * sum + x[size + c]!;
        }
      }
      const value = sumAndSlope(kernels, sweep, [ZAt, Y, w], n, k) / n + 0.5 * l2 * scale * scale * square;
      if (!Number.isFinite(value)) break;
      values[done] = value;
      const rate = rates[done]!;
      scale *= 1 - rate * l2;
      if (!(Math.abs(scale) >= LOWEST && Math.abs(scale) <= HIGHEST)) {
        if (u) mix(share, 0);
        multiply();
        square = squareOf();
      }
      const factor = rate / scale;
      const eachRow = (take: (first: number, slope: number, from: number, end: number) => void): void => {
        for (let i = 0; i < n; i++) {
          for (let c = 0; c < k; c++) {
            const slope = Z[i * k + c]!;
            if (slope !== 0) take(c * d, slope, rows[2 * i]!, rows[2 * i + 1]!);
          }
        }
      };
      const eachEntry = (take: (j: number, slope: number, e: number) => void): void =>
        eachRow((first, slope, from, end) => {
          for (let e = from; e < end; e++) take(first + columns[e]!, slope, e);
        });
      if (n === 1) {
        eachRow((first, slope, from, end) => {
          const grown = [0, 0]; // of every other entry, and of the others
          for (let e = from; e < end; e++) {
            grown[(e - from) % 2]! += descendEntry(first + columns[e]!, factor * (slope * entries[e]!));
          }
          square += grown[0]! + grown[1]!;
        });
      } else {
        eachEntry((j, slope, e) => {
          g[j]! += slope * entries[e]!;
        });
        eachEntry((j) => {
          square += descendEntry(j, factor * (g[j]! * (1 / n)));
          g[j] = 0;
        });
      }
      for (let c = 0; c < k; c++) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += Z[i * k + c]!;
        const mean = n === 1 ? sum : sum * (1 / n);
        x[size + c] = withoutTiny(x[size + c]! - rate * mean);
      }
      if (fractions === null || u === null) continue;
      const fraction = fractions[done]!;
      const kept = share * (1 - fraction);
      if (kept >= LOWEST) {
        lag += (fraction * scale) / kept;
        share = kept;
      } else mix(kept, fraction * scale);
      for (let c = size; c < size + k; c++) u[c] = withoutTiny(u[c]! + fraction * (x[c]! - u[c]!));
    }
    if (u) mix(share, 0);
    if (scale !== 1) multiply();
    return done;
  },
});
