import { known, requireOneOf } from "../../core/check.ts";
import type { CellTable, TextCells } from "../cells/cellColumn.ts";
import { type CsvDialectOptions, csvDialect } from "./csvDialect.ts";
import { CsvError } from "./csvError.ts";
import { csvRecords } from "./csvRecords.ts";

/** How a CSV text is read. */
export interface CsvTableOptions extends Omit<CsvDialectOptions, "isStart"> {
  /**
   * Lines with another number of cells than the header: an error; "pad" fills missing cells and leaves out further ones; "leaveOut"
   * leaves the lines out ["error"].
   */
  readonly ragged?: "error" | "pad" | "leaveOut";
  /** The decimal mark in numbers that could be read in two ways, such as 1,234 ["," if the delimiter is ";", otherwise "."]. */
  readonly decimal?: "." | ",";
  /** Called during the reading with the share of the text that is read. */
  readonly progress?: (share: number) => void;
}

/** The table of a CSV text. */
export interface CsvTable extends CellTable {
  /** The character between the cells. */
  readonly delimiter: string;
  /** Whether the first line contains the names of the columns. */
  readonly header: boolean;
  /** The line, from 1, where each row begins. */
  readonly lines: Uint32Array;
  /** Sentences about decisions that the user may want to change. */
  readonly notes: readonly string[];
}

const EVERY = 10_000; // rows between two calls of `progress`

/**
 * Reads a CSV text into columns of texts, which `tableModel` and `inspectTable` read as numbers, categories or dates. An empty cell
 * is missing. `csvDialect` finds the delimiter and the header.
 *
 * @throws CsvError for a text that has no header or no rows, or a line that cannot be read
 *
 * @example
 * ```ts
 * import { csvTable, linearRegression, tableModel } from "downhill";
 *
 * const table = csvTable("size;price\n1,5;20\n2,5;30\n3,5;40\n");
 * table.rows; // 3
 * const model = tableModel(linearRegression(), { target: "price" }).fit(table);
 * model.predict([{ size: "4,5" }])[0]!.toFixed(3); // "50.000"
 * ```
 */
export function csvTable(text: string, options: CsvTableOptions = {}): CsvTable {
  const names = ["name", "delimiter", "header", "quotes", "ragged", "decimal", "progress"];
  const { ragged = "error", decimal, progress = () => {}, ...own } = known("csvTable", options, ...names);
  const { name = "the text", quotes = true } = own;
  requireOneOf("csvTable", "ragged", ragged, ["error", "pad", "leaveOut"]);
  const { delimiter, header, skip, names: columnNames, notes } = csvDialect(text, own);
  const columns = columnNames.map(() => growingColumn());
  const lines: number[] = [];
  const others: number[] = []; // the lines with another number of cells
  const body = afterLines(text, skip);
  let other = 0; // the number of cells in the first of these lines
  let rows = header ? -1 : 0;
  const records = csvRecords(body, { delimiter, quotes, blanks: columns.length === 1 });
  for (const { line, cells, closed, clean, end } of records) {
    const where = skip + line;
    if (!closed)
      throw new CsvError("csvTable", "unclosed", `${name}:${where} opens a quote that never closes`, [where]);
    if (!clean) {
      throw new CsvError("csvTable", "afterQuote", `${name}:${where} has text after a closing quote`, [where]);
    }
    if (rows++ < 0) continue;
    if (rows % EVERY === 0) progress(end / body.length);
    if (cells.length !== columns.length) {
      if (others.length === 0) other = cells.length;
      others.push(where);
      if (ragged !== "pad") continue;
    }
    lines.push(where);
    for (let j = 0; j < columns.length; j++) columns[j]!.add(cells[j] ?? "");
  }
  if (others.length > 0 && ragged === "error") {
    const what = `${name}:${others[0]} has ${other} ${other === 1 ? "cell" : "cells"} instead of ${columns.length}`;
    throw new CsvError("csvTable", "ragged", what + andOthers(others), others);
  }
  if (lines.length === 0) throw new CsvError("csvTable", "rows", `${name} has a header but no rows`);
  return {
    rows: lines.length,
    columns: new Map(columnNames.map((column, j) => [column, columns[j]!.cells()])),
    semicolons: decimal === undefined ? delimiter === ";" : decimal === ",",
    ...{ delimiter, header, lines: Uint32Array.from(lines) },
    notes: others.length === 0 ? notes : [...notes, raggedNote(name, others, ragged)],
  };
}

const SHOWN = 3; // line numbers in a sentence

/** "9, 12, …" with at most this number of lines. */
const someOf = (lines: readonly number[], most: number): string =>
  `${lines.slice(0, most).join(", ")}${lines.length > most ? ", …" : ""}`;

/** "; see also 4 other lines (9, 12, …)". */
function andOthers([, ...others]: readonly number[]): string {
  if (others.length === 0) return "";
  const some = someOf(others, SHOWN - 1);
  return `; see also ${others.length === 1 ? `line ${some}` : `${others.length} other lines (${some})`}`;
}

function raggedNote(name: string, lines: readonly number[], ragged: CsvTableOptions["ragged"]): string {
  const some = someOf(lines, SHOWN);
  const [start, are] =
    lines.length === 1
      ? [`line ${some} of ${name} has`, "it is"]
      : [`${lines.length} lines of ${name} (${some}) have`, "they are"];
  const done = ragged === "pad" ? "filled with missing cells, or cut at the last column" : "left out";
  return `${start} another number of cells than there are columns; ${are} ${done}`;
}

function afterLines(text: string, count: number): string {
  const lines = /[^\r\n]*(?:\r\n|\n|\r)/y;
  let from = text.startsWith("\ufeff") ? 1 : 0;
  lines.lastIndex = from;
  for (let i = 0; i < count && lines.test(text); i++) from = lines.lastIndex;
  return text.slice(from);
}

/** A column that grows by one cell after the other: different texts, and for each cell the position of its text; −1 is missing. */
function growingColumn(): { add(cell: string): void; cells(): TextCells } {
  const positions = new Map<string, number>();
  let codes = new Int32Array(1024);
  let count = 0;
  return {
    add(cell) {
      if (count === codes.length) {
        const longer = new Int32Array(2 * count);
        longer.set(codes);
        codes = longer;
      }
      const code = cell === "" ? -1 : (positions.get(cell) ?? positions.size);
      if (code === positions.size) positions.set(cell, code);
      codes[count++] = code;
    },
    cells: () => ({ type: "text", codes: codes.slice(0, count), texts: [...positions.keys()] }),
  };
}
