// The SQL of a file that a query names. The file is read by the same rules as DATA.

import type { DuckDBConnection } from "@duckdb/node-api";
import { readDialect } from "../csv/csvDialect.ts";
import { csvError, problemIn } from "../csv/csvProblem.ts";
import { columnAt, csvOptions, csvSql } from "../csv/csvSql.ts";
import { pointsBeforeThree } from "../csv/numberCells.ts";
import { isDuckDbError } from "../files/duckDbError.ts";
import { filesOf, requireOneFile, typedSql } from "../files/fileSql.ts";
import type { PlainFile, PlainFiles } from "../files/plainFile.ts";
import { requireSameColumns } from "../files/sameColumns.ts";
import { type CsvOptions, endingsOf, isFile } from "../files/source.ts";
import { exactPath, identifier, literal } from "../files/sqlText.ts";

interface QueriedFile {
  readonly path: string;
  /** The columns that are read as text. */
  readonly texts: readonly string[];
  readonly files: PlainFiles;
  readonly options: CsvOptions;
}

/**
 * The SQL that reads the files of a path or pattern. A column of a CSV file has the narrowest type that keeps all its cells
 * as they are written. These stay text: 007; whole numbers with more digits than 64 bits have; in columns of `texts`, numbers
 * that DuckDB would write in another way, such as 1.10 and 1e3; and in a file with semicolons, 9.830 beside 983, because its
 * points separate thousands.
 *
 * @returns the SQL, and whether the delimiter of the file is a semicolon
 * @throws DataError for a line of a CSV file that cannot be read
 */
export async function queriedSql(
  command: string,
  connection: DuckDBConnection,
  { path, texts, files, options }: QueriedFile,
): Promise<{ sql: string; semicolons: boolean }> {
  const { kind } = endingsOf(path)!;
  if (!isFile(path) && kind !== "csv") return { sql: typedSql(kind, path), semicolons: false };
  const paths = isFile(path) ? [path] : await filesOf(command, connection, path);
  if (isFile(path)) await requireOneFile(command, connection, path);
  const opened: PlainFile[] = [];
  for (const each of paths) opened.push(await files.open(each));
  const [first] = opened;
  if (first!.kind !== "csv") return { sql: typedSql(first!.kind, exactPath(first!.path)), semicolons: false };
  const read = opened.map((file) => ({ file, dialect: readDialect(command, file, options) }));
  for (const { dialect } of read) files.notes.push(...dialect.notes);
  requireSameColumns(
    command,
    read.map(({ file, dialect }) => ({ file: file.name, columns: dialect.names })),
  );
  const semicolons = read.some(({ dialect }) => dialect.delimiter === ";");
  const sqlOf = (more: string): string => {
    const each = read.map(({ file, dialect }) => {
      const names = dialect.header ? "" : `, names = [${dialect.names.map(literal).join(", ")}]`;
      return `read_csv(${literal(exactPath(file.path))}, ${csvOptions(dialect)}${names}${more})`;
    });
    return each.length === 1 ? each[0]! : `(${each.map((sql) => `SELECT * FROM ${sql}`).join(" UNION ALL BY NAME ")})`;
  };
  try {
    return { sql: await exactSql(connection, { texts, semicolons }, sqlOf), semicolons };
  } catch (error) {
    if (!isDuckDbError(error)) throw error;
    for (const { file, dialect } of read) {
      const columns = dialect.names.map((_, i) => [columnAt(i), "VARCHAR"] as const);
      const problem = await problemIn(connection, (rejects) => csvSql(file.path, dialect, { columns, rejects }));
      if (problem.kind === "line" || read.length === 1) throw csvError(command, { file, dialect, problem, error });
    }
    throw error;
  }
}

/** The SQL with a type per column that keeps all cells as they are written. */
async function exactSql(
  connection: DuckDBConnection,
  { texts, semicolons }: { texts: readonly string[]; semicolons: boolean },
  sqlOf: (more: string) => string,
): Promise<string> {
  const allRows = ", sample_size = -1";
  const described = await connection.run(`DESCRIBE SELECT * FROM ${sqlOf(allRows)}`);
  const columns = (await described.getRows()).map((row) => ({ name: String(row[0]), type: String(row[1]) }));
  const tests = columns.flatMap(({ name, type }) => {
    if (type === "VARCHAR") return [{ name, test: "true" }]; // in some files of a pattern it may be a narrower type
    const isRespelled = /^(DATE|TIME)/.test(type) || (type === "DOUBLE" && texts.includes(name));
    const test = isRespelled ? respells(type)(identifier(name)) : alters[type]?.(identifier(name));
    if (test === undefined) return [];
    const thousands = semicolons && type === "DOUBLE" ? ` OR (${areThousands(identifier(name))})` : "";
    return [{ name, test: test + thousands }];
  });
  if (tests.length === 0) return sqlOf(allRows);
  const sql = tests.map(({ test }) => test).join(", ");
  const [row] = await (await connection.run(`SELECT ${sql} FROM ${sqlOf(", all_varchar = true")}`)).getRows();
  const kept = tests.filter((_, i) => row![i] === true).map(({ name }) => `${literal(name)}: 'VARCHAR'`);
  return sqlOf(kept.length === 0 ? allRows : `${allRows}, types = {${kept.join(", ")}}`);
}

const digits = (column: string): string => `ltrim(${column}, '+- ')`;
const isCode = (column: string): string => `(${digits(column)} >= '00' AND ${digits(column)} < '0:')`;

const isRounded = (column: string): string =>
  `coalesce(TRY_CAST(CAST(TRY_CAST(${column} AS HUGEINT) AS DOUBLE) AS HUGEINT) <> TRY_CAST(${column} AS HUGEINT), true)`;

/** SQL: whether DuckDB would write a cell in another way, such as 10:30 as 10:30:00. */
const respells = (type: string) => (column: string) =>
  `bool_or(${column} IS NOT NULL AND coalesce(CAST(TRY_CAST(${column} AS ${type}) AS VARCHAR) <> ${column}, true))`;

/** SQL: whether each point is before three digits and some cells have no point; see `formatOf`. */
const areThousands = (column: string): string =>
  `bool_and(NOT contains(${column}, '.') OR regexp_full_match(${column}, '${pointsBeforeThree}')) AND ` +
  `bool_or(contains(${column}, '.')) AND bool_or(NOT contains(${column}, '.'))`;

/** SQL, by the type that DuckDB finds: whether this type would change a cell of the column. */
const alters: Readonly<Record<string, (column: string) => string>> = {
  // 007, and 0x1F, which DuckDB reads as 31.
  BIGINT: (column) =>
    `bool_or(${isCode(column)} OR contains(lower(${column}), 'x')) OR ` +
    // Numbers beyond 2^53 may become categories; then " 1", "+1" and "1" are different.
    `(bool_or(length(${column}) > 15) AND bool_or(CAST(TRY_CAST(${column} AS BIGINT) AS VARCHAR) <> ${column}))`,
  // 007 among whole numbers, and whole numbers that a float64 cannot represent.
  DOUBLE: (column) =>
    `(bool_and(NOT contains(${column}, '.') AND NOT contains(lower(${column}), 'e')) AND bool_or(${isCode(column)})) OR ` +
    `bool_or(regexp_full_match(${digits(column)}, '[0-9]{16,}') AND ${isRounded(column)})`,
  // DuckDB also reads yes, no, t and f as truth values.
  BOOLEAN: (column) => `bool_or(lower(${column}) NOT IN ('true', 'false'))`,
};
