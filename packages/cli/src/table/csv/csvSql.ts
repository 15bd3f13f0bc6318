// The SQL that reads a CSV file.
import type { CsvDialect } from "downhill";
import { exactPath, literal } from "../files/sqlText.ts";

/** The internal name of a column, by its position. */
export const columnAt = (position: number): string => `c${position}`;

const BUFFER = 8_000_000; // bytes; DuckDB's default, 32 MB, takes more memory and no less time

/** The options of DuckDB's CSV reader. DuckDB must not guess the dialect. */
export const csvOptions = ({ delimiter, skip, header }: CsvDialect): string =>
  [
    `delim = ${literal(delimiter)}, quote = '"', escape = '"', comment = '', header = ${header}, skip = ${skip}`,
    `strict_mode = true, null_padding = false, hive_partitioning = false, buffer_size = ${BUFFER}`,
  ].join(", ");

export type CsvType = "DOUBLE" | "VARCHAR";

/**
 * Reads a CSV file with a type per column and internal column names. A cell of another type is an error.
 *
 * @param rejects  the number of rejected lines that DuckDB stores in a table; 0 makes it throw an error
 */
export function csvSql(
  path: string,
  dialect: CsvDialect,
  {
    columns,
    rejects = 0,
  }: { readonly columns: readonly (readonly [name: string, type: CsvType])[]; readonly rejects?: number },
): string {
  const typed = columns.map(([name, type]) => `'${name}': '${type}'`).join(", ");
  const kept = rejects === 0 ? "" : `, store_rejects = true, rejects_limit = ${rejects}`;
  return `read_csv(${literal(exactPath(path))}, auto_detect = false, columns = {${typed}}, ${csvOptions(dialect)}${kept})`;
}
