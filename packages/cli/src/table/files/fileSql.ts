// The SQL that reads a file. DuckDB guesses nothing that decides what a cell says: where columns of a CSV file begin and end
// is read from its top, types in a query come from every row, and a folder called key=value adds no column.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError, show } from "../../errors/errors.ts";
import type { CsvDialect } from "../csv/csvDialect.ts";
import type { FileKind } from "./source.ts";
import { exactPath, hasPattern, literal } from "./sqlText.ts";

/** The internal name of a column of a CSV file, by its position. */
export const columnAt = (position: number): string => `c${position}`;

/** What is common to every way of reading a CSV file. */
export const csvOptions = ({ delimiter, skip, encoding }: CsvDialect): string =>
  [
    `delim = ${literal(delimiter)}, quote = '"', escape = '"', comment = '', header = true, skip = ${skip}`,
    `encoding = '${encoding}', strict_mode = true, null_padding = false, hive_partitioning = false`,
  ].join(", ");

/**
 * A CSV file with a type per column, under internal names; a cell of another type is an error.
 *
 * @param rejects  how many lines that cannot be read are kept in a table rather than thrown
 */
export function csvSql(
  path: string,
  dialect: CsvDialect,
  types: readonly ("DOUBLE" | "VARCHAR")[],
  rejects = 0,
): string {
  const columns = types.map((type, i) => `'${columnAt(i)}': '${type}'`).join(", ");
  const kept = rejects === 0 ? "" : `, store_rejects = true, rejects_limit = ${rejects}`;
  return `read_csv(${literal(exactPath(path))}, auto_detect = false, columns = {${columns}}, ${csvOptions(dialect)}${kept})`;
}

// DuckDB would take records of more than 200 members for maps, and members of few records for JSON.
const jsonOptions =
  "sample_size = -1, map_inference_threshold = -1, field_appearance_threshold = 0, hive_partitioning = false";

/** A Parquet or JSON file. */
export const typedSql = (kind: Exclude<FileKind, "csv">, path: string): string =>
  kind === "parquet"
    ? `read_parquet(${literal(path)}, hive_partitioning = false)`
    : `read_json_auto(${literal(path)}, ${jsonOptions})`;

/** @throws DataError when other files answer to the path as DuckDB reads it */
export async function requireOneFile(who: string, connection: DuckDBConnection, path: string): Promise<void> {
  if (!hasPattern(path)) return;
  const found = await (await connection.run(`SELECT count(*) FROM glob(${literal(exactPath(path))})`)).getRows();
  if (Number(found[0]![0]) === 1) return;
  throw new DataError(
    `${who}: data must be one file, got ${show(path)}, whose name other files share with it as a pattern. Rename it.`,
  );
}
