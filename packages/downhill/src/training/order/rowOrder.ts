import { InputRangeError, requireKnown, requireOneOf, requireSize, show } from "../../core/check.ts";
import { type Chunks, chunkOrder } from "../../core/chunks.ts";
import type { Grid } from "../../core/grid.ts";
import { type Random, random } from "../../core/random.ts";

/**
 * The order in which an epoch (0, 1, …) processes the examples.
 * - "shuffled": a new random order in each epoch.
 * - "replacement": n rows for n examples, each drawn independently and uniformly from all examples, also from those drawn before. An
 *   epoch has ⌈n / batchSize⌉ batches as with the other orders, but in it a row may be used several times, and others not at all.
 * - "sequential": the order of the data.
 * - "grid": the diagonals of a grid of blocks, in a new random order in each epoch. Only for a factorization; threads can
 *   then share the work of single updates.
 * - { rowsPerChunk, chunksPerWindow }: chunks of consecutive rows in a new random order, and the rows of each window of chunks in
 *   random order, in each epoch. Stored rows have this order, so it gives data in memory the same bits.
 * - A function of the epoch that returns a permutation of 0 … n − 1.
 *
 * It depends on the seed and the epoch alone, so a resumed run needs no state of a random generator.
 */
export type Order =
  | ("shuffled" | "replacement" | "sequential" | "grid")
  | Omit<Chunks, "rows">
  | ((epoch: number) => ArrayLike<number>);

/** The orders that have a name. */
export const orderNames: readonly Extract<Order, string>[] = ["shuffled", "replacement", "sequential", "grid"];

/** @throws TypeError or RangeError for an order that does not exist, or is not among `names` */
export function requireOrder(functionName: string, order: unknown, names: readonly string[]): void {
  if (typeof order === "function") return;
  if (typeof order !== "object" || order === null) {
    requireOneOf(functionName, "order", order, names);
    return;
  }
  const { rowsPerChunk, chunksPerWindow } = order as Omit<Chunks, "rows">;
  requireKnown(functionName, order, ["rowsPerChunk", "chunksPerWindow"], "member of order");
  requireSize(functionName, "order.rowsPerChunk", rowsPerChunk);
  requireSize(functionName, "order.chunksPerWindow", chunksPerWindow);
}

/**
 * Writes the row order of an epoch into `out`.
 *
 * @throws RangeError when a function's order is not a permutation
 */
export function writeOrder(
  order: Exclude<Order, "sequential" | "grid">,
  seed: number,
  epoch: number,
  out: Uint32Array,
): void {
  if (typeof order === "string") writeRandom(order, random(seed).fork("order").fork(epoch), out);
  else if (typeof order === "object") {
    const { windows, startOf, write } = chunkOrder({ ...order, rows: out.length }, seed, epoch);
    for (let w = 0; w < windows; w++) write(w, out.subarray(startOf(w)), (chunk) => chunk * order.rowsPerChunk);
  } else out.set(requirePermutation(order(epoch), out.length));
}

/** Writes one of the orders that a stream of random numbers determines, of the rows 0 … out.length − 1. */
export function writeRandom(order: "shuffled" | "replacement", stream: Random, out: Uint32Array): void {
  stream[order === "shuffled" ? "permutation" : "integers"](out.length, out);
}

/** The diagonals of a grid in the order of an epoch. */
export function diagonalsOf({ diagonals }: Grid, seed: number, epoch: number): Grid["diagonals"] {
  const order = random(seed).fork("order").fork(epoch).permutation(diagonals.length);
  return Array.from(order, (diagonal) => diagonals[diagonal]!);
}

/** Writes the rows of the diagonals into `out`; the examples are stored in the order of the grid. */
export function writeDiagonals(diagonals: Grid["diagonals"], out: Uint32Array): void {
  let at = 0;
  for (const { from, to } of diagonals.flat()) for (let row = from; row < to; row++) out[at++] = row;
}

/** The positions in an epoch where the blocks of its diagonals end. */
export function blockEnds(diagonals: Grid["diagonals"]): number[] {
  let end = 0;
  return diagonals.flatMap((blocks) => Array.from(blocks, ({ from, to }) => (end += to - from)));
}

/** The row at a position of an epoch. */
export function rowAt(diagonals: Grid["diagonals"], position: number): number {
  let left = position;
  for (const parts of diagonals) {
    for (const { from, to } of parts) {
      if (left < to - from) return from + left;
      left -= to - from;
    }
  }
  return left;
}

function requirePermutation(order: ArrayLike<number>, n: number): ArrayLike<number> {
  const advice = `Return each of the numbers 0 … ${n - 1} once.`;
  const seen = new Uint8Array(n);
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    if (!(Number.isInteger(row) && row >= 0 && row < n) || seen[row]) {
      throw new InputRangeError(
        `train: order must be a permutation of 0 … ${n - 1}, got ${show(row)} at index ${i}. ${advice}`,
      );
    }
    seen[row] = 1;
  }
  if (order.length !== n) {
    throw new InputRangeError(`train: order must have one entry per example (${n}), got ${order.length}. ${advice}`);
  }
  return order;
}
