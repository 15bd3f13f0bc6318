// Finds a title above the header of a CSV file, which makes the first line look like a header of too few columns.
import { type CsvRecord, records } from "./csvRecords.ts";

/** The first lines of a file whose first line is probably not the header. */
export interface Title {
  /** The number of cells in the first line. */
  readonly cells: number;
  /** The line, from 1, that is probably the header, and its number of cells. */
  readonly header: number;
  readonly columns: number;
}

const MAX_RECORDS = 100;
const MAX_TITLE = 20; // records before the header

/**
 * The title above the header: the first record has fewer cells than all records from another one on, which contains no numbers
 * alone. Undefined if there is no title.
 */
export function titleOf(
  text: string,
  delimiters: readonly string[],
  isNameless: (cells: readonly string[]) => boolean,
): Title | undefined {
  for (const delimiter of delimiters) {
    const all = firstRecords(text, delimiter);
    const columns = all.at(-1)?.cells.length ?? 0;
    const at = all.findLastIndex(({ cells, clean }) => cells.length !== columns || !clean) + 1;
    const [first, header] = [all[0], all[at]];
    if (first === undefined || header === undefined || at === 0 || at > MAX_TITLE || at > all.length - 2) continue;
    if (first.cells.length < columns && !isNameless(header.cells.map((cell) => cell.trim()))) {
      return { cells: first.cells.length, header: header.line, columns };
    }
  }
  return undefined;
}

/** The first records, without the last, which the end of the text may cut. */
function firstRecords(text: string, delimiter: string): CsvRecord[] {
  const found: CsvRecord[] = [];
  for (const record of records(text, delimiter)) {
    found.push(record);
    if (found.length > MAX_RECORDS) break;
  }
  return found.length > MAX_RECORDS ? found.slice(0, -1) : found;
}
