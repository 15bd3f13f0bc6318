// Parquet files that are read together must have the same kind of cells in each column.
import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { cellSql, type TypedColumn, typedColumns } from "./cells/cellSql.ts";

interface FileTypes {
  /** The name of the file. */
  readonly file: string;
  /** The SQL of the file's rows. */
  readonly relation: string;
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
}

const contents = {
  number: "numbers",
  boolean: "true and false",
  text: "text",
  date: "dates",
  timestamp: "dates with a time",
  instant: "dates with a time and a time zone",
  time: "times of day",
};

/** @throws DataError if a column holds cells of another kind in a file than in an earlier file; a column without any cell has no kind */
export async function requireSameTypes(
  command: string,
  connection: DuckDBConnection,
  files: readonly FileTypes[],
): Promise<void> {
  const earlier = new Map<string, { readonly file: FileTypes; readonly column: TypedColumn }>();
  for (const file of files) {
    for (const column of typedColumns(file.names, file.types)) {
      const before = earlier.get(column.name);
      if (before === undefined) earlier.set(column.name, { file, column });
      else if (kindOf(before.column) !== kindOf(column)) {
        if (!(await hasCells(connection, file, column))) continue;
        if (await hasCells(connection, before.file, before.column)) {
          throw new DataError(
            `${command}: the files of DATA must have the same kind of cells in each column, but ${show(column.name)} holds ` +
              `${kindOf(before.column)} in ${show(before.file.file)} and ${kindOf(column)} in ${show(file.file)}. ` +
              "Write one of the files again with the type of the other, or use a narrower pattern.",
          );
        }
        earlier.set(column.name, { file, column });
      }
    }
  }
}

function kindOf(column: TypedColumn): string {
  const cells = cellSql(column, false);
  return cells.type === "other" ? cells.contents : contents[cells.type];
}

async function hasCells(connection: DuckDBConnection, { relation }: FileTypes, { sql }: TypedColumn): Promise<boolean> {
  const [row] = await (await connection.run(`SELECT count(${sql}) FROM ${relation}`)).getRows();
  return Number(row![0]) > 0;
}
