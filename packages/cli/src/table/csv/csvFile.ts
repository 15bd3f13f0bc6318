// Reads a CSV file into columns. A column is first read as numbers if the cells of the first rows are plain numbers. If a later
// cell is not, the column is read again as text.

import type { DuckDBConnection } from "@duckdb/node-api";
import { cellTableOf, type NamedCells, readAgain, readCells } from "../cells/readCells.ts";
import { type CellsSql, readColumns } from "../cells/readColumns.ts";
import type { CellRequest, ColumnRequest, Reader } from "../cells/reader.ts";
import { holdsLarge, withColumns } from "../columns/exactness.ts";
import { hasLeadingZero, isNotFinite, numberOf, plainFormat, pointsBeforeThree } from "../columns/numberText.ts";
import { isDuckDbError } from "../files/duckDbError.ts";
import type { PlainFile } from "../files/plainFile.ts";
import { readDialect } from "./csvDialect.ts";
import { type CsvProblem, csvError, problemIn } from "./csvProblem.ts";
import { walkLines } from "./csvRecords.ts";
import { columnAt, csvSql } from "./csvSql.ts";

/** The facts about a file that decide how a column is read. */
interface Facts {
  readonly names: readonly string[];
  readonly guesses: readonly Guess[];
  readonly texts: ReadonlySet<string>;
  readonly semicolons: boolean;
}

const SAMPLE = 1000; // the number of first rows from which the kind of a column is guessed

/** A guess from the first rows: numbers, whole numbers only, or text. */
type Guess = "number" | "integer" | "text";

/**
 * Opens a CSV file: reads its header and its first rows.
 *
 * @throws DataError for a line that cannot be read
 */
export async function openCsv(command: string, connection: DuckDBConnection, file: PlainFile): Promise<Reader> {
  const { path, name: fileName } = file;
  const dialect = readDialect(command, file);
  const { names, delimiter, skip, encoding } = dialect;
  const locate = (row: number): string => {
    const found = { delimiter, skip, record: row + 1, blanks: names.length === 1 };
    const line = encoding === "utf-8" ? walkLines(path, found).line : undefined;
    return line === undefined ? `row ${row + 1} of ${fileName}` : `${fileName}:${line}`;
  };
  const allText = names.map(() => "VARCHAR" as const);

  /** Tries to read. If columns have cells that are not numbers, it calls `correct` with these columns and tries again. */
  async function reading<T>(
    types: () => readonly ("DOUBLE" | "VARCHAR")[],
    attempt: (relation: string) => Promise<T>,
    correct: (columns: readonly number[]) => void,
  ): Promise<T> {
    for (;;) {
      try {
        return await attempt(csvSql(path, dialect, { types: types() }));
      } catch (error) {
        if (!isDuckDbError(error)) throw error;
        const problem: CsvProblem = await problemIn(connection, (rejects) =>
          csvSql(path, dialect, { types: types(), rejects }),
        );
        if (problem.kind === "cast") correct(problem.columns);
        else throw csvError(command, { file, dialect, problem, error });
      }
    }
  }

  const firstRows = await reading(
    () => allText,
    async (relation) => (await connection.run(`SELECT * FROM ${relation} LIMIT ${SAMPLE}`)).getColumns(),
    () => {},
  );
  const semicolons = delimiter === ";";
  const guesses = names.map((_, i) => guessOf((firstRows[i] ?? []) as (string | null)[], semicolons));

  return {
    columns: names,
    semicolons,
    locate,
    async read(requests) {
      const asText = requests.filter(({ as }) => as === "text" || as === "written" || as === "kept");
      const texts = new Set(asText.map(({ name }) => name));
      const cells = () => requests.map((each) => cellsOf(each, { names, guesses, texts, semicolons }));
      const types = () => {
        const list: ("DOUBLE" | "VARCHAR")[] = [...allText];
        for (const { position, type } of cells()) list[position] = type;
        return list;
      };
      const table = await reading(
        types,
        (relation) => readColumns(command, connection, { columns: cells(), relation }),
        (columns) => {
          for (const position of columns) texts.add(names[position]!);
        },
      );
      const again = requests.filter(
        ({ name, as }, i) => table.again.includes(name) || (as === "exact" && holdsLarge(table.columns[i]!)),
      );
      if (again.length === 0) return table;
      for (const { name } of again) texts.add(name);
      const second = again.map((each) => cellsOf(each, { names, guesses, texts, semicolons }));
      const relation = csvSql(path, dialect, { types: allText });
      const other = await readColumns(command, connection, { columns: second, relation });
      return { ...withColumns(table, other), bad: [...table.bad, ...other.bad] };
    },
    async readCells(requests) {
      const texts = new Set(requests.flatMap(({ name, asText = false }) => (asText ? [name] : [])));
      const cells = () => requests.map((each) => csvCells(each, { names, guesses, texts, semicolons }));
      const types = () => {
        const list: ("DOUBLE" | "VARCHAR")[] = [...allText];
        for (const { position, type } of cells()) list[position] = type;
        return list;
      };
      const table = await reading(
        types,
        (relation) => readCells(command, connection, { columns: cells(), relation }),
        (columns) => {
          for (const position of columns) texts.add(names[position]!);
        },
      );
      // The library must read the text of these cells itself: 007, inf, or an integer that a float64 would round.
      const inexact = requests.filter((_, i) => table.columns[i]!.special || table.columns[i]!.large);
      for (const { name } of inexact) texts.add(name);
      const again = inexact.map((each) => csvCells(each, { names, guesses, texts, semicolons }));
      const relation = csvSql(path, dialect, { types: allText });
      return cellTableOf(table, await readAgain(command, connection, { columns: again, relation }));
    },
  };
}

/**
 * The SQL of a column's cells: text, or numbers. A cell that the library must read as text is NaN: a cell that is no plain
 * number, a cell with a leading zero and, in a file with semicolons, a cell whose points may separate thousands (1.234).
 */
function csvCells(
  { name, separate = false }: CellRequest,
  { names, guesses, texts, semicolons }: Facts,
): NamedCells & { readonly position: number; readonly type: "DOUBLE" | "VARCHAR" } {
  const position = names.indexOf(name);
  const sql = columnAt(position);
  const guess = texts.has(name) ? "text" : guesses[position]!;
  const base = { name, separate, position };
  if (guess === "text") return { ...base, cells: { type: "text", sql }, type: "VARCHAR" };
  if (guess === "number") return { ...base, cells: { type: "number", sql }, type: "DOUBLE" };
  const thousands = semicolons ? ` OR regexp_full_match(${sql}, '${pointsBeforeThree}')` : "";
  const guarded =
    `CASE WHEN ${sql} IS NULL THEN NULL WHEN (${sql} >= '00' AND ${sql} < '0:')${thousands} THEN 'nan'::DOUBLE ` +
    `ELSE coalesce(TRY_CAST(${sql} AS DOUBLE), 'nan'::DOUBLE) END`;
  return { ...base, cells: { type: "number", sql: guarded }, type: "VARCHAR" };
}

/**
 * The SQL of a column's cells: text, numbers, or guarded numbers. The SQL of guarded numbers gives NULL for a cell with a
 * leading zero and, in a file with semicolons, for a cell whose points may separate thousands (1.234).
 */
function cellsOf(
  { name, as, needed = false, separate = false }: ColumnRequest,
  { names, guesses, texts, semicolons }: Facts,
): CellsSql & { readonly position: number; readonly type: "DOUBLE" | "VARCHAR" } {
  const position = names.indexOf(name);
  const cell = columnAt(position);
  const base = { name, separate: needed || separate, needed, position, guarded: false };
  if (as === "kept") return { ...base, kind: "kept", sql: `coalesce(${cell}, '')`, type: "VARCHAR" };
  const guess = texts.has(name) ? "text" : guesses[position]!;
  if (guess === "text") return { ...base, kind: "text", sql: cell, type: "VARCHAR" };
  if (guess === "number" || (as !== "exact" && !semicolons)) {
    return { ...base, kind: "number", sql: cell, type: "DOUBLE" };
  }
  const thousands = semicolons ? ` OR regexp_full_match(${cell}, '${pointsBeforeThree}')` : "";
  const sql = `CASE WHEN (${cell} >= '00' AND ${cell} < '0:')${thousands} THEN NULL ELSE TRY_CAST(${cell} AS DOUBLE) END`;
  return { ...base, kind: "number", sql, type: "VARCHAR", guarded: true };
}

const thousandsPattern = new RegExp(`^${pointsBeforeThree}$`);

function guessOf(cells: readonly (string | null)[], semicolons: boolean): Guess {
  const texts = cells.filter((text) => text !== null);
  if (texts.some((text) => text.includes("_"))) return "text";
  if (!texts.every((text) => isNotFinite(text) || numberOf(text, plainFormat) !== undefined)) return "text";
  const integers = texts.every((text) => /^\s*[+-]?\d+\s*$/.test(text));
  if (semicolons && !integers && texts.every((text) => !/[.e]/i.test(text) || thousandsPattern.test(text)))
    return "text";
  return integers ? (texts.some(hasLeadingZero) ? "text" : "integer") : "number";
}
