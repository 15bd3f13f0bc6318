import type { BindKernels } from "../../kernels/kernels.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { linearOwners } from "./columnShares.ts";
import { gram } from "./hessianBlocks.ts";
import { roundingOf } from "./spectrum.ts";

const NEGLIGIBLE = 1e-6; // a column with a smaller part in another one is not named
const ROWS_PER_COLUMN = 8; // of a sample

/**
 * The columns of linear scores that are linear combinations of other columns, up to rounding. Each list has the name of such a column,
 * then the names of the columns that it depends on; "intercept" is a constant column. With such columns the optimum is still unique if there is a penalty.
 *
 * Columns that depend on each other do so in any rows. So all rows are read only if columns depend on each other in a sample of evenly spaced ones.
 */
export function collinearColumns(data: LinearData, kernels: BindKernels, names?: readonly string[]): string[][] {
  const every = Math.floor(data.n / (ROWS_PER_COLUMN * (data.d + 1)));
  const inSample = dependentIn(data, gram(data, kernels, Math.max(1, every)), names);
  return inSample.length > 0 && every > 1 ? dependentIn(data, gram(data, kernels, 1), names) : inSample;
}

/** @param G  that of `gram`, which is overwritten */
function dependentIn(data: LinearData, G: Float64Array, names?: readonly string[]): string[][] {
  const m = data.d + 1;
  const nameOf = linearOwners(data.d, 1, names);
  const rounding = roundingOf(data);
  // After the elimination, row j of a column j that depends on others has its multiples of them, with the opposite sign.
  const original = Float64Array.from({ length: m }, (_, j) => G[j * m + j]!);
  const chosen = new Set<number>();
  /** The square of the length of column j, and of each multiple of a chosen column in it. */
  const lengthOf = (j: number) => {
    let sum = original[j]!;
    for (const i of chosen) sum += G[j * m + i]! * G[j * m + i]! * original[i]!;
    return sum;
  };
  for (;;) {
    let pivot = -1;
    for (let j = 0; j < m; j++) {
      const left = G[j * m + j]!;
      if (!chosen.has(j) && left > rounding * lengthOf(j) && (pivot < 0 || left > G[pivot * m + pivot]!)) pivot = j;
    }
    if (pivot < 0) break;
    chosen.add(pivot);
    eliminate(G, m, pivot);
  }
  const dependent = Array.from(original.keys()).filter((j) => !chosen.has(j));
  return dependent.map((j) => {
    const negligible = NEGLIGIBLE * Math.sqrt(original[j]!);
    const parts = [...chosen].filter((i) => Math.abs(G[j * m + i]!) * Math.sqrt(original[i]!) > negligible);
    return [j, ...parts].map(nameOf);
  });
}

/** The sweep operator of Goodnight, 1979: one step of Gauss-Jordan elimination in place. */
function eliminate(G: Float64Array, m: number, pivot: number): void {
  const scale = G[pivot * m + pivot]!;
  for (let j = 0; j < m; j++) G[pivot * m + j]! /= scale;
  G[pivot * m + pivot] = 1 / scale;
  for (let i = 0; i < m; i++) {
    if (i === pivot) continue;
    const factor = G[i * m + pivot]!;
    for (let j = 0; j < m; j++) if (j !== pivot) G[i * m + j]! -= factor * G[pivot * m + j]!;
    G[i * m + pivot] = -factor / scale;
  }
}
