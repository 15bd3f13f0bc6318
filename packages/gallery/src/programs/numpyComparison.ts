import type { Golden } from "./goldens.ts";
import type { Named, Program } from "./program.ts";

/** Largest relative differences of a program's numbers from the golden ones. */
export interface Differences {
  readonly data: number;
  readonly start: number;
  readonly params: number;
  readonly losses: number;
}

/**
 * Largest |a − b| / |b| of two lists, number by number and without a floor under |b|: the same digits count for a small
 * number as for a large one. Infinity when b is 0 and a is not, or when a is not a number.
 *
 * @throws RangeError when the lists differ in length
 */
export function relativeDifference(ours: ArrayLike<number>, golden: ArrayLike<number>): number {
  if (ours.length !== golden.length) {
    throw new RangeError(
      `relativeDifference: lists must be equally long (${golden.length}), got ${ours.length}. Compare the same numbers.`,
    );
  }
  let largest = 0;
  for (let i = 0; i < golden.length; i++) {
    const [a, b] = [ours[i]!, golden[i]!];
    if (a === b) continue;
    const difference = Math.abs(a - b) / Math.abs(b);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

/** How far a program's numbers are from NumPy's. */
export const differencesFrom = (golden: Golden, ours: Program<string>): Differences => ({
  data: namedDifference(ours.data, golden.data),
  start: namedDifference(ours.start, golden.start),
  params: namedDifference(ours.params, golden.params),
  losses: relativeDifference(ours.losses, golden.losses),
});

function namedDifference(ours: Named, golden: Named): number {
  const differences = Object.keys(golden).map((name) => relativeDifference(list(ours[name]), list(golden[name])));
  return Math.max(...differences);
}

const list = (values: number | ArrayLike<number> | undefined): ArrayLike<number> =>
  typeof values === "number" ? [values] : (values ?? []);
