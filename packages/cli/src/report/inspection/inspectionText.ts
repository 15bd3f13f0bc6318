// An inspection for the terminal: a table with one line per column, then the notes.
import { counted, formatCount } from "@downhill/plots/format";
import type { ColumnInspection, TableInspection } from "downhill";
import { type NoteLines, noteLines } from "../../training/noteLines.ts";
import { valueText } from "../valueText.ts";

const MAX_VALUES = 3; // of categories in a line
const MAX_LENGTH = 24; // of a category in a line
const blocks = "▁▂▃▄▅▆▇█";

/** The lines of the table: the header, then one line per column. */
export function inspectionTable({ columns }: TableInspection, utf8: boolean): string[][] {
  const header = ["column", "read as", "missing", "different", "smallest", "median", "largest", "distribution"];
  return [header, ...columns.map((column) => lineOf(column, utf8))];
}

function lineOf(column: ColumnInspection, utf8: boolean): string[] {
  const { name, kind, numbers, missing, distinct } = column;
  const range =
    numbers === null
      ? ["", "", ""]
      : [numbers.smallest, numbers.median, numbers.largest].map((value) => valueText(kind, value));
  const count = (value: number | null): string => (value === null ? "" : formatCount(value));
  return [name, kindText(column), count(missing), count(distinct), ...range, distributionText(column, utf8)];
}

/** The kind of a column, with its role, and whether a model would not use it. */
export function kindText({ kind, role, used }: ColumnInspection): string {
  const read = kind ?? "nothing";
  return [read, ...(role === "feature" ? [] : [role]), ...(used ? [] : ["left out"])].join(", ");
}

/** A histogram of block characters, or the most frequent categories, or words, with their counts. */
function distributionText({ kind, numbers, frequent, distinct }: ColumnInspection, utf8: boolean): string {
  if (numbers !== null) return utf8 ? blockHistogram(numbers.histogram.counts) : "";
  if (frequent === null) return "";
  const shown = frequent.slice(0, MAX_VALUES).map(({ value, count }) => `${shortened(value)} ${formatCount(count)}`);
  const more = kind === "words" ? 0 : (distinct ?? 0) - shown.length;
  return [...shown, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(", ");
}

const shortened = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text);

/** One block for each interval, with a height in proportion to its count. An empty interval is a space between others. */
function blockHistogram(counts: readonly number[]): string {
  const largest = Math.max(...counts);
  const block = (count: number): string => blocks[Math.ceil((count / largest) * blocks.length) - 1] ?? "·";
  return counts.map(block).join("");
}

/** The notes of all columns. */
export const inspectionNotes = ({ columns }: TableInspection): NoteLines =>
  noteLines(columns.flatMap((column) => column.notes));

/** "891 rows and 12 columns". */
export const sizeText = ({ rows, columns }: TableInspection): string =>
  `${counted(rows, "row")} and ${counted(columns.length, "column")}`;
