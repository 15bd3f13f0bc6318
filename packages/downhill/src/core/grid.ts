import type { Random } from "./random.ts";

/** Positions from … to − 1 in the order of a grid. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Examples that are pairs (left, right), such as (user, item), ordered in blocks. A diagonal is a list of blocks that have no
 * left and no right in common. So the blocks of a diagonal can be processed in any order, or at the same time, with the
 * same bits.
 */
export interface Grid {
  /** Indices of the examples, block after block. */
  readonly order: Uint32Array;
  /** For each diagonal its blocks, as positions in `order`. */
  readonly diagonals: readonly (readonly Part[])[];
  /** The group of each left. */
  readonly groupOfLeft: Uint8Array;
  /** The group of each right. */
  readonly groupOfRight: Uint8Array;
}

/** The number of examples in some blocks. */
export const examplesIn = (parts: readonly Part[]): number => parts.reduce((sum, { from, to }) => sum + to - from, 0);

export interface GridSize {
  /** Lefts are integers from 0 to lefts − 1. */
  readonly lefts: number;
  /** Rights are integers from 0 to rights − 1. */
  readonly rights: number;
  /** The number of groups of lefts, of groups of rights, of diagonals, and of blocks of a diagonal. */
  readonly groups: number;
}

/**
 * Makes a grid. The pairs of a group of lefts and a group of rights are a block. Diagonal d has the blocks of the groups g of
 * lefts and g + d (mod groups) of rights. The order of the examples in a block is random.
 *
 * Each group of lefts (or of rights) has the same number of runs of consecutive lefts, at random, and the runs have about the
 * same number of examples. Why runs: the parameters of a group then share few cache lines and pages with those of other groups.
 */
export function grid(left: Uint32Array, right: Uint32Array, size: GridSize, random: Random): Grid {
  const { lefts, rights, groups } = size;
  const groupOfLeft = groupsOf(left, lefts, groups, random.fork("left"));
  const groupOfRight = groupsOf(right, rights, groups, random.fork("right"));
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
    groupOfLeft,
    groupOfRight,
  };
}

/** The positions of each block. */
function partsOf(block: Uint32Array, blocks: number): Part[] {
  let from = 0;
  return Array.from(countsOf(block, blocks), (count) => {
    const part = { from, to: from + count };
    from = part.to;
    return part;
  });
}

/** How often each of 0 … n − 1 occurs. */
function countsOf(numbers: Uint32Array, n: number): Uint32Array {
  const counts = new Uint32Array(n);
  for (const number of numbers) counts[number]!++;
  return counts;
}

const RUNS = 16; // of a group, at most: with 8, groups of popular neighbours converged more slowly (measured)

/** A group for each of 0 … n − 1. */
function groupsOf(numbers: Uint32Array, n: number, groups: number, random: Random): Uint8Array {
  const counts = countsOf(numbers, n);
  const runs = groups * Math.min(RUNS, Math.max(1, Math.floor(n / groups)));
  const order = random.permutation(runs);
  const group = new Uint8Array(n);
  let before = 0;
  for (let one = 0; one < n; one++) {
    const middle = before + counts[one]! / 2; // of its examples, if all are sorted
    group[one] = order[Math.min(Math.floor((runs * middle) / numbers.length), runs - 1)]! % groups;
    before += counts[one]!;
  }
  return group;
}
