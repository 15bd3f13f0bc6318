// The SQL that reads a file. DuckDB guesses nothing that decides what a cell says: where columns of a CSV file begin and end
// is read from its top, types in a query come from every row, and a folder called key=value adds no column.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { FileKind } from "./source.ts";
import { exactPath, isPattern, literal } from "./sqlText.ts";

// DuckDB would take records of more than 200 members for maps, and members of few records for JSON.
const jsonOptions =
  "sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0, hive_partitioning = false";

/** A Parquet or JSON file. */
export const typedSql = (kind: Exclude<FileKind, "csv">, path: string): string =>
  kind === "parquet"
    ? `read_parquet(${literal(path)}, hive_partitioning = false)`
    : `read_json_auto(${literal(path)}, ${jsonOptions})`;

/** @throws DataError when other files answer to the path as DuckDB reads it */
export async function requireOneFile(command: string, connection: DuckDBConnection, path: string): Promise<void> {
  if (!isPattern(path)) return;
  const found = await (await connection.run(`SELECT count(*) FROM glob(${literal(exactPath(path))})`)).getRows();
  if (Number(found[0]![0]) === 1) return;
  throw new DataError(
    `${command}: data must be one file, got ${show(path)}, whose name other files share with it as a pattern. Rename it.`,
  );
}
