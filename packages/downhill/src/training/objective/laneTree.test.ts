import { describe, expect, it } from "vitest";
import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import type { Ranks } from "../../kernels/ranks.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { bindLaneTree, subtrees } from "./laneTree.ts";

const WORK = 1 << 20;
const SIZE = 3;
const numbers = (lane: number): number[] => [0.1, 0.2, 0.3].map((x) => x * 1.7 ** lane);

/** The total of all lanes in one process: the same tree, written as a recursion. */
function total(from: number, to: number): number[] {
  if (to - from === 1) return [lossOf(from), ...numbers(from)];
  const middle = (from + to) / 2;
  const [left, right] = [total(from, middle), total(middle, to)];
  return left.map((x, i) => x + right[i]!);
}
const lossOf = (lane: number): number => 0.7 / (lane + 1);

/**
 * The totals on a rank whose exchange is recorded. Ranks run one after another here, so a first run of all ranks collects their
 * parts, and a second one has the parts of all others.
 */
function totals(lanes: number, size: number, work = WORK): number[][] {
  const sent = new Map<number, Uint8Array>();
  const onRank = (rank: number): number[] => {
    const ranks: Ranks = {
      rank,
      size,
      allGather(bytes, starts) {
        sent.set(rank, bytes.slice(starts[rank], starts[rank + 1]));
        for (const [r, part] of sent) bytes.set(part, starts[r]);
      },
    };
    return allocate(
      wasmKernels,
      "float64",
      (arena) => {
        const vectors: Vector[] = Array.from({ length: lanes }, () => arena.vector(SIZE));
        if (vectors[0]!.length === 0) return [];
        const results = new Float64Array(lanes).fill(Number.NaN);
        for (const vector of vectors) vector.fill(Number.NaN);
        const tree = bindLaneTree(arena, SIZE);
        const own = tree.own(lanes, work);
        for (let l = own.from; l < own.to; l++) {
          results[l] = lossOf(l);
          vectors[l]!.set(numbers(l));
        }
        tree.add(lanes, work, results, (l) => vectors[l]!);
        return [results[0]!, ...vectors[0]!];
      },
      { ranks },
    );
  };
  const each = Array.from({ length: size }, (_, r) => r);
  each.map(onRank);
  return each.map(onRank);
}

describe("the sums of the lanes", () => {
  it.each([1, 2, 4, 8])("%i lanes have the bits of one process on 1 to 9 ranks", (lanes) => {
    for (let size = 1; size <= 9; size++) for (const each of totals(lanes, size)) expect(each).toEqual(total(0, lanes));
  });

  it("of little work are added by every rank alone", () => {
    for (const each of totals(8, 3, WORK - 1)) expect(each).toEqual(total(0, 8));
  });
});

describe("a condition that each rank checks for its own lanes", () => {
  /** The answer of each rank; the ranks run one after another, twice, so that each has the answers of all. */
  function answers(found: readonly boolean[], work: number): boolean[] {
    const sent = new Map<number, Uint8Array>();
    const onRank = (rank: number): boolean => {
      const allGather: Ranks["allGather"] = (bytes, starts) => {
        sent.set(rank, bytes.slice(starts[rank], starts[rank + 1]));
        for (const [r, part] of sent) bytes.set(part, starts[r]);
      };
      const ranks: Ranks = { rank, size: found.length, allGather };
      return allocate(wasmKernels, "float64", (arena) => bindLaneTree(arena, SIZE).every(8, work, found[rank]!), {
        ranks,
      });
    };
    found.map((_, rank) => onRank(rank));
    return found.map((_, rank) => onRank(rank));
  }

  it("holds if it holds on every rank, and all ranks have the same answer", () => {
    for (let wrong = -1; wrong < 3; wrong++) {
      const found = [0, 1, 2].map((rank) => rank !== wrong);
      expect(answers(found, WORK)).toEqual(Array(3).fill(wrong === -1));
    }
  });

  it("of little work is checked by every rank alone", () => {
    expect(answers([true, false], WORK - 1)).toEqual([true, false]);
  });
});

it("lanes are divided into the largest complete subtrees", () => {
  const of = (from: number, to: number): string =>
    subtrees(from, to)
      .map((each) => `${each.from}–${each.to}`)
      .join(" ");
  expect([of(0, 8), of(0, 2), of(2, 5), of(5, 8), of(3, 3)]).toEqual(["0–8", "0–2", "2–4 4–5", "5–6 6–8", ""]);
});
