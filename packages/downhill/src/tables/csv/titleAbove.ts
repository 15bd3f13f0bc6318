import { firstRecords } from "./firstRecords.ts";

/** The first lines of a text whose first line is probably not the header. */
export interface Title {
  /** The number of cells in the first line. */
  readonly cells: number;
  /** The line, from 1, that is probably the header, and its number of cells. */
  readonly header: number;
  readonly columns: number;
}

const MOST_LINES = 20; // before the header

/**
 * The title above the header: the first record has fewer cells than all records from another one on, which contains no numbers
 * alone. Undefined if there is no title.
 */
export function titleAbove(
  text: string,
  delimiters: readonly string[],
  {
    quotes,
    isStart,
    isNameless,
  }: {
    readonly quotes: boolean;
    readonly isStart: boolean;
    readonly isNameless: (cells: readonly string[]) => boolean;
  },
): Title | undefined {
  for (const delimiter of delimiters) {
    const all = firstRecords(text, { delimiter, quotes, isStart });
    const columns = all.at(-1)?.cells.length ?? 0;
    const at = all.findLastIndex(({ cells, clean }) => cells.length !== columns || !clean) + 1;
    const [first, header] = [all[0], all[at]];
    if (first === undefined || header === undefined || at === 0 || at > MOST_LINES || at > all.length - 2) continue;
    if (first.cells.length < columns && !isNameless(header.cells.map((cell) => cell.trim()))) {
      return { cells: first.cells.length, header: header.line, columns };
    }
  }
  return undefined;
}
