// Compares a program's numbers with the numbers that NumPy computed for the same program.
import { readFileSync } from "node:fs";
import type { NamedNumbers, Program } from "./program.ts";

/** A program's numbers as NumPy computed them (goldens/make.py). A table is one flat list, row by row. */
export interface NumpyResult {
  readonly data: Readonly<Record<string, number | number[]>>;
  readonly start: Readonly<Record<string, number | number[]>>;
  readonly params: Readonly<Record<string, number | number[]>>;
  readonly losses: readonly number[];
  /** The row order of the first and of the last epoch, where the article shuffles the rows. */
  readonly firstOrder?: readonly number[];
  readonly lastOrder?: readonly number[];
}

/** Reads NumPy's numbers for a program from the package's folder `goldens`. */
export const readNumpyResult = (program: string): NumpyResult =>
  JSON.parse(readFileSync(new URL(`../../goldens/${program}.json`, import.meta.url), "utf8"));

/** The largest relative differences between a program's numbers and NumPy's. */
export interface Differences {
  readonly data: number;
  readonly start: number;
  readonly params: number;
  readonly losses: number;
}

/**
 * The largest |a − b| / |b| of two lists, number by number. |b| has no lower bound, so a small number must agree to as many
 * digits as a large one. The result is Infinity when b is 0 and a is not, or when a is not a number.
 *
 * @throws RangeError when the lists differ in length
 */
export function relativeDifference(ours: ArrayLike<number>, numpys: ArrayLike<number>): number {
  if (ours.length !== numpys.length) {
    throw new RangeError(
      `relativeDifference: the lists must have the same length (${numpys.length}), got ${ours.length}. Compare the same numbers.`,
    );
  }
  let largest = 0;
  for (let i = 0; i < numpys.length; i++) {
    const [a, b] = [ours[i]!, numpys[i]!];
    if (a === b) continue;
    const difference = Math.abs(a - b) / Math.abs(b);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

/** Compares a program's data, start, parameters and losses with NumPy's. */
export const differencesFrom = (numpys: NumpyResult, ours: Omit<Program<string>, "fit">): Differences => ({
  data: largestDifference(ours.data, numpys.data),
  start: largestDifference(ours.start, numpys.start),
  params: largestDifference(ours.params, numpys.params),
  losses: relativeDifference(ours.losses, numpys.losses),
});

function largestDifference(ours: NamedNumbers, numpys: NamedNumbers): number {
  const differences = Object.keys(numpys).map((name) => relativeDifference(asList(ours[name]), asList(numpys[name])));
  return Math.max(...differences);
}

const asList = (values: number | ArrayLike<number> | undefined): ArrayLike<number> =>
  typeof values === "number" ? [values] : (values ?? []);
