// Opens DATA. DuckDB parses it; the library computes all statistics, in the order of the rows, so that no number depends on
// DuckDB's threads. A query runs on one thread, so that its own sums do not depend on them either.

import type { DuckDBConnection } from "@duckdb/node-api";
import type { CellTable } from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { nearNames } from "../errors/nearNames.ts";
import { list, show } from "../errors/quoting.ts";
import { onAllRanks } from "../ranks/gather.ts";
import type { RunRanks } from "../ranks/join.ts";
import { readCells } from "./cells/readCells.ts";
import type { CellRequest, CellsReading, ColumnsRead, Division, Reader } from "./cells/reader.ts";
import { openCsv } from "./csv/csvFile.ts";
import { connect } from "./files/connect.ts";
import { duckDbError } from "./files/duckDbError.ts";
import { filesOf, requireOneFile } from "./files/fileSql.ts";
import { type PlainFile, type PlainFiles, plainFiles } from "./files/plainFile.ts";
import { type CsvOptions, type DataArgument, type Source, sourceOf } from "./files/source.ts";
import { identifier } from "./files/sqlText.ts";
import { queriedSql } from "./query/queriedFile.ts";
import { readQuery } from "./query/query.ts";
import { typedFiles } from "./typedFiles.ts";
import { ofRank0, typedReader } from "./typedReader.ts";

/** An open table. Its cells are not read yet. */
export interface OpenTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** DuckDB's types of the columns; empty for a CSV file, whose cells have no types. */
  readonly types: ReadonlyMap<string, string>;
  /** Sentences about the way in which DATA was read, such as a guessed encoding. */
  readonly notes: readonly string[];
  /** Advice if a column is not found; "" if there is none. */
  readonly hint: string;
  /** Reads all rows of some columns as the library's cells. The columns of the result have the order of the requests. */
  readCells(requests: readonly CellRequest[], shared?: boolean): Promise<CellTable>;
  /** Reads all rows of some columns in another way; the readings get DuckDB's connection. */
  readColumns<C>(
    requests: readonly CellRequest[],
    readWith: (connection: DuckDBConnection) => CellsReading<C>,
  ): Promise<ColumnsRead<C> & { readonly semicolons: boolean }>;
  /** Frees the memory of DuckDB; no rows can be read afterwards. */
  release(): void;
  /** The location of a row (from 0) for a message: "file.csv:17", or "row 17 of the query". */
  readonly locate: (row: number) => string;
}

/**
 * Opens DATA for a command, does the work, and closes it. `locate` of the table works only until then.
 *
 * @param ranks  the ranks among which the rows of several files or row groups are divided [none: this process reads all rows]
 * @param streamed  whether the rows need not fit into memory, so that DuckDB uses little
 * @param texts  the columns that will be read as text. A query needs them before it runs, because DuckDB would read 1.10 in
 * its files as the number 1.1
 * @throws DataError if DATA cannot be read; UsageError for a query that is not one SELECT
 */
export async function withTable<T>(
  command: string,
  {
    argument,
    texts,
    streamed = false,
    ranks,
  }: {
    readonly argument: DataArgument;
    readonly texts: readonly string[];
    readonly streamed?: boolean;
    readonly ranks?: RunRanks | undefined;
  },
  work: (open: OpenTable) => Promise<T>,
): Promise<T> {
  const files = plainFiles(command, argument);
  const { source, connection } = await onAllRanks(ranks, async () => {
    const found = sourceOf(command, argument);
    return { source: found, connection: await connect(found, streamed) };
  });
  const reading = async <R>(result: Promise<R>): Promise<R> => {
    try {
      return await result;
    } catch (error) {
      throw duckDbError(command, error, { source, named: files.named });
    }
  };
  let isReleased = false;
  const release = (): void => {
    if (!isReleased) connection.closeSync();
    isReleased = true;
  };
  try {
    const division = ranks && {
      ranks,
      attempt: <R>(read: () => Promise<R>) => onAllRanks(ranks, () => reading(read())),
    };
    const reader = await onAllRanks(ranks, () =>
      reading(readerOf(command, connection, { source, argument, files, texts, streamed, division })),
    );
    const open: OpenTable = {
      name: source.name,
      notes: files.notes,
      columns: reader.columns,
      types: reader.types,
      hint: reader.hint === undefined ? "" : ` ${reader.hint}`,
      locate: reader.locate,
      release,
      readCells: (requests, shared = false) =>
        open.readColumns(
          requests,
          () => (columns, rows) => readCells(command, connection, columns, { ...rows, shared }),
        ),
      async readColumns(requests, readWith) {
        requireColumns(command, requests, open);
        const table = await reading(reader.readColumns(requests, readWith(connection)));
        requireRows(command, source, table.rows);
        return { ...table, semicolons: reader.semicolons };
      },
    };
    return await work(open);
  } finally {
    release();
    files.remove();
  }
}

interface Reading {
  readonly source: Source;
  readonly argument: DataArgument;
  readonly files: PlainFiles;
  readonly texts: readonly string[];
  readonly streamed: boolean;
  readonly division: Division | undefined;
}

async function readerOf(
  command: string,
  connection: DuckDBConnection,
  { source, argument, files, texts, streamed, division }: Reading,
): Promise<Reader> {
  const { kind, name, format } = source;
  if (kind === "query") {
    let semicolons = false;
    const { select } = await readQuery(command, connection, {
      text: name,
      relationOf: async (path) => {
        const read = await queriedSql(command, connection, { path, texts, files, options: argument });
        semicolons ||= read.semicolons;
        return read.sql;
      },
    });
    const locate = (row: number) => `row ${row + 1} of the query`;
    const relation = `(${select})`;
    return typedReader(connection, { relation, own: ofRank0(relation, division), semicolons, locate });
  }
  if (kind === "file") await requireOneFile(command, connection, name);
  const opened: PlainFile[] = [];
  if (kind === "input") opened.push(await files.openStandardInput(format, argument.stdin));
  else {
    const paths = kind === "file" ? [name] : await filesOf(command, connection, name);
    for (const path of paths) opened.push(await files.open(path));
  }
  const [first] = opened;
  const other = opened.find((file) => file.kind !== first!.kind);
  if (other !== undefined) {
    throw new DataError(
      `${command}: the files of DATA must have the same format, but ${show(first!.name)} is ${first!.kind} and ` +
        `${show(other.name)} is ${other.kind}. Use a narrower pattern.`,
    );
  }
  if (first!.kind === "csv") {
    return openCsv(command, connection, { files: opened, options: argument, notes: files.notes, streamed, division });
  }
  requireNoCsvOptions(command, first!, argument);
  return typedFiles(command, connection, opened, { streamed, division });
}

/** @throws UsageError for an option of CSV files, if DATA is no CSV file */
function requireNoCsvOptions(command: string, { name, kind }: PlainFile, { delimiter, comment, header }: CsvOptions) {
  const set = [
    ...(delimiter === undefined ? [] : ["--delimiter"]),
    ...(comment === undefined ? [] : ["--comment"]),
    ...(header === undefined ? [] : [header ? "--header" : "--no-header"]),
  ];
  if (set.length === 0) return;
  throw new UsageError(
    `${command}: ${list(set)} ${set.length === 1 ? "works" : "work"} only with CSV files, but ${show(name)} is ${kind}. ` +
      `Leave out ${set.length === 1 ? "the option" : "the options"}.`,
  );
}

function requireRows(command: string, { name }: Source, rows: number): void {
  if (rows === 0) throw new DataError(`${command}: ${show(name)} has no rows. Supply rows.`);
}

function requireColumns(
  command: string,
  requests: readonly { readonly name: string }[],
  { columns, hint }: OpenTable,
): void {
  const names = requests.map(({ name }) => name);
  const missing = names.filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  const others = columns.filter((column) => !names.includes(column));
  const renames = missing
    .map((name) => ({ name, near: nearNames(name, others)[0] }))
    .filter(({ near }) => near !== undefined)
    .map(({ name, near }) => `${show(near!)} to ${show(name)}`);
  const rename = renames.length === 0 ? "" : `, or rename ${list(renames)}`;
  throw new DataError(
    `${command}: the model needs the ${missing.length === 1 ? "column" : "columns"} ${list(missing.map(identifier))}, ` +
      `but the data have the columns ${list(columns)}. Supply the missing ${missing.length === 1 ? "column" : "columns"}${rename}.${hint}`,
  );
}
