// What the ranks of a job exchange when they share the blocks of a grid.
import type { Grid } from "../../core/grid.ts";
import { type Lists, listAt, listsOf } from "../../core/lists.ts";
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

/** Rank r processes the blocks of the groups ⌊Gr/N⌋ … ⌊G(r + 1)/N⌋ − 1 of lefts, of G groups and N ranks. */
export interface GridExchange {
  /** Whether this rank processes the blocks of a group of lefts. */
  isOwn(group: number): boolean;
  /**
   * After parts of a diagonal: all ranks receive the values of all parts, and the parameters of their rights.
   *
   * @param own  the number of updates of each part of this rank
   * @returns  the number of updates of each part
   */
  afterDiagonal(
    diagonal: Grid["diagonals"][number],
    parts: readonly GroupPart[],
    own: Float64Array,
    values: Float64Array,
  ): Float64Array;
  /** All ranks receive the parameters of all lefts. */
  shareLefts(): void;
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
  const rowBytes = width * elementBytes(elementType);
  const membersOf = (group: Uint8Array): Lists =>
    listsOf(Uint32Array.from(group), Uint32Array.from(group.keys()), groups);
  const [leftsOf, rightsOf] = [membersOf(groupOfLeft), membersOf(groupOfRight)];
  const counts = new Float64Array(groups);
  let buffer = new ArrayBuffer(0);

  const ownGroups = (r: number) => ({ first: firstOfRank(groups, r, size), end: firstOfRank(groups, r + 1, size) });
  const isOf = (r: number, group: number): boolean => ownGroups(r).first <= group && group < ownGroups(r).end;

  /** What a rank sends: some numbers, and rows of parameters. */
  interface Message {
    readonly numbers: readonly Float64Array[];
    /** Lists of lefts or rights, and the parameter with which the first of all begins. */
    readonly rows: readonly Uint32Array[];
    readonly offset: number;
  }

  function exchange(messages: readonly Message[]): void {
    const starts = [0];
    for (const { numbers, rows } of messages) {
      const bytes = 8 * lengthOf(numbers) + rowBytes * lengthOf(rows);
      starts.push(starts.at(-1)! + 8 * Math.ceil(bytes / 8));
    }
    const total = starts.at(-1)!;
    if (buffer.byteLength < total) buffer = new ArrayBuffer(total);
    copy(messages[rank]!, starts[rank]!, true);
    allGather(new Uint8Array(buffer, 0, total), starts);
    for (const [r, message] of messages.entries()) if (r !== rank) copy(message, starts[r]!, false);
  }

  /** Copies a message into the buffer (`sends`) or out of it. */
  function copy({ numbers, rows, offset }: Message, start: number, sends: boolean): void {
    let at = start;
    for (const list of numbers) {
      const own = new Float64Array(buffer, at, list.length);
      if (sends) own.set(list);
      else list.set(own);
      at += 8 * list.length;
    }
    const own = viewOf(elementType, buffer, at, width * lengthOf(rows));
    let next = 0;
    for (const list of rows) {
      for (const row of list) {
        const first = offset + row * width;
        for (let j = 0; j < width; j++, next++) {
          if (sends) own[next] = params[first + j]!;
          else params[first + j] = own[next]!;
        }
      }
    }
  }

  return {
    isOwn: (group) => isOf(rank, group),
    afterDiagonal(diagonal, parts, own, values) {
      const d = diagonals.indexOf(diagonal);
      let next = 0;
      for (const [i, { group }] of parts.entries()) if (isOf(rank, group)) counts[i] = own[next++]!;
      exchange(
        Array.from({ length: size }, (_, r): Message => {
          const ofRank = [...parts.entries()].filter(([, { group }]) => isOf(r, group));
          return {
            numbers: ofRank.flatMap(([i, { from, to, at }]) => [
              counts.subarray(i, i + 1),
              values.subarray(at, at + to - from),
            ]),
            rows: ofRank.map(([, { group }]) => listAt(rightsOf, (group + d) % groups)),
            offset: lefts * width,
          };
        }),
      );
      return counts;
    },
    shareLefts() {
      exchange(
        Array.from({ length: size }, (_, r): Message => {
          const { first, end } = ownGroups(r);
          const rows = Array.from({ length: end - first }, (_, i) => listAt(leftsOf, first + i));
          return { numbers: [], rows, offset: 0 };
        }),
      );
    },
  };
}

const lengthOf = (lists: readonly { readonly length: number }[]): number =>
  lists.reduce((sum, { length }) => sum + length, 0);
