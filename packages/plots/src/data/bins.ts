// One or several lists of numbers, counted in the same bins.

import { thresholdFreedmanDiaconis, thresholdSturges, tickIncrement } from "d3-array";
import { fail, requireFinite, requireSome, requireTexts } from "./check.ts";
import { extentOf, padded, type Range } from "./range.ts";

/** Numbers of one group. */
export interface NumberGroup {
  /** Name in the legend. Default: none for a single group, else "group 1", "group 2", … */
  readonly name?: string;
  /** The values, finite; at least one. */
  readonly values: ArrayLike<number>;
}

/** The counts of all groups in the same bins. */
export interface Binned {
  /** Ascending limits: bin k counts the values from edges[k] up to, but not including, edges[k + 1]; the last bin includes both. */
  readonly edges: readonly number[];
  /** For each group, the number of values in each bin. */
  readonly counts: readonly (readonly number[])[];
}

const maxBins = 200;
const smallestSpan = 1e-9; // of values relative to their magnitude: in a smaller span the limits would not be round numbers
const smallestSize = 1e-280;
const fewValues = 30; // with fewer values, Sturges' rule gives steadier bins than that of Freedman and Diaconis

/** Throws unless there is a group, every group has finite values, and `bins` is a whole number from 1 to 200. */
export function checkGroups(functionName: string, groups: readonly NumberGroup[], bins: number | undefined): void {
  requireSome(functionName, { groups });
  for (const [i, { name, values }] of groups.entries()) {
    requireTexts(functionName, { [`groups[${i}].name`]: name });
    requireFinite(functionName, { [`groups[${i}].values`]: values });
  }
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= maxBins)) {
    fail(
      functionName,
      `bins must be a whole number from 1 to ${maxBins}, got ${bins}. Leave it out for a suitable number.`,
    );
  }
}

/**
 * Counts the values of all groups in bins of equal width with round limits.
 *
 * @param bins  approximate number of bins; default: the rule of Freedman and Diaconis (1981), a width of 2 · IQR / ∛n
 */
export function binsOf(groups: readonly NumberGroup[], bins: number | undefined): Binned {
  const all = groups.flatMap(({ values }) => Array.from(values));
  const [low, high] = extentOf(all)!;
  const rule = all.length < fewValues ? thresholdSturges : thresholdFreedmanDiaconis;
  const count = bins ?? Math.max(1, Math.min(maxBins, rule(all, low, high)));
  const size = Math.max(Math.abs(low), Math.abs(high));
  const isDivisible = high - low > size * smallestSpan && high - low > smallestSize;
  const edges = isDivisible ? roundEdges([low, high], count) : padded([low, high], 0.1);
  return { edges, counts: groups.map(({ values }) => countsIn(edges, values)) };
}

/** Multiples of 1, 2 or 5 times a power of ten that make about `count` bins and enclose the range. */
function roundEdges([low, high]: Range, count: number): number[] {
  const step = tickIncrement(low, high, count); // below 0 it is the negative of the inverse, which is a whole number
  const [times, divisor] = step > 0 ? [step, 1] : [1, -step];
  const edge = (k: number): number => (k * times) / divisor;
  let first = Math.floor((low / times) * divisor);
  let last = Math.max(first + 1, Math.ceil((high / times) * divisor));
  if (edge(first) > low) first -= 1; // the quotient was rounded
  if (edge(last) < high) last += 1;
  return Array.from({ length: last - first + 1 }, (_, k) => edge(first + k));
}

function countsIn(edges: readonly number[], values: ArrayLike<number>): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    let [from, to] = [0, counts.length - 1];
    while (from < to) {
      const middle = Math.ceil((from + to) / 2);
      if (values[i]! >= edges[middle]!) from = middle;
      else to = middle - 1;
    }
    counts[from]! += 1;
  }
  return counts;
}
