// Writes columns as a Parquet file. DuckDB writes it to a temporary file, whose bytes then go to the output.
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import type { Label } from "downhill";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { connect } from "./files/connect.ts";
import { duckDb } from "./files/duckDb.ts";
import { identifier, literal } from "./files/sqlText.ts";
import type { Columns } from "./writeTable.ts";

const ROWS = 2048; // in a chunk of DuckDB

/** The name under which a Parquet file says in its metadata that downhill wrote it. */
export const parquetMark = "written by downhill";

/**
 * The bytes of a Parquet file. Numbers, boolean values and texts have columns of their type; texts of another type of DuckDB
 * are written with this type, and an empty text is then a missing cell.
 *
 * @param contents  what the file contains, such as "predictions"
 * @throws DataError if two names differ only in their case, which DuckDB cannot write
 */
export async function toParquet(command: string, columns: Columns, contents: string): Promise<Uint8Array> {
  const lower = columns.map(([name]) => name.toLowerCase());
  const twice = columns.find((_, i) => lower.indexOf(lower[i]!) !== i);
  if (twice !== undefined) {
    throw new DataError(
      `${command}: a Parquet file needs columns whose names differ by more than their case, but ${show(twice[0])} does not. ` +
        "Write a .csv or .ndjson file.",
    );
  }
  const { DuckDBDataChunk, BIGINT, BOOLEAN, DOUBLE, VARCHAR } = duckDb();
  const types = { BIGINT, BOOLEAN, DOUBLE, VARCHAR } as const;
  const stored = columns.map(([, values]) => storedType(values));
  const path = join(tmpdir(), `downhill-${randomUUID()}.parquet`);
  const connection = await connect({ kind: "file" });
  try {
    const table = stored.map((type, i) => `c${i} ${type}`).join(", ");
    await connection.run(`CREATE TEMP TABLE result (${table})`);
    const appender = await connection.createAppender("result");
    const rows = columns[0]![1].length;
    const chunkTypes: DuckDBType[] = stored.map((type) => types[type]);
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
    appender.closeSync();
    const selected = columns.map(([name, , type], i) => {
      const cell = type === undefined ? `c${i}` : `CAST(nullif(c${i}, '') AS ${type})`;
      return `${cell} AS ${identifier(name)}`;
    });
    const options = `FORMAT parquet, KV_METADATA {${literal(parquetMark)}: ${literal(contents)}}`;
    await connection.run(`COPY (SELECT ${selected.join(", ")} FROM result) TO ${literal(path)} (${options})`);
    return readFileSync(path);
  } finally {
    connection.closeSync();
    rmSync(path, { force: true });
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
function storedType(values: ArrayLike<Label>): StoredType {
  if (values instanceof Float64Array) return "DOUBLE";
  const types = new Set(Array.from(values, (value) => typeof value));
  if (types.size !== 1) return "VARCHAR";
  if (types.has("boolean")) return "BOOLEAN";
  if (types.has("string")) return "VARCHAR";
  return Array.from(values).every(Number.isSafeInteger) ? "BIGINT" : "DOUBLE";
}
