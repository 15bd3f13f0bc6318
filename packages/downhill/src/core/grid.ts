import type { Random } from "./random.ts";

/** Places from … to among examples that were put in order. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Examples of pairs (left, right), such as user and item, put in blocks. No two parts of one diagonal have a left or a
 * right in common, so they can be worked on in any order, or at the same time, with the same bits.
 */
export interface Grid {
  /** The examples, block after block. */
  readonly order: Uint32Array;
  /** The blocks as places in that order; they follow one another. */
  readonly diagonals: readonly (readonly Part[])[];
}

/** Examples in some parts. */
export const examplesIn = (parts: readonly Part[]): number => parts.reduce((sum, { from, to }) => sum + to - from, 0);

export interface GridSize {
  /** Different lefts: they are 0 … lefts − 1. */
  readonly lefts: number;
  readonly rights: number;
  /** Groups of each, and so diagonals, and parts of one. */
  readonly groups: number;
}

/**
 * Deals lefts and rights at random into groups of equal size. The pairs of two groups are a block, and those of the
 * groups g and g + d (mod groups) the diagonal d. Within a block the examples stand in a random order.
 */
export function grid(left: Uint32Array, right: Uint32Array, size: GridSize, random: Random): Grid {
  const { lefts, rights, groups } = size;
  const groupOfLeft = dealt(lefts, groups, random.fork("left"));
  const groupOfRight = dealt(rights, groups, random.fork("right"));
  const block = left.map((l, example) => {
    const group = groupOfLeft[l]!;
    const diagonal = (groupOfRight[right[example]!]! - group + groups) % groups;
    return diagonal * groups + group;
  });
  const parts = partsOf(block, groups * groups);
  const order = new Uint32Array(left.length);
  const next = Uint32Array.from(parts, ({ from }) => from);
  for (let example = 0; example < order.length; example++) order[next[block[example]!]!++] = example;
  const stream = random.fork("examples");
  for (const { from, to } of parts) {
    const own = order.slice(from, to);
    stream.permutation(to - from).forEach((pick, at) => {
      order[from + at] = own[pick]!;
    });
  }
  return {
    order,
    diagonals: Array.from({ length: groups }, (_, d) => parts.slice(d * groups, (d + 1) * groups)),
  };
}

/** Where each block lies when the examples are put block after block. */
function partsOf(block: Uint32Array, blocks: number): Part[] {
  const counts = new Uint32Array(blocks);
  for (const own of block) counts[own]!++;
  let from = 0;
  return Array.from(counts, (count) => {
    const part = { from, to: from + count };
    from = part.to;
    return part;
  });
}

/** For each of n the group it is dealt to. */
function dealt(n: number, groups: number, random: Random): Uint8Array {
  const group = new Uint8Array(n);
  random.permutation(n).forEach((one, at) => {
    group[one] = at % groups;
  });
  return group;
}
