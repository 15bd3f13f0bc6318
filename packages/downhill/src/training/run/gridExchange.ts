// What the ranks of a job exchange when they share the blocks of a grid.
import type { Grid } from "../../core/grid.ts";
import { type ElementType, elementBytes, elementTypeOf, type Vector, viewOf } from "../../core/vector.ts";
import { firstOfRank, type Ranks } from "../../kernels/ranks.ts";
import { type Progress, recordValues } from "../state/progress.ts";

/** Some examples of a block. */
export interface GroupPart {
  /** The group of lefts of its block. */
  readonly group: number;
  readonly from: number;
  readonly to: number;
  /** The position of its first value in the list of values. */
  readonly at: number;
}

type Diagonal = Grid["diagonals"][number];

/** Rank r processes the blocks of the groups ⌊Gr/N⌋ … ⌊G(r + 1)/N⌋ − 1 of lefts, of G groups and N ranks. */
export interface GridExchange {
  /** Whether this rank processes the blocks of a group of lefts. */
  isOwn(group: number): boolean;
  /**
   * After parts of a diagonal: all ranks receive the numbers of updates of all parts, and the parameters of the rights that another
   * rank needs for the next diagonal.
   *
   * @param own  the number of updates of each part of this rank
   * @param next  the next diagonal; undefined before `finish`
   * @returns  the number of updates of each part
   */
  afterDiagonal(
    diagonal: Diagonal,
    next: Diagonal | undefined,
    parts: readonly GroupPart[],
    own: Float64Array,
  ): Float64Array;
  /** Keeps the values of the first `count` updates of the parts: each rank those of its own parts. */
  keepValues(parts: readonly GroupPart[], values: Float64Array, count: number): void;
  /** After some diagonals: records all kept values in the order of the grid; all ranks receive all parameters. */
  finish(progress: Progress): void;
}

/** Parameters are one row per left, then one row per right. */
export function bindGridExchange(
  params: Vector,
  { diagonals, groupOfLeft, groupOfRight }: Grid,
  { rank, size, allGather }: Ranks,
): GridExchange {
  const groups = diagonals.length;
  const lefts = groupOfLeft.length;
  const width = params.length / (lefts + groupOfRight.length);
  const elementType = elementTypeOf(params);
  const bytes = elementBytes(elementType);
  const leftsOf = parametersOf(groupOfLeft, { groups, width, offset: 0 });
  const rightsOf = parametersOf(groupOfRight, { groups, width, offset: lefts * width });
  const counts = new Float64Array(groups);
  const holders = new Int32Array(groups).fill(-1); // for each group of rights the only rank that has its last parameters; −1 if all have
  let buffer = new ArrayBuffer(0);
  const kept = keptValues(rank);

  const all = Array.from({ length: groups }, (_, group) => group);
  const firstOf = (r: number): number => firstOfRank(groups, r, size);
  const rankOf = Uint32Array.from({ length: groups }, (_, group) => {
    let r = 0;
    while (firstOf(r + 1) <= group) r++;
    return r;
  });

  /** What a rank sends: some numbers, and some parameters. */
  interface Message {
    readonly numbers: readonly Float64Array[];
    readonly parameters: readonly Range[];
  }

  function exchange(messages: readonly Message[]): void {
    const starts = [0];
    for (const { numbers, parameters } of messages) {
      const length = 8 * lengthOf(numbers) + bytes * lengthOf(parameters);
      starts.push(starts.at(-1)! + 8 * Math.ceil(length / 8));
    }
    const total = starts.at(-1)!;
    if (buffer.byteLength < total) buffer = new ArrayBuffer(total);
    copy(messages[rank]!, starts[rank]!, true);
    allGather(new Uint8Array(buffer, 0, total), starts);
    for (const [r, message] of messages.entries()) if (r !== rank) copy(message, starts[r]!, false);
  }

  /** Copies a message into the buffer (`sends`) or out of it. */
  function copy({ numbers, parameters }: Message, start: number, sends: boolean): void {
    let at = start;
    const copyList = (list: Vector, type: ElementType): void => {
      const own = viewOf(type, buffer, at, list.length);
      if (sends) own.set(list);
      else list.set(own);
      at += own.byteLength;
    };
    for (const list of numbers) copyList(list, "float64");
    for (const { from, length } of parameters) copyList(params.subarray(from, from + length), elementType);
  }

  /** The groups of rights that one rank has and another one needs for a diagonal. */
  function movesTo(next: Diagonal | undefined): number[] {
    if (next === undefined) return [];
    const d = diagonals.indexOf(next);
    return all.filter((right) => holders[right]! >= 0 && holders[right] !== rankOf[(right + groups - d) % groups]);
  }

  const rightsFrom = (r: number, rights: readonly number[]): Range[] =>
    rights.flatMap((right) => (holders[right] === r ? rightsOf[right]! : []));

  return {
    isOwn: (group) => rankOf[group] === rank,
    afterDiagonal(diagonal, next, parts, own) {
      let count = 0;
      const d = diagonals.indexOf(diagonal);
      for (const [i, { group }] of parts.entries()) {
        holders[(group + d) % groups] = rankOf[group]!;
        if (rankOf[group] === rank) counts[i] = own[count++]!;
      }
      const moves = movesTo(next);
      exchange(
        Array.from({ length: size }, (_, r): Message => {
          const ofRank = [...parts.entries()].filter(([, { group }]) => rankOf[group] === r);
          return {
            numbers: ofRank.map(([i]) => counts.subarray(i, i + 1)),
            parameters: rightsFrom(r, moves),
          };
        }),
      );
      for (const right of moves) holders[right] = -1;
      return counts;
    },
    keepValues(parts, values, count) {
      for (const { group, from, to, at } of parts) {
        const recorded = Math.min(to - from, count - at);
        if (recorded > 0) kept.add(rankOf[group]!, values.subarray(at, at + recorded));
      }
    },
    finish(progress) {
      if (progress.history.batchLosses) kept.recordAll(progress, { size, allGather });
      else kept.recordSum(progress, { size, allGather });
      exchange(
        Array.from({ length: size }, (_, r): Message => {
          const lefts = leftsOf.slice(firstOf(r), firstOf(r + 1)).flat();
          return { numbers: [], parameters: [...lefts, ...rightsFrom(r, all)] };
        }),
      );
      holders.fill(-1);
    },
  };
}

/** Values of updates in the order of the grid, each kept by the rank that computed it. */
function keptValues(rank: number) {
  let own = new Float64Array(0);
  let ownCount = 0;
  /** Consecutive values of one rank. */
  let runs: { readonly rank: number; length: number }[] = [];

  /** Records the values of each run; `valuesOf` returns those of a run that begins at a position among the values of its rank. */
  function eachRun(work: (of: number, from: number, length: number) => void): void {
    const next = new Map<number, number>();
    for (const { rank, length } of runs) {
      const from = next.get(rank) ?? 0;
      work(rank, from, length);
      next.set(rank, from + length);
    }
    runs = [];
    ownCount = 0;
  }

  return {
    /** Adds values of a rank; those of another rank are only counted. */
    add(r: number, values: Float64Array): void {
      const last = runs.at(-1);
      if (last?.rank === r) last.length += values.length;
      else runs.push({ rank: r, length: values.length });
      if (r !== rank) return;
      if (ownCount + values.length > own.length) {
        const longer = new Float64Array(2 * (ownCount + values.length));
        longer.set(own.subarray(0, ownCount));
        own = longer;
      }
      own.set(values, ownCount);
      ownCount += values.length;
    },
    /** Records the sum only: a rank continues the sum of the rank before it, so no value is sent. */
    recordSum(progress: Progress, { size, allGather }: Pick<Ranks, "size" | "allGather">): void {
      const sum = new Float64Array(1);
      eachRun((r, from, length) => {
        if (r === rank) recordValues(progress, own.subarray(from, from + length), length, 1);
        sum[0] = progress.epochSum;
        allGather(
          new Uint8Array(sum.buffer),
          Array.from({ length: size + 1 }, (_, i) => (i > r ? 8 : 0)),
        );
        progress.epochSum = sum[0];
      });
    },
    /** Records all values on all ranks. */
    recordAll(progress: Progress, { size, allGather }: Pick<Ranks, "size" | "allGather">): void {
      const starts = [0];
      for (let r = 0; r < size; r++) {
        starts.push(runs.reduce((sum, run) => sum + (run.rank === r ? run.length : 0), starts[r]!));
      }
      const all = new Float64Array(starts[size]!);
      all.set(own.subarray(0, ownCount), starts[rank]);
      allGather(
        new Uint8Array(all.buffer),
        starts.map((start) => 8 * start),
      );
      eachRun((r, from, length) => recordValues(progress, all.subarray(starts[r]! + from), length, 1));
    },
  };
}

/** Some consecutive parameters. */
interface Range {
  readonly from: number;
  readonly length: number;
}

/** The parameters of each group of lefts or rights, which have `width` parameters each. */
function parametersOf(
  groupOf: Uint8Array,
  { groups, width, offset }: { readonly groups: number; readonly width: number; readonly offset: number },
): Range[][] {
  const found = Array.from({ length: groups }, (): Range[] => []);
  for (let from = 0; from < groupOf.length; ) {
    let to = from + 1;
    while (to < groupOf.length && groupOf[to] === groupOf[from]) to++;
    found[groupOf[from]!]!.push({ from: offset + from * width, length: (to - from) * width });
    from = to;
  }
  return found;
}

const lengthOf = (lists: readonly { readonly length: number }[]): number =>
  lists.reduce((sum, { length }) => sum + length, 0);
