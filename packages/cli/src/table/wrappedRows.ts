// JSON files whose rows are not records at the top, as many services send them: {"count": 2, "results": [{…}, {…}]}.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { shellWord } from "../terminal/shellWord.ts";
import { typedColumns } from "./cells/cellSql.ts";
import type { Reader } from "./cells/reader.ts";
import { firstBytes } from "./files/compression.ts";
import type { PlainFile } from "./files/plainFile.ts";
import { identifier } from "./files/sqlText.ts";

/**
 * Advice for a file of one record: a query that reads its longest list of records as rows, or the form that the file should have.
 * Undefined for other tables.
 */
export async function adviceOnWrappedRows(
  connection: DuckDBConnection,
  relation: string,
  file: PlainFile,
): Promise<string | undefined> {
  const described = await connection.run(`SELECT * FROM ${relation} LIMIT 2`);
  const columns = typedColumns(described.columnNames(), described.columnTypes());
  if ((await described.getRows()).length !== 1) return undefined;
  const lists = columns.filter(({ type }) => /^STRUCT\(.*\)\[\]$/s.test(String(type)));
  if (lists.length === 0) {
    return 'The file contains one record; a table needs one per row, as pandas writes them with to_json(file, orient="records").';
  }
  const lengths = await connection.run(`SELECT ${lists.map(({ sql }) => `len(${sql})`).join(", ")} FROM ${relation}`);
  const counts = (await lengths.getRows())[0]!.map(Number);
  const rows = lists[counts.indexOf(Math.max(...counts))]!;
  const query = `SELECT UNNEST(${rows.sql}, max_depth := 2) FROM ${identifier(file.name)}`;
  return `The file contains one record; if its rows are the list ${show(rows.name)}, pass this query as DATA: ${shellWord(query)}`;
}

/** @throws DataError if a JSON file contains other values than records with members */
export function requireRecords(command: string, file: PlainFile, { columns }: Reader): void {
  // DuckDB reads values that are not records as a column with the name "json".
  if (columns.join() !== "json") return;
  const start = firstBytes(file.path, 1000).toString();
  if (/^\ufeff?\s*\[?\s*\{\s*"/.test(start)) return;
  if (/^\ufeff?\s*\[\s*\]/.test(start)) throw new DataError(`${command}: ${show(file.name)} has no rows. Supply rows.`);
  throw new DataError(
    `${command}: ${show(file.name)} must contain records with the names of the columns, such as [{"age": 22, "city": "Oslo"}], ` +
      "but it contains other JSON values. Write each row as such a record.",
  );
}
