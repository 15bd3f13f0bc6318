import { InputRangeError, requireKnown, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import { apportion } from "./apportion.ts";
import { type Seed, seeded } from "./seeded.ts";
import { strata } from "./strata.ts";

export interface SplitOptions {
  /** Share of the rows that is held out for the test, in (0, 1). */
  readonly heldOut?: number;
  readonly seed?: Seed;
  /** Hold out the same share of every class; needs labels. */
  readonly stratify?: boolean;
}

/** Row indices of both sides, in random order. */
export interface SplitRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Rows divided at random into training and test rows; the test has exactly round(heldOut · n) of them.
 * Stratified, each class gives its share by largest remainder, and a class of two or more rows is on both sides where
 * the sizes allow that to every class.
 *
 * @param rows  how many rows there are, or their labels
 * @throws RangeError when a side would be empty; TypeError when stratify is asked for without labels
 */
export function trainTestSplit(
  rows: number | ArrayLike<Label>,
  { heldOut = 0.2, seed = 0, stratify = false, ...others }: SplitOptions = {},
): SplitRows {
  const functionName = "trainTestSplit";
  requireKnown(functionName, others, ["heldOut", "seed", "stratify"]);
  const { n, classOf, sizes } = strata(functionName, rows, stratify);
  const size = Math.round(heldOut * n);
  if (!(size >= 1 && size < n)) {
    throw new InputRangeError(
      `${functionName}: heldOut must be a share that leaves a row of ${n} on each side, got ${show(heldOut)}. Choose another.`,
    );
  }
  const wanted = stratify ? apportion(sizes, size) : [size];
  const train = new Uint32Array(n - size);
  const test = new Uint32Array(size);
  let trained = 0;
  let tested = 0;
  for (const row of seeded(seed, functionName).permutation(n)) {
    const k = classOf[row]!;
    if (wanted[k]! > 0) {
      wanted[k]! -= 1;
      test[tested++] = row;
    } else {
      train[trained++] = row;
    }
  }
  return { train, test };
}
