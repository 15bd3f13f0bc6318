import { InputRangeError, requireSize, show } from "../../core/check.ts";
import type { Grid } from "../../core/grid.ts";
import { random } from "../../core/random.ts";

/**
 * In which order an epoch (0, 1, …) visits the examples: shuffled anew each epoch, as they come, as a function says
 * (a permutation of 0 … n−1), or diagonal by diagonal of a grid (a factorization's only): the diagonals are shuffled anew
 * each epoch, their blocks lie as they were dealt. A function of seed and epoch alone, so that a resumed run needs no
 * generator's state.
 */
export type Order = "shuffled" | "sequential" | "grid" | ((epoch: number) => ArrayLike<number>);

/** The orders that have a name. */
export const orderNames = ["shuffled", "sequential", "grid"] as const;

/** All examples at once, or that many at a time. */
export type BatchSize = "full" | number;

/**
 * Examples per update.
 *
 * @throws RangeError when it is no whole number from 1 to the number of examples
 */
export function batchRows(batchSize: BatchSize, examples: number): number {
  if (batchSize === "full") return examples;
  requireSize("train", "batchSize", batchSize);
  if (batchSize > examples) {
    throw new InputRangeError(
      `train: batchSize must be at most the number of examples (${examples}), got ${batchSize}. Use "full" for all.`,
    );
  }
  return batchSize;
}

/**
 * Writes the order of an epoch into `out`.
 *
 * @throws RangeError when a function's order is not a permutation
 */
export function writeOrder(
  order: Exclude<Order, "sequential" | "grid">,
  seed: number,
  epoch: number,
  out: Uint32Array,
): void {
  if (order === "shuffled") random(seed).fork("order").fork(epoch).permutation(out.length, out);
  else out.set(permutationFrom(order(epoch), out.length));
}

/** The diagonals of a grid in the order of an epoch. */
export function diagonalsOf({ diagonals }: Grid, seed: number, epoch: number): Grid["diagonals"] {
  const order = random(seed).fork("order").fork(epoch).permutation(diagonals.length);
  return Array.from(order, (diagonal) => diagonals[diagonal]!);
}

/** Writes the order of examples, which lie in that of a grid, diagonal by diagonal into `out`. */
export function writeDiagonals(diagonals: Grid["diagonals"], out: Uint32Array): void {
  let at = 0;
  for (const { from, to } of diagonals.flat()) for (let row = from; row < to; row++) out[at++] = row;
}

function permutationFrom(given: ArrayLike<number>, n: number): ArrayLike<number> {
  const seen = new Uint8Array(n);
  for (let i = 0; i < given.length; i++) {
    const row = given[i]!;
    if (!(Number.isInteger(row) && row >= 0 && row < n) || seen[row]) {
      throw new InputRangeError(
        `train: order must be a permutation of 0 … ${n - 1}, got ${show(row)} at ${i}. Correct it.`,
      );
    }
    seen[row] = 1;
  }
  if (given.length !== n) {
    throw new InputRangeError(`train: order must have one entry per example (${n}), got ${given.length}. Correct it.`);
  }
  return given;
}
