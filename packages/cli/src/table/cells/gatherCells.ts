// The cells of all ranks, from those that each rank has read.
import { gatherValues } from "../../ranks/gather.ts";
import type { RunRanks } from "../../ranks/join.ts";
import type { NumberStore } from "./numberStore.ts";
import type { ReadColumn } from "./reader.ts";

/** The rows of all ranks: where those of each rank begin and, at the end, their number. */
export interface RankRows {
  readonly ranks: RunRanks;
  readonly starts: readonly number[];
}

/** Gathers the numbers of rows of all ranks. */
export function gatherRows(ranks: RunRanks, rows: number): RankRows {
  const starts = [0];
  for (const count of gatherValues(ranks, rows)) starts.push(starts.at(-1)! + count);
  return { ranks, starts };
}

/** Gathers rows of numbers. Before, the store begins with those of this rank; afterwards it has those of all ranks. */
export function gatherNumbers({ ranks, starts }: RankRows, store: NumberStore): void {
  const { width } = store;
  const own = starts[ranks.rank]!;
  const values = store.reserve(starts.at(-1)!).subarray(0, width * starts.at(-1)!);
  values.copyWithin(width * own, 0, width * (starts[ranks.rank + 1]! - own));
  gatherInto({ ranks, starts }, values, width);
}

/** Gathers texts. The result has them in the order of their first rows, and a code for each row. */
export function gatherTextCodes(
  { ranks, starts }: RankRows,
  texts: readonly string[],
  codes: Int32Array,
): { readonly texts: readonly string[]; readonly codes: Int32Array } {
  const merged = mergedTexts(gatherValues(ranks, texts));
  const own = merged.codes[ranks.rank]!;
  const all = new Int32Array(starts.at(-1)!);
  const first = starts[ranks.rank]!;
  codes.forEach((code, i) => {
    all[first + i] = code < 0 ? code : own[code]!;
  });
  gatherInto({ ranks, starts }, all, 1);
  return { texts: merged.texts, codes: all };
}

/** The different texts of several lists, in their order, and for each list the positions of its texts. */
export function mergedTexts(lists: readonly (readonly string[])[]): {
  readonly texts: readonly string[];
  readonly codes: readonly Int32Array[];
} {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const codes = lists.map((list) =>
    Int32Array.from(list, (text) => {
      const code = known.get(text);
      if (code !== undefined) return code;
      known.set(text, texts.length);
      return texts.push(text) - 1;
    }),
  );
  return { texts, codes };
}

/** Gathers an array with `width` elements per row, in which this rank has filled its rows. */
function gatherInto({ ranks, starts }: RankRows, all: Float64Array | Int32Array, width: number): void {
  const bytes = new Uint8Array(all.buffer, all.byteOffset, all.byteLength);
  const perRow = width * all.BYTES_PER_ELEMENT;
  ranks.allGather(
    bytes,
    starts.map((start) => perRow * start),
  );
}

/** The flags of columns, each set if it is set on one rank. */
export function gatherFlags<C>(ranks: RunRanks, columns: readonly ReadColumn<C>[]): ReadColumn<C>[] {
  const all = gatherValues(
    ranks,
    columns.map(({ large, special }) => ({ large, special })),
  );
  return columns.map((column, j) => ({
    ...column,
    large: all.some((flags) => flags[j]!.large),
    special: all.some((flags) => flags[j]!.special),
  }));
}
