// DuckDB at work: it parses, we take the cells. Every statistic is computed by the library, in the order of the rows, so
// no number depends on how many threads read the file; a query runs on one thread, so that its own sums do not either.
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError, leaveOut, list } from "../errors/errors.ts";
import { requireRoom } from "./cells/numberStore.ts";
import { type CellsSql, readColumns } from "./cells/readColumns.ts";
import type { Reader, Wanted } from "./cells/reader.ts";
import type { DataTable } from "./columns/column.ts";
import { holdsLarge, replaced } from "./columns/exactness.ts";
import { openCsv } from "./csv/csvFile.ts";
import { requireOneFile, typedSql } from "./files/fileSql.ts";
import { readerError } from "./files/readerError.ts";
import { type Source, sourceOf } from "./files/source.ts";
import { exactPath, identifier, literal } from "./files/sqlText.ts";
import { queriedSql } from "./query/queriedFile.ts";
import { readQuery } from "./query/query.ts";

/** A table whose columns are known and whose cells are not read yet. */
export interface OpenTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The files that DATA is read from; of a query the paths and patterns that it names. */
  readonly files: readonly string[];
  /** Reads columns, once. */
  read(wanted: readonly Wanted[]): Promise<DataTable>;
}

/**
 * Opens DATA for a command.
 *
 * @param texts  columns whose cells will be taken as they are written: ids and categories. A query must know of them before
 * it is run, as DuckDB would read 1.10 in its files as the number 1.1
 * @throws DataError when it cannot be read; UsageError for a query that is not one SELECT
 */
export async function openTable(who: string, data: string, texts: readonly string[] = []): Promise<OpenTable> {
  const source = sourceOf(who, data);
  const connection = await connect(source);
  const { kind, name } = source;
  const reader = await readerOf(who, connection, source, texts).catch((error: unknown) => {
    connection.closeSync();
    throw readerError(who, source, error);
  });
  return {
    name,
    columns: reader.columns,
    files: reader.files,
    async read(wanted) {
      for (const each of wanted) requireColumn(who, each.name, reader.columns);
      try {
        const { rows, columns } = await reader.read(wanted);
        if (rows === 0) {
          throw new DataError(`${who}: table must have rows, got none in ${JSON.stringify(name)}. Supply rows.`);
        }
        return { name, kind, semicolons: reader.semicolons, rows, columns, place: reader.place };
      } catch (error) {
        throw readerError(who, source, error);
      } finally {
        connection.closeSync();
      }
    },
  };
}

/** A database in memory that loads no extension and whose settings do not change. */
export async function connect(source: Pick<Source, "kind">): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    temp_directory: join(tmpdir(), `downhill-${randomUUID()}`), // for a query that does not fit into memory
    ...(source.kind === "query" ? { threads: "1" } : {}),
  });
  const connection = await instance.connect();
  await connection.run("SET lock_configuration = true");
  return connection;
}

async function readerOf(
  who: string,
  connection: DuckDBConnection,
  { kind, name }: Source,
  texts: readonly string[],
): Promise<Reader> {
  if (kind === "csv") {
    await requireOneFile(who, connection, name);
    return openCsv(who, connection, name);
  }
  if (kind === "query") {
    let semicolons = false;
    const { select, files } = await readQuery(who, connection, name, async (path) => {
      const read = await queriedSql(who, connection, path, texts);
      semicolons ||= read.semicolons;
      return read.sql;
    });
    const place = (row: number) => `row ${row + 1} of the query`;
    return typedReader(who, connection, { relation: `(${select})`, files, semicolons, place });
  }
  await requireOneFile(who, connection, name);
  const reader = await typedReader(who, connection, {
    relation: typedSql(kind, exactPath(name)),
    files: [name],
    semicolons: false,
    place: (row) => `row ${row + 1} of ${name}`,
  });
  if (kind === "parquet") await requireFittingRows(who, connection, name, reader.columns.length);
  return reader;
}

/** The reader of a relation whose columns have types of their own. */
async function typedReader(
  who: string,
  connection: DuckDBConnection,
  { relation, ...facts }: { relation: string } & Pick<Reader, "files" | "semicolons" | "place">,
): Promise<Reader> {
  const described = await connection.run(`DESCRIBE SELECT * FROM ${relation}`);
  const types = new Map((await described.getRows()).map((row) => [String(row[0]), String(row[1])]));
  const cells = (each: Wanted) => cellsOf(who, each, types.get(each.name)!);
  return {
    columns: [...types.keys()],
    ...facts,
    async read(wanted) {
      const first = wanted.map(cells);
      const table = await readColumns(who, connection, first, { relation, place: facts.place });
      const inexact = wanted.filter(({ as }, i) => as === "exact" && holdsLarge(table.columns[i]!));
      if (inexact.length === 0) return table;
      const again = inexact.map((each) => cells({ ...each, as: "text" }));
      return replaced(table, await readColumns(who, connection, again, { relation, place: facts.place }));
    },
  };
}

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)$/;
const textual = /^(VARCHAR|UUID|ENUM.*|JSON|DATE|TIME.*)$/;
const fractional = /^(FLOAT|DOUBLE|DECIMAL.*)$/;

/** @throws DataError for a type that is neither numbers nor text nor truth values */
function cellsOf(who: string, { name, as, needed = false, apart = false }: Wanted, type: string): CellsSql {
  // Numbers beside text in a JSON file are cells of type JSON, whose text would keep its quotation marks.
  const column = type === "JSON" ? `(${identifier(name)} ->> '$')` : identifier(name);
  const base = { name, apart: needed || apart, needed, guarded: false };
  if (as === "text") {
    // 7.0 is user 7: programs write whole numbers with a point where a column has missing cells or another type.
    const text = `CAST(${column} AS VARCHAR)`;
    if (fractional.test(type)) return { ...base, kind: "text", sql: `regexp_replace(${text}, '\\.0*$', '')` };
    if (numeric.test(type) || textual.test(type) || type === "BOOLEAN") return { ...base, kind: "text", sql: text };
  } else {
    if (numeric.test(type)) return { ...base, kind: "number", sql: `CAST(${column} AS DOUBLE)` };
    if (type === "BOOLEAN") return { ...base, kind: "boolean", sql: `CAST(${column} AS DOUBLE)` };
    if (textual.test(type)) return { ...base, kind: "text", sql: `CAST(${column} AS VARCHAR)` };
  }
  throw new DataError(
    `${who}: column ${identifier(name)} must hold numbers, text or true and false, got ${type}. ` +
      `Convert it in a query (SELECT … FROM …)${needed ? "" : `, or ${leaveOut(who, name)}`}.`,
  );
}

function requireColumn(who: string, name: string, columns: readonly string[]): void {
  if (columns.includes(name)) return;
  throw new DataError(
    `${who}: data must have the column ${identifier(name)}, got ${list(columns)}. Supply the same columns.`,
  );
}

/** @throws DataError when the footer of a Parquet file tells of more rows than a run can hold */
async function requireFittingRows(who: string, connection: DuckDBConnection, path: string, columns: number) {
  const footer = await connection.run(`SELECT sum(num_rows) FROM parquet_file_metadata(${literal(exactPath(path))})`);
  requireRoom(who, Number((await footer.getRows())[0]![0]), columns);
}
