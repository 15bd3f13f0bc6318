// The SQL that reads a CSV file.
import { exactPath, literal } from "../files/sqlText.ts";
import type { CsvDialect } from "./csvDialect.ts";

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
