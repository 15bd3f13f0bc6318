// A CSV file as columns. Cells that are plain numbers in the first rows are read as numbers by DuckDB, the others as text;
// every row is held to that, and a column in which one does not keep to it is read again as text.

import type { DuckDBConnection } from "@duckdb/node-api";
import { type CellsSql, readColumns } from "../cells/readColumns.ts";
import type { ColumnRequest, Reader } from "../cells/reader.ts";
import { holdsLarge, replaced } from "../columns/exactness.ts";
import { hasLeadingZero, isNotFinite, numberOf, plainFormat, pointsBeforeThree } from "../columns/numberText.ts";
import type { PlainFile } from "../files/plainFile.ts";
import { isDuckDbError } from "../files/readerError.ts";
import { readDialect } from "./csvDialect.ts";
import { type CsvProblem, csvError, problemIn } from "./csvProblem.ts";
import { walkLines } from "./csvRecords.ts";
import { columnAt, csvSql } from "./csvSql.ts";

/** What is known of a file when its cells are asked for. */
interface Facts {
  readonly names: readonly string[];
  readonly guesses: readonly Guess[];
  readonly texts: ReadonlySet<string>;
  readonly semicolons: boolean;
}

const SAMPLE = 1000; // rows by which a column is first taken for numbers or text

/** What the first rows say of a column: numbers of any kind, whole ones only, or text. */
type Guess = "number" | "whole" | "text";

/**
 * Opens a CSV file: reads its header and its first rows.
 *
 * @throws DataError for a line that does not fit
 */
export async function openCsv(command: string, connection: DuckDBConnection, file: PlainFile): Promise<Reader> {
  const { path, name: fileName } = file;
  const dialect = readDialect(command, file);
  const { names, delimiter, skip, encoding } = dialect;
  const place = (row: number): string => {
    const found = { delimiter, skip, record: row + 1, blanks: names.length === 1 };
    const line = encoding === "utf-8" ? walkLines(path, found).line : undefined;
    return line === undefined ? `row ${row + 1} of ${fileName}` : `${fileName}:${line}`;
  };
  const allText = names.map(() => "VARCHAR" as const);

  /** Reads, and once more where what went wrong can be mended; `mend` is told of cells that are no numbers. */
  async function reading<T>(
    types: () => readonly ("DOUBLE" | "VARCHAR")[],
    attempt: (relation: string) => Promise<T>,
    mend: (columns: readonly number[]) => void,
  ): Promise<T> {
    for (;;) {
      try {
        return await attempt(csvSql(path, dialect, types()));
      } catch (error) {
        if (!isDuckDbError(error)) throw error;
        const problem: CsvProblem = await problemIn(connection, (rejects) => csvSql(path, dialect, types(), rejects));
        if (problem.kind === "cast") mend(problem.columns);
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
    place,
    async read(wanted) {
      const asText = wanted.filter(({ as }) => as === "text" || as === "written" || as === "kept");
      const texts = new Set(asText.map(({ name }) => name));
      const cells = () => wanted.map((each) => cellsOf(each, { names, guesses, texts, semicolons }));
      const types = () => {
        const list: ("DOUBLE" | "VARCHAR")[] = [...allText];
        for (const { position, type } of cells()) list[position] = type;
        return list;
      };
      const table = await reading(
        types,
        (relation) => readColumns(command, connection, cells(), relation),
        (columns) => {
          for (const position of columns) texts.add(names[position]!);
        },
      );
      const again = wanted.filter(
        ({ name, as }, i) => table.again.includes(name) || (as === "exact" && holdsLarge(table.columns[i]!)),
      );
      if (again.length === 0) return table;
      for (const { name } of again) texts.add(name);
      const second = again.map((each) => cellsOf(each, { names, guesses, texts, semicolons }));
      const other = await readColumns(command, connection, second, csvSql(path, dialect, allText));
      return { ...replaced(table, other), bad: [...table.bad, ...other.bad] };
    },
  };
}

/**
 * How a column's cells are asked for: as text, as numbers, or as numbers unless one begins with a 0 as codes do, or may be
 * thousands with a point: 1.234 in a file whose cells are parted by semicolons.
 */
function cellsOf(
  { name, as, needed = false, apart = false }: ColumnRequest,
  { names, guesses, texts, semicolons }: Facts,
): CellsSql & { readonly position: number; readonly type: "DOUBLE" | "VARCHAR" } {
  const position = names.indexOf(name);
  const cell = columnAt(position);
  const base = { name, apart: needed || apart, needed, position, guarded: false };
  if (as === "kept") return { ...base, kind: "kept", sql: `coalesce(${cell}, '')`, type: "VARCHAR" };
  const guess = texts.has(name) ? "text" : guesses[position]!;
  if (guess === "text") return { ...base, kind: "text", sql: cell, type: "VARCHAR" };
  if (guess === "number" || (as !== "exact" && !semicolons))
    return { ...base, kind: "number", sql: cell, type: "DOUBLE" };
  const thousands = semicolons ? ` OR regexp_full_match(${cell}, '${pointsBeforeThree}')` : "";
  const sql = `CASE WHEN (${cell} >= '00' AND ${cell} < '0:')${thousands} THEN NULL ELSE TRY_CAST(${cell} AS DOUBLE) END`;
  return { ...base, kind: "number", sql, type: "VARCHAR", guarded: true };
}

const mayBeThousands = new RegExp(`^${pointsBeforeThree}$`);

function guessOf(cells: readonly (string | null)[], semicolons: boolean): Guess {
  const texts = cells.filter((text) => text !== null);
  if (texts.length === 0 || texts.some((text) => text.includes("_"))) return "text";
  if (!texts.every((text) => isNotFinite(text) || numberOf(text, plainFormat) !== undefined)) return "text";
  const whole = texts.every((text) => /^\s*[+-]?\d+\s*$/.test(text));
  if (semicolons && !whole && texts.every((text) => !/[.e]/i.test(text) || mayBeThousands.test(text))) return "text";
  return whole ? (texts.some(hasLeadingZero) ? "text" : "whole") : "number";
}
