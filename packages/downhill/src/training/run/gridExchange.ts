// What the ranks of a job exchange when they share the blocks of a grid.
import type { Grid } from "../../core/grid.ts";
import { elementBytes, elementTypeOf, type Vector, viewOf } from "../../core/vector.ts";
import { firstOfRank, type Ranks } from "../../kernels/ranks.ts";

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
   * After parts of a diagonal: all ranks receive the results of all parts, and the parameters of the rights that another rank needs for
   * the next diagonal.
   *
   * @param next  the next diagonal; undefined before `finish`
   */
  afterDiagonal(
    diagonal: Diagonal,
    next: Diagonal | undefined,
    parts: readonly GroupPart[],
    results: PartResults,
  ): void;
  /** After some diagonals: all ranks receive all parameters. */
  finish(): void;
}

/** The results of parts. A rank has written those of its own parts. */
export interface PartResults {
  /** For each part the number of updates. */
  readonly counts: Float64Array;
  /** For each part the sum of its values. */
  readonly sums: Float64Array;
  /** The values of all parts, if the ranks need them; else null. */
  readonly values: Float64Array | null;
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
  const leftsOf = parametersOf(groupOfLeft, params, { groups, width });
  const rightsOf = parametersOf(groupOfRight, params.subarray(lefts * width), { groups, width });
  const holders = new Int32Array(groups).fill(-1); // for each group of rights the only rank that has its last parameters; −1 if all have
  let buffer = new ArrayBuffer(0);

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
    readonly parameters: readonly Vector[];
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
    copyLists(numbers, new Float64Array(buffer, start, lengthOf(numbers)), sends);
    const at = start + 8 * lengthOf(numbers);
    copyLists(parameters, viewOf(elementType, buffer, at, lengthOf(parameters)), sends);
  }

  /** The groups of rights that one rank has and another one needs for a diagonal. */
  function movesTo(next: Diagonal | undefined): number[] {
    if (next === undefined) return [];
    const d = diagonals.indexOf(next);
    return all.filter((right) => holders[right]! >= 0 && holders[right] !== rankOf[(right + groups - d) % groups]);
  }

  const rightsFrom = (r: number, rights: readonly number[]): Vector[] =>
    rights.flatMap((right) => (holders[right] === r ? rightsOf[right]! : []));

  return {
    isOwn: (group) => rankOf[group] === rank,
    afterDiagonal(diagonal, next, parts, { counts, sums, values }) {
      const d = diagonals.indexOf(diagonal);
      for (const { group } of parts) holders[(group + d) % groups] = rankOf[group]!;
      const moves = movesTo(next);
      exchange(
        Array.from({ length: size }, (_, r): Message => {
          const ofRank = [...parts.entries()].filter(([, { group }]) => rankOf[group] === r);
          return {
            numbers: ofRank.flatMap(([i, { from, to, at }]) => [
              counts.subarray(i, i + 1),
              sums.subarray(i, i + 1),
              ...(values ? [values.subarray(at, at + to - from)] : []),
            ]),
            parameters: rightsFrom(r, moves),
          };
        }),
      );
      for (const right of moves) holders[right] = -1;
    },
    finish() {
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

/** Copies lists into one long list (`sends`) or out of it. */
function copyLists(lists: readonly Vector[], long: Vector, sends: boolean): void {
  let at = 0;
  for (const list of lists) {
    if (sends) long.set(list, at);
    else list.set(long.subarray(at, at + list.length));
    at += list.length;
  }
}

/** The parameters of each group of lefts or rights, which have `width` parameters each: views of the parameters of all. */
function parametersOf(
  groupOf: Uint8Array,
  params: Vector,
  { groups, width }: { readonly groups: number; readonly width: number },
): Vector[][] {
  const found = Array.from({ length: groups }, (): Vector[] => []);
  for (let from = 0; from < groupOf.length; ) {
    let to = from + 1;
    while (to < groupOf.length && groupOf[to] === groupOf[from]) to++;
    found[groupOf[from]!]!.push(params.subarray(from * width, to * width));
    from = to;
  }
  return found;
}

const lengthOf = (lists: readonly { readonly length: number }[]): number =>
  lists.reduce((sum, { length }) => sum + length, 0);
