// A file that a query names, under the names of its columns, read by the same rules as a file that is DATA itself.
import type { DuckDBConnection } from "@duckdb/node-api";
import { readDialect } from "./csvDialect.ts";
import { csvError, problemIn } from "./csvProblem.ts";
import { csvOptions, csvSql, requireOneFile, typedSql } from "./fileSql.ts";
import { isOfDuckDb } from "./readerError.ts";
import { fileKindOf, isFile } from "./source.ts";
import { exactPath, identifier, literal } from "./sqlText.ts";

/**
 * SQL that reads the files of a path or pattern. A column of a CSV file is of the narrowest type that holds all its cells
 * as they are written: 007, and whole numbers of more digits than 64 bits hold, stay text.
 *
 * @throws DataError for a line of a CSV file that does not fit
 */
export async function queriedSql(who: string, connection: DuckDBConnection, path: string): Promise<string> {
  const kind = fileKindOf(path)!;
  if (!isFile(path)) {
    if (kind !== "csv") return typedSql(kind, path);
    const options = `${literal(path)}, header = true, hive_partitioning = false`;
    return wholeSql(connection, (more) => `read_csv(${options}${more})`);
  }
  await requireOneFile(who, connection, path);
  if (kind !== "csv") return typedSql(kind, exactPath(path));
  const dialect = readDialect(who, path);
  const options = `${literal(exactPath(path))}, ${csvOptions(dialect)}`;
  try {
    return await wholeSql(connection, (more) => `read_csv(${options}${more})`);
  } catch (error) {
    if (!isOfDuckDb(error)) throw error;
    const types = dialect.names.map(() => "VARCHAR" as const);
    const problem = await problemIn(connection, (rejects) => csvSql(path, dialect, types, rejects));
    throw csvError(who, { path, dialect, problem, error });
  }
}

/** The reader with a type per column that every row fits. */
async function wholeSql(connection: DuckDBConnection, sqlOf: (more: string) => string): Promise<string> {
  const whole = ", sample_size = -1";
  const described = await connection.run(`DESCRIBE SELECT * FROM ${sqlOf(whole)}`);
  const columns = (await described.getRows()).map((row) => ({ name: String(row[0]), type: String(row[1]) }));
  const numbers = columns.filter(({ type }) => type === "BIGINT" || type === "DOUBLE").map(({ name }) => name);
  const altered = await alteredByNumbers(connection, sqlOf(", all_varchar = true"), numbers);
  const types = altered.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  return sqlOf(altered.length === 0 ? whole : `${whole}, types = {${types}}`);
}

/** Columns of whole numbers that a number would not hold as they are written. */
async function alteredByNumbers(
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
