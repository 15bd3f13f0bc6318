// The reader of Parquet or JSON files that are one table.
import type { DuckDBConnection } from "@duckdb/node-api";
import type { RunRanks } from "../ranks/join.ts";
import { requireMemory } from "./cells/numberStore.ts";
import type { Division, Reader } from "./cells/reader.ts";
import { typedSql } from "./files/fileSql.ts";
import type { PlainFile } from "./files/plainFile.ts";
import { requireSameColumns } from "./files/sameColumns.ts";
import { ownRows } from "./files/shares.ts";
import type { FileKind } from "./files/source.ts";
import { exactPath, literal } from "./files/sqlText.ts";
import { requireSameTypes } from "./sameTypes.ts";
import { ofRank0, typedReader } from "./typedReader.ts";
import { adviceOnWrappedRows, requireRecords } from "./wrappedRows.ts";

/** Opens files of one kind. All files must have the same columns, and Parquet files the same kinds of cells. */
export async function typedFiles(
  command: string,
  connection: DuckDBConnection,
  files: readonly PlainFile[],
  { streamed, division }: { readonly streamed: boolean; readonly division?: Division | undefined },
): Promise<Reader> {
  // Freed chunks go back to the computer; otherwise they take 30 MB. CSV files take less memory, and 6 % more time with this setting.
  if (!streamed) await connection.run("SET allocator_bulk_deallocation_flush_threshold = '1MB'");
  const sqlOf = ({ kind, path }: PlainFile) => typedSql(kind as Exclude<FileKind, "csv">, exactPath(path));
  const [file] = files;
  let relation = sqlOf(file!);
  let locate = (row: number) => `row ${row + 1} of ${file!.name}`;
  if (files.length > 1) {
    const columns = [];
    const types = [];
    const counts: number[] = [];
    for (const each of files) {
      const described = await connection.run(`SELECT * FROM ${sqlOf(each)} LIMIT 0`);
      const names = described.columnNames();
      columns.push({ file: each.name, columns: names });
      types.push({ file: each.name, relation: sqlOf(each), names, types: described.columnTypes() });
      const [row] = await (await connection.run(`SELECT count(*) FROM ${sqlOf(each)}`)).getRows();
      counts.push(Number(row![0]));
    }
    requireSameColumns(command, columns);
    if (file!.kind === "parquet") await requireSameTypes(command, connection, types);
    relation = `(${files.map((each) => `SELECT * FROM ${sqlOf(each)}`).join(" UNION ALL BY NAME ")})`;
    locate = (row) => {
      let left = row;
      const at = counts.findIndex((count) => {
        if (left < count) return true;
        left -= count;
        return false;
      });
      return `row ${left + 1} of ${files[at]!.name}`;
    };
  }
  const own =
    division && file!.kind === "parquet"
      ? { division, relation: await ownRelation(connection, { files, sqlOf }, division.ranks) }
      : ofRank0(relation, division);
  const reader = await typedReader(connection, { relation, own, semicolons: false, locate });
  if (file!.kind === "parquet" && !streamed)
    await requireMemoryForRows(command, connection, { files, columns: reader.columns.length });
  if (file!.kind !== "json" || files.length > 1) return reader;
  requireRecords(command, file!, reader);
  return { ...reader, hint: await adviceOnWrappedRows(connection, relation, file!) };
}

/** The rows of Parquet files that a rank reads. All files are named, so that the columns have the types that they have together. */
async function ownRelation(
  connection: DuckDBConnection,
  { files, sqlOf }: { readonly files: readonly PlainFile[]; readonly sqlOf: (file: PlainFile) => string },
  ranks: RunRanks,
): Promise<string> {
  const groups: number[][] = [];
  for (const file of files) {
    const path = literal(exactPath(file.path));
    const found = await connection.run(
      `SELECT any_value(row_group_num_rows) FROM parquet_metadata(${path}) GROUP BY row_group_id ORDER BY row_group_id`,
    );
    const rows = (await found.getRows()).map(([count]) => Number(count));
    const names = (await connection.run(`SELECT * FROM ${sqlOf(file)} LIMIT 0`)).columnNames();
    // A column with this name hides the number of the row, so such a file is not divided.
    groups.push(names.some((name) => name.toLowerCase() === ROW_NUMBER) ? [rows.reduce((a, b) => a + b, 0)] : rows);
  }
  const parts = ownRows(groups, ranks).map((range, i) => {
    const all = `SELECT * FROM ${sqlOf(files[i]!)}`;
    if (range === null) return `${all} WHERE false`;
    return groups[i]!.length === 1
      ? all
      : `${all} WHERE ${ROW_NUMBER} >= ${range.from} AND ${ROW_NUMBER} < ${range.to}`;
  });
  return `(${parts.join(" UNION ALL BY NAME ")})`;
}

const ROW_NUMBER = "file_row_number"; // DuckDB's name

/** @throws DataError if the footers of Parquet files show that their rows are too many for a run */
async function requireMemoryForRows(
  command: string,
  connection: DuckDBConnection,
  { files, columns }: { readonly files: readonly PlainFile[]; readonly columns: number },
) {
  const paths = files.map(({ path }) => literal(exactPath(path))).join(", ");
  const footer = await connection.run(`SELECT sum(num_rows) FROM parquet_file_metadata([${paths}])`);
  requireMemory(command, Number((await footer.getRows())[0]![0]), columns);
}
