// The SQL that reads a file. DuckDB guesses nothing that decides what a cell says: where columns of a CSV file begin and end
// is read from its top, types in a query come from every row, and a folder called key=value adds no column.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError, show } from "../errors.ts";
import { type CsvDialect, readDialect } from "./csvDialect.ts";
import { type FileKind, fileKindOf, isFile } from "./source.ts";
import { exactPath, hasPattern, identifier, literal } from "./sqlText.ts";

/** The internal name of a column of a CSV file, by its position. */
export const columnAt = (position: number): string => `c${position}`;

/** What is common to every way of reading a CSV file. */
const csvOptions = ({ delimiter, skip, encoding }: CsvDialect, strict: boolean): string =>
  [
    `delim = ${literal(delimiter)}, quote = '"', escape = '"', comment = '', header = true, skip = ${skip}`,
    `encoding = '${encoding}', strict_mode = ${strict}, null_padding = false, hive_partitioning = false`,
  ].join(", ");

/**
 * A CSV file with a type per column, under internal names; a cell of another type is an error.
 *
 * @param strict  false only for a file whose lines end in several ways, which DuckDB's strict reader refuses
 */
export function csvSql(
  path: string,
  dialect: CsvDialect,
  types: readonly ("DOUBLE" | "VARCHAR")[],
  { strict = true, rejects = 0 }: { strict?: boolean; rejects?: number } = {},
): string {
  const columns = types.map((type, i) => `'${columnAt(i)}': '${type}'`).join(", ");
  const kept = rejects === 0 ? "" : `, store_rejects = true, rejects_limit = ${rejects}`;
  return `read_csv(${literal(exactPath(path))}, auto_detect = false, columns = {${columns}}, ${csvOptions(dialect, strict)}${kept})`;
}

/** A Parquet or JSON file. */
export const typedSql = (kind: Exclude<FileKind, "csv">, path: string): string =>
  kind === "parquet"
    ? `read_parquet(${literal(path)}, hive_partitioning = false)`
    : `read_json_auto(${literal(path)}, sample_size = -1, hive_partitioning = false)`;

/**
 * The files of a path or pattern in a query, under the names of their columns. A column of a CSV file is of the narrowest
 * type that holds all its cells as they are written: 007 and numbers beyond 2^53 of too many digits stay text.
 */
export async function queriedSql(who: string, connection: DuckDBConnection, path: string): Promise<string> {
  const exact = isFile(path);
  if (exact) await requireOneFile(who, connection, path);
  const literalPath = exact ? exactPath(path) : path;
  const kind = fileKindOf(path)!;
  if (kind !== "csv") return typedSql(kind, literalPath);
  const options = exact
    ? csvOptions(readDialect(who, path), true)
    : "header = true, sample_size = -1, hive_partitioning = false";
  const sql = (more: string) => `read_csv(${literal(literalPath)}, ${options}${more})`;
  const described = await connection.run(`DESCRIBE SELECT * FROM ${sql(", sample_size = -1".repeat(Number(exact)))}`);
  const columns = (await described.getRows()).map((row) => ({ name: String(row[0]), type: String(row[1]) }));
  const numbers = columns.filter(({ type }) => type === "BIGINT" || type === "DOUBLE").map(({ name }) => name);
  const altered = await alteredByNumbers(connection, sql(", all_varchar = true"), numbers);
  const texts = altered.map((name) => `${literal(name)}: 'VARCHAR'`);
  const types = texts.length === 0 ? "" : `, types = {${texts.join(", ")}}`;
  return sql(`${exact ? ", sample_size = -1" : ""}${types}`);
}

/** Columns of whole numbers that a number would not hold as they are written. */
export async function alteredByNumbers(
  connection: DuckDBConnection,
  relation: string,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return [];
  const tests = names.map((name) => {
    const cell = `ltrim(${identifier(name)}, '+- ')`;
    // A point or an exponent anywhere makes the column one of measures, in which 00.5 is a number like others.
    return (
      `bool_and(NOT contains(${cell}, '.') AND NOT contains(lower(${cell}), 'e')) AND ` +
      `bool_or((${cell} >= '00' AND ${cell} < '0:') OR length(${cell}) > 19)`
    );
  });
  const [row] = await (await connection.run(`SELECT ${tests.join(", ")} FROM ${relation}`)).getRows();
  return names.filter((_, i) => row![i] === true);
}

/** @throws DataError when other files answer to the path as DuckDB reads it */
export async function requireOneFile(who: string, connection: DuckDBConnection, path: string): Promise<void> {
  if (!hasPattern(path)) return;
  const found = await (await connection.run(`SELECT count(*) FROM glob(${literal(exactPath(path))})`)).getRows();
  if (Number(found[0]![0]) === 1) return;
  throw new DataError(
    `${who}: data must be one file, got ${show(path)}, whose name other files share with it as a pattern. Rename it.`,
  );
}
