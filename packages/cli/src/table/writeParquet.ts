// Writes a table as a Parquet file. DuckDB writes it to a temporary file, whose bytes then go to the output.
import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import type { Label } from "downhill";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { connect } from "./files/connect.ts";
import { duckDb } from "./files/duckDb.ts";
import { identifier, literal } from "./files/sqlText.ts";
import type { Columns, TableParts } from "./writeTable.ts";

const ROWS = 2048; // in a chunk of DuckDB

/** The name under which a Parquet file says in its metadata that downhill wrote it. */
export const parquetMark = "written by downhill";

/**
 * Calls `use` with the bytes of a Parquet file. Numbers, boolean values and texts have columns of their type; texts of another type of
 * DuckDB are written with this type, and an empty text is then a missing cell.
 *
 * @param contents  what the file contains, such as "predictions"
 * @throws DataError if two names differ only in their case, which DuckDB cannot write
 */
export async function withParquet<T>(
  command: string,
  parts: TableParts,
  contents: string,
  use: (bytes: Iterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const path = join(tmpdir(), `downhill-${randomUUID()}.parquet`);
  try {
    await writeParquet(command, parts, { path, contents });
    return await use(bytesOf(path));
  } finally {
    rmSync(path, { force: true });
  }
}

async function writeParquet(
  command: string,
  parts: TableParts,
  { path, contents }: { readonly path: string; readonly contents: string },
): Promise<void> {
  const connection = await connect({ kind: "file" }, true);
  try {
    let selected: string[] = [];
    let rows: { add(columns: Columns): void; close(): void } | null = null;
    for (const columns of parts) {
      if (rows === null) {
        requireNames(command, columns);
        selected = columns.map(([name, , facts], i) => {
          const cell = facts?.type === undefined ? `c${i}` : `CAST(nullif(c${i}, '') AS ${facts.type})`;
          return `${cell} AS ${identifier(name)}`;
        });
        rows = await rowsIn(connection, columns.map(storedType));
      }
      rows.add(columns);
    }
    rows?.close();
    const options = `FORMAT parquet, KV_METADATA {${literal(parquetMark)}: ${literal(contents)}}`;
    await connection.run(`COPY (SELECT ${selected.join(", ")} FROM result) TO ${literal(path)} (${options})`);
  } finally {
    connection.closeSync();
  }
}

/** @throws DataError if two names differ only in their case */
function requireNames(command: string, columns: Columns): void {
  const lower = columns.map(([name]) => name.toLowerCase());
  const twice = columns.find((_, i) => lower.indexOf(lower[i]!) !== i);
  if (twice === undefined) return;
  throw new DataError(
    `${command}: a Parquet file needs columns whose names differ by more than their case, but ${show(twice[0])} does not. ` +
      "Write a .csv or .ndjson file.",
  );
}

/** Adds rows to a temporary table of DuckDB. */
async function rowsIn(connection: DuckDBConnection, stored: readonly StoredType[]) {
  const { DuckDBDataChunk, BIGINT, BOOLEAN, DOUBLE, VARCHAR } = duckDb();
  const types = { BIGINT, BOOLEAN, DOUBLE, VARCHAR } as const;
  await connection.run(`CREATE TEMP TABLE result (${stored.map((type, i) => `c${i} ${type}`).join(", ")})`);
  const appender = await connection.createAppender("result");
  const chunkTypes: DuckDBType[] = stored.map((type) => types[type]);
  return {
    add(columns: Columns): void {
      const rows = columns[0]![1].length;
      for (let from = 0; from < rows; from += ROWS) {
        const count = Math.min(ROWS, rows - from);
        const chunk = DuckDBDataChunk.create(chunkTypes, count);
        for (const [j, [, values]] of columns.entries()) {
          const convert = converters[stored[j]!];
          chunk.setColumnValues(
            j,
            Array.from({ length: count }, (_, i) => convert(values[from + i]!)),
          );
        }
        appender.appendDataChunk(chunk);
      }
    },
    close: () => appender.closeSync(),
  };
}

const PIECE = 2 ** 20; // bytes

function* bytesOf(path: string): Generator<Uint8Array, void> {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(PIECE);
    for (let count = 1; count > 0; ) {
      count = readSync(file, bytes);
      yield bytes.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

type StoredType = "BIGINT" | "BOOLEAN" | "DOUBLE" | "VARCHAR";

const converters: Readonly<Record<StoredType, (value: Label) => DuckDBValue>> = {
  BIGINT: (value) => BigInt(value),
  BOOLEAN: (value) => value,
  DOUBLE: (value) => value,
  VARCHAR: String,
};

/** The type of a column: labels that are all whole numbers are integers. */
function storedType([, values, facts]: Columns[number]): StoredType {
  if (values instanceof Float64Array) return "DOUBLE";
  const labels: readonly Label[] = facts?.labels ?? Array.from(values);
  const types = new Set(labels.map((value) => typeof value));
  if (types.size !== 1) return "VARCHAR";
  if (types.has("boolean")) return "BOOLEAN";
  if (types.has("string")) return "VARCHAR";
  return labels.every(Number.isSafeInteger) ? "BIGINT" : "DOUBLE";
}
