// Reads a CSV file into columns. A column is first read as numbers if the cells of the first rows are plain numbers. If a later
// cell is not, the column is read again as text.

import { statSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { CsvDialect } from "downhill";
import { UsageError } from "../../errors/errors.ts";
import { gatherValues } from "../../ranks/gather.ts";
import type { RunRanks } from "../../ranks/join.ts";
import {
  type CellRequest,
  columnsOf,
  type Division,
  type NamedCells,
  type Reader,
  type RowsToRead,
  readAgain,
} from "../cells/reader.ts";
import { isDuckDbError } from "../files/duckDbError.ts";
import type { PlainFile } from "../files/plainFile.ts";
import { requireSameColumns } from "../files/sameColumns.ts";
import { dividedUnits } from "../files/shares.ts";
import type { CsvOptions } from "../files/source.ts";
import { readDialect } from "./csvDialect.ts";
import { csvError, problemIn } from "./csvProblem.ts";
import { type CsvType, columnAt, csvSql } from "./csvSql.ts";
import { type Guess, guessOf, pointsBeforeThree } from "./numberCells.ts";
import { walkLines } from "./walkLines.ts";

/** The facts about a file that decide how a column is read. */
interface Facts {
  readonly names: readonly string[];
  readonly guesses: readonly Guess[];
  readonly texts: ReadonlySet<string>;
  readonly semicolons: boolean;
}

// DuckDB's threads read the file in parts, and stop when the rows that were not taken yet have this size. The parts after the
// first one do not fit into DuckDB's default, 1 MB, so only one thread would work.
const READ_AHEAD = "48MB";
const SAMPLE = 1000; // the number of first rows from which the kind of a column is guessed

interface Opening {
  readonly files: readonly PlainFile[];
  readonly options: CsvOptions;
  readonly notes: string[];
  /** Whether DuckDB uses little memory. */
  readonly streamed: boolean;
  /** The ranks among which the files are divided. */
  readonly division?: Division | undefined;
}

/** Cells of these columns are not numbers. */
class CastError extends Error {
  readonly columns: readonly number[];

  constructor(columns: readonly number[]) {
    super("cells are not numbers");
    this.columns = columns;
  }
}

/** A file of a table, and the position of each of its columns among the columns of the table. */
interface Part {
  readonly file: PlainFile;
  readonly dialect: CsvDialect;
  readonly positions: readonly number[];
}

/**
 * Opens the CSV files of a table: reads their headers and the first rows. All files must have the same columns.
 *
 * @throws DataError for a line that cannot be read
 */
export async function openCsv(
  command: string,
  connection: DuckDBConnection,
  { files, options, notes, streamed, division }: Opening,
): Promise<Reader> {
  if (!streamed) await connection.run(`SET streaming_buffer_size = '${READ_AHEAD}'`);
  const parts = partsOf(command, files, options);
  const [{ dialect }] = parts;
  const { names } = dialect;
  for (const part of parts) notes.push(...part.dialect.notes);
  if (names.length === 1 && options.comment !== undefined) {
    throw new UsageError(
      `${command}: --comment needs a table of at least two columns, because a blank line of one column is a missing cell. ` +
        "Remove the comments from the file.",
    );
  }
  const allText: readonly CsvType[] = names.map(() => "VARCHAR");
  const fileSql = ({ file, dialect, positions }: Part, types: readonly CsvType[], rejects = 0): string => {
    const columns = positions.map((position) => [columnAt(position), types[position]!] as const);
    return csvSql(file.path, dialect, { columns, rejects });
  };
  const relationOf = (types: readonly CsvType[], from = 0, to = parts.length): string => {
    if (parts.length === 1 && from < to) return fileSql(parts[0], types);
    const columns = names.map((_, i) => columnAt(i)).join(", ");
    const read = parts.map((part, i) => {
      const rows = `SELECT ${columns} FROM ${fileSql(part, types)}`;
      return i >= from && i < to ? rows : `${rows} WHERE false`;
    });
    return `(${read.join(" UNION ALL ")})`;
  };
  const [from, to] = division === undefined ? [0, files.length] : ownFiles(files, division.ranks);

  /** The rows of this rank. Reading them throws a CastError on all ranks if cells of one are not numbers. */
  function ownRows(types: readonly CsvType[]): RowsToRead {
    const relation = relationOf(types, from, to);
    if (division === undefined) return { relation };
    const { ranks } = division;
    return {
      relation,
      division: {
        ranks,
        async attempt(work) {
          const outcome = await division.attempt(() =>
            work().then(
              (value) => ({ value, columns: [] }),
              async (error) => {
                if (!isDuckDbError(error)) throw error;
                return { columns: await castColumns(types, error, parts.slice(from, to)) };
              },
            ),
          );
          const columns = [...new Set(gatherValues(ranks, outcome.columns).flat())];
          if (columns.length > 0 || !("value" in outcome)) throw new CastError(columns);
          return outcome.value;
        },
      },
    };
  }

  /** Tries to read. If columns have cells that are not numbers, it calls `correct` with these columns and tries again. */
  async function reading<T>(
    types: () => readonly CsvType[],
    attempt: (rows: RowsToRead) => Promise<T>,
    correct: (columns: readonly number[]) => void,
  ): Promise<T> {
    for (;;) {
      try {
        return await attempt(ownRows(types()));
      } catch (error) {
        if (error instanceof CastError) correct(error.columns);
        else if (isDuckDbError(error)) correct(await castColumns(types(), error));
        else throw error;
      }
    }
  }

  /** The columns with cells that are not numbers. Throws the error of a line that cannot be read. */
  async function castColumns(
    types: readonly CsvType[],
    error: Error,
    read: readonly Part[] = parts,
  ): Promise<number[]> {
    const columns: number[] = [];
    for (const part of read) {
      const problem = await problemIn(connection, (rejects) => fileSql(part, types, rejects));
      if (problem.kind === "cast") columns.push(...problem.columns);
      if (problem.kind === "line") throw csvError(command, { ...part, problem, error });
    }
    if (columns.length > 0) return columns;
    const errors = read.map((part) => csvError(command, { ...part, problem: { kind: "unknown" }, error }));
    throw errors.find((each) => each !== error) ?? error;
  }

  const locate = (row: number): string => {
    let left = row;
    for (const { file, dialect } of parts) {
      const first = Number(dialect.header);
      const { delimiter, skip } = dialect;
      const found = walkLines(file.path, { delimiter, skip, record: left + first, blanks: names.length === 1 });
      if (found.line !== undefined) return `${file.name}:${found.line}`;
      left -= found.records - first;
    }
    return `row ${row + 1}`;
  };

  const firstRows = await reading(
    () => allText,
    async () => (await connection.run(`SELECT * FROM ${relationOf(allText)} LIMIT ${SAMPLE}`)).getColumns(),
    () => {},
  );
  const semicolons = parts.some(({ dialect: { delimiter } }) => delimiter === ";");
  const guesses = names.map((_, i) => guessOf((firstRows[i] ?? []) as (string | null)[], semicolons));

  return {
    columns: names,
    types: new Map(),
    semicolons,
    hint: names.length === 1 ? "The file has one column; --delimiter sets the character between the cells." : undefined,
    locate,
    async readColumns(requests, read) {
      const texts = new Set(requests.flatMap(({ name, asText = false }) => (asText ? [name] : [])));
      const cells = () => requests.map((each) => csvCells(each, { names, guesses, texts, semicolons }));
      const types = () => {
        const list: CsvType[] = [...allText];
        for (const { position, type } of cells()) list[position] = type;
        return list;
      };
      const table = await reading(
        types,
        (rows) => read(cells(), rows),
        (columns) => {
          for (const position of columns) texts.add(names[position]!);
        },
      );
      // The library must read the text of these cells itself: 007, inf, or an integer that a float64 would round.
      const inexact = requests.filter((_, i) => table.columns[i]!.special || table.columns[i]!.large);
      for (const { name } of inexact) texts.add(name);
      const again = inexact.map((each) => csvCells(each, { names, guesses, texts, semicolons }));
      return columnsOf(table, await readAgain(read, again, ownRows(allText)));
    },
  };
}

/** The files that a rank reads: from the first to the one before the second. */
function ownFiles(files: readonly PlainFile[], { rank, size }: RunRanks): readonly [number, number] {
  const bounds = dividedUnits(
    files.map(({ path }) => statSync(path).size),
    size,
  );
  return [bounds[rank]!, bounds[rank + 1]!];
}

/** @throws DataError for files with different columns */
function partsOf(command: string, files: readonly PlainFile[], options: CsvOptions): [Part, ...Part[]] {
  const read = files.map((file) => ({ file, dialect: readDialect(command, file, options) }));
  requireSameColumns(
    command,
    read.map(({ file, dialect }) => ({ file: file.name, columns: dialect.names })),
  );
  const { names } = read[0]!.dialect;
  return read.map((each): Part => ({ ...each, positions: each.dialect.names.map((name) => names.indexOf(name)) })) as [
    Part,
    ...Part[],
  ];
}

/**
 * The SQL of a column's cells: text, or numbers. A cell that the library must read as text is NaN: a cell that is no plain
 * number, a cell with a leading zero and, in a file with semicolons, a cell whose points may separate thousands (1.234).
 */
function csvCells(
  { name, separate = false }: CellRequest,
  { names, guesses, texts, semicolons }: Facts,
): NamedCells & { readonly position: number; readonly type: CsvType } {
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
