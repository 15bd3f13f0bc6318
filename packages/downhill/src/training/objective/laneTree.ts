import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import { firstOfRank } from "../../kernels/ranks.ts";

const SHARED_WORK = 1 << 20; // multiply-adds of a batch that ranks share: about 0.3 ms, longer than they need to exchange small sums

/** The lanes of a batch as the leaves of a tree, in which their sums are added: ((0+1)+(2+3)) + ((4+5)+(6+7)). */
export interface LaneTree {
  /** The first lane that this process sums, and the one after the last. Without ranks these are all lanes. */
  own(lanes: number, work: number): { readonly from: number; readonly to: number };
  /**
   * Adds up the results and the vectors of all lanes, in the order of the tree. The process has computed those of its own lanes; each
   * process receives the sums of the others. The totals are the result and the vector of lane 0; the others are overwritten.
   */
  add(lanes: number, work: number, results: Float64Array, vectorOf: (lane: number) => Vector): void;
  /** Whether a condition holds in all processes, each of which has checked its own lanes. */
  every(lanes: number, work: number, holds: boolean): boolean;
}

/** Some lanes whose sums one process can add up by itself: a complete subtree. */
interface Subtree {
  readonly from: number;
  readonly to: number;
}

/** @param size  the length of the vectors, which are in the arena */
export function bindLaneTree({ kernels, elementType, bytes, ranks }: Arena, size: number): LaneTree {
  const stride = 8 + 8 * Math.ceil((size * bytes) / 8);
  let buffer: ArrayBuffer | undefined;

  /** The number of processes that share the lanes of a batch. */
  const sharers = (lanes: number, work: number): number => (ranks && lanes > 1 && work >= SHARED_WORK ? ranks.size : 1);

  /** Receives the sums of the subtrees of all processes. */
  function exchange(lanes: number, results: Float64Array, vectorOf: (lane: number) => Vector): void {
    const { rank, size: processes } = ranks!;
    const parts = Array.from({ length: processes }, (_, r) => subtrees(...rangeOf(lanes, r, processes)));
    const starts = [0];
    for (const part of parts) starts.push(starts.at(-1)! + part.length * stride);
    if ((buffer?.byteLength ?? 0) < starts.at(-1)!) buffer = new ArrayBuffer(starts.at(-1)!);
    const slot = (r: number, i: number) => {
      const at = starts[r]! + i * stride;
      return { sum: new Float64Array(buffer!, at, 1), vector: viewOf(elementType, buffer!, at + 8, size) };
    };
    for (const [i, { from }] of parts[rank]!.entries()) {
      const { sum, vector } = slot(rank, i);
      sum[0] = results[from]!;
      vector.set(vectorOf(from));
    }
    ranks!.allGather(new Uint8Array(buffer!, 0, starts.at(-1)!), starts);
    for (const [r, part] of parts.entries()) {
      if (r === rank) continue;
      for (const [i, { from }] of part.entries()) {
        const { sum, vector } = slot(r, i);
        results[from] = sum[0]!;
        vectorOf(from).set(vector);
      }
    }
  }

  return {
    own(lanes, work) {
      const [from, to] = rangeOf(lanes, ranks?.rank ?? 0, sharers(lanes, work));
      return { from, to };
    },
    add(lanes, work, results, vectorOf) {
      if (lanes === 1) return;
      const processes = sharers(lanes, work);
      const [from, to] = rangeOf(lanes, ranks?.rank ?? 0, processes);
      const addPairs = (isIncluded: (first: number, end: number) => boolean): void => {
        for (let apart = 1; apart < lanes; apart *= 2) {
          for (let l = 0; l < lanes; l += 2 * apart) {
            if (!isIncluded(l, l + 2 * apart)) continue;
            kernels.add(vectorOf(l + apart).byteOffset, vectorOf(l).byteOffset, size);
            results[l] = results[l]! + results[l + apart]!;
          }
        }
      };
      addPairs((first, end) => from <= first && end <= to);
      if (processes === 1) return;
      exchange(lanes, results, vectorOf);
      addPairs((first, end) => !isOfOne(lanes, processes, first, end));
    },
    every(lanes, work, holds) {
      if (sharers(lanes, work) === 1) return holds;
      const all = new Uint8Array(ranks!.size);
      all[ranks!.rank] = holds ? 1 : 0;
      ranks!.allGather(
        all,
        Array.from({ length: all.length + 1 }, (_, r) => r),
      );
      return all.every((each) => each === 1);
    },
  };
}

/** The lanes of a process: from … to − 1. With one process these are all lanes, whatever its number. */
function rangeOf(lanes: number, rank: number, processes: number): [from: number, to: number] {
  if (processes === 1) return [0, lanes];
  return [firstOfRank(lanes, rank, processes), firstOfRank(lanes, rank + 1, processes)];
}

/** Whether one process sums all of these lanes. */
function isOfOne(lanes: number, processes: number, first: number, end: number): boolean {
  for (let r = 0; r < processes; r++) {
    const [from, to] = rangeOf(lanes, r, processes);
    if (from <= first && end <= to) return true;
  }
  return false;
}

/** The largest complete subtrees of the lanes from … to − 1, in their order. */
export function subtrees(from: number, to: number): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to; ) {
    let count = 1;
    while (at % (2 * count) === 0 && at + 2 * count <= to) count *= 2;
    found.push({ from: at, to: at + count });
    at += count;
  }
  return found;
}
