// The reader of Parquet or JSON files that are one table.
import type { DuckDBConnection } from "@duckdb/node-api";
import { requireMemory } from "./cells/numberStore.ts";
import type { Reader } from "./cells/reader.ts";
import { typedSql } from "./files/fileSql.ts";
import type { PlainFile } from "./files/plainFile.ts";
import { requireSameColumns } from "./files/sameColumns.ts";
import type { FileKind } from "./files/source.ts";
import { exactPath, literal } from "./files/sqlText.ts";
import { requireSameTypes } from "./sameTypes.ts";
import { typedReader } from "./typedReader.ts";
import { adviceOnWrappedRows, requireRecords } from "./wrappedRows.ts";

/** Opens files of one kind. All files must have the same columns, and Parquet files the same kinds of cells. */
export async function typedFiles(
  command: string,
  connection: DuckDBConnection,
  files: readonly PlainFile[],
  streamed: boolean,
): Promise<Reader> {
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
  const reader = await typedReader(connection, { relation, semicolons: false, locate });
  if (file!.kind === "parquet" && !streamed)
    await requireMemoryForRows(command, connection, { files, columns: reader.columns.length });
  if (file!.kind !== "json" || files.length > 1) return reader;
  requireRecords(command, file!, reader);
  return { ...reader, hint: await adviceOnWrappedRows(connection, relation, file!) };
}

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
