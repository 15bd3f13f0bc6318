// The SQL that reads a Parquet or JSON file. A folder with a name such as key=value adds no column.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { byCodePoints } from "./codePoints.ts";
import { type FileKind, isFile } from "./source.ts";
import { exactPath, isPattern, literal } from "./sqlText.ts";

// By default DuckDB reads records with more than 200 members as maps, and members that few records have as JSON.
const jsonOptions =
  "sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0, hive_partitioning = false";

/** A Parquet or JSON file. */
export const typedSql = (kind: Exclude<FileKind, "csv">, path: string): string =>
  kind === "parquet"
    ? `read_parquet(${literal(path)}, hive_partitioning = false)`
    : `read_json_auto(${literal(path)}, ${jsonOptions})`;

/** @throws DataError if DuckDB, which reads the path as a pattern, would also read other files */
export async function requireOneFile(command: string, connection: DuckDBConnection, path: string): Promise<void> {
  if (!isPattern(path)) return;
  const found = await (await connection.run(`SELECT count(*) FROM glob(${literal(exactPath(path))})`)).getRows();
  if (Number(found[0]![0]) === 1) return;
  throw new DataError(
    `${command}: the name ${show(path)} is also a pattern that matches other files. Rename the file.`,
  );
}

/**
 * The files that a pattern matches, in the order of their paths by code points.
 *
 * @throws DataError if it matches none
 */
export async function filesOf(command: string, connection: DuckDBConnection, pattern: string): Promise<string[]> {
  const found = await (await connection.run("SELECT file FROM glob($1::VARCHAR)", [pattern])).getRows();
  const paths = found.map(([path]) => String(path)).filter(isFile);
  if (paths.length > 0) return paths.sort(byCodePoints);
  throw new DataError(`${command}: no file has the name ${show(pattern)} or matches it as a pattern. Check the path.`);
}
