// The reader of a table whose columns have types: a Parquet or JSON file, or a query.
import type { DuckDBConnection } from "@duckdb/node-api";
import { type CellSql, cellSql, type TypedColumn, typedColumns } from "./cells/cellSql.ts";
import {
  type CellRequest,
  columnsOf,
  type Division,
  type NamedCells,
  type Reader,
  type RowsToRead,
  readAgain,
} from "./cells/reader.ts";

/**
 * The reader of a table whose columns have types.
 *
 * @param relation  all rows
 * @param own  the rows to read
 */
export async function typedReader(
  connection: DuckDBConnection,
  { relation, own, ...facts }: { relation: string; own: RowsToRead } & Pick<Reader, "semicolons" | "locate">,
): Promise<Reader> {
  const described = await connection.run(`SELECT * FROM ${relation} LIMIT 0`);
  const columns = new Map(
    typedColumns(described.columnNames(), described.columnTypes()).map((column) => [column.name, column]),
  );
  return {
    columns: [...columns.keys()],
    types: new Map([...columns.values()].map(({ name, type }) => [name, type.alias ?? String(type)])),
    ...facts,
    async readColumns(requests, read) {
      const nested = await nestedJson(connection, {
        columns: requests.map(({ name }) => columns.get(name)!),
        relation,
      });
      const namedCells = ({ name, asText = false, separate = false }: CellRequest): NamedCells => {
        const cells: CellSql =
          nested.has(name) && asText !== "asWritten" ? nestedCells : cellSql(columns.get(name)!, asText);
        return { name, separate, cells };
      };
      const first = requests.map(namedCells);
      const table = await read(first, own);
      const inexact = requests.filter((_, i) => {
        const { cells } = first[i]!;
        return cells.type === "number" && cells.exact === true && table.columns[i]!.large;
      });
      const again = inexact.map((each) => namedCells({ ...each, asText: true }));
      return columnsOf(table, await readAgain(read, again, own));
    },
  };
}

/** The rows of a table that only rank 0 reads: it has all, and the others have none. */
export const ofRank0 = (relation: string, division: Division | undefined): RowsToRead => ({
  relation: division === undefined || division.ranks.rank === 0 ? relation : `(SELECT * FROM ${relation} WHERE false)`,
  division,
});

const nestedCells: CellSql = { type: "other", contents: "lists or structs" };

/** The names of the JSON columns in which a cell is an array or an object. */
async function nestedJson(
  connection: DuckDBConnection,
  { columns, relation }: { readonly columns: readonly TypedColumn[]; readonly relation: string },
): Promise<ReadonlySet<string>> {
  const json = columns.filter(({ type }) => type.alias === "JSON");
  if (json.length === 0) return new Set();
  const tests = json.map(({ sql }) => `bool_or(json_type(${sql}) IN ('ARRAY', 'OBJECT'))`);
  const [row] = await (await connection.run(`SELECT ${tests.join(", ")} FROM ${relation}`)).getRows();
  return new Set(json.filter((_, i) => row![i] === true).map(({ name }) => name));
}
