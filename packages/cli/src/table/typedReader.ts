// The reader of a table whose columns have types: a Parquet or JSON file, or a query.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError } from "../errors/errors.ts";
import { type CellSql, cellSql, type TypedColumn, typedColumns } from "./cells/cellSql.ts";
import { cellTableOf, type NamedCells, readAgain, readCells } from "./cells/readCells.ts";
import { type CellsSql, readColumns } from "./cells/readColumns.ts";
import type { CellRequest, ColumnRequest, Reader } from "./cells/reader.ts";
import { holdsLarge, withColumns } from "./columns/exactness.ts";
import { leaveOut } from "./columns/leaveOut.ts";
import { identifier } from "./files/sqlText.ts";

/** The reader of a table whose columns have types. */
export async function typedReader(
  command: string,
  connection: DuckDBConnection,
  { relation, ...facts }: { relation: string } & Pick<Reader, "kind" | "semicolons" | "locate">,
): Promise<Reader> {
  const described = await connection.run(`SELECT * FROM ${relation} LIMIT 0`);
  const columns = new Map(
    typedColumns(described.columnNames(), described.columnTypes()).map((column) => [column.name, column]),
  );
  const cells = (each: ColumnRequest) => cellsOf(command, each, columns.get(each.name)!);
  return {
    columns: [...columns.keys()],
    types: new Map([...columns.values()].map(({ name, type }) => [name, type.alias ?? String(type)])),
    ...facts,
    async read(requests) {
      const first = requests.map(cells);
      const table = await readColumns(command, connection, { columns: first, relation });
      const inexact = requests.filter(({ as }, i) => as === "exact" && holdsLarge(table.columns[i]!));
      if (inexact.length === 0) return table;
      const again = inexact.map((each) => cells({ ...each, as: "text" }));
      const other = await readColumns(command, connection, { columns: again, relation });
      return { ...withColumns(table, other), bad: [...table.bad, ...other.bad] };
    },
    async readCells(requests) {
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
      const table = await readCells(command, connection, { columns: first, relation });
      const inexact = requests.filter((_, i) => {
        const { cells } = first[i]!;
        return cells.type === "number" && cells.exact === true && table.columns[i]!.large;
      });
      const again = inexact.map((each) => namedCells({ ...each, asText: true }));
      return cellTableOf(table, await readAgain(command, connection, { columns: again, relation }));
    },
  };
}

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

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)$/;
const textual = /^(VARCHAR|UUID|ENUM.*|JSON|DATE|TIME.*)$/;
const fractional = /^(FLOAT|DOUBLE|DECIMAL.*)$/;

/** @throws DataError for a type that is not numbers, text or truth values */
function cellsOf(
  command: string,
  { name, as, needed = false, separate = false }: ColumnRequest,
  { sql, type: duckDbType }: TypedColumn,
): CellsSql {
  const type = duckDbType.alias ?? String(duckDbType);
  // A JSON column with numbers and text has the type JSON; ->> gives its text without quotation marks.
  const column = type === "JSON" ? `(${sql} ->> '$')` : sql;
  const base = { name, separate: needed || separate, needed, guarded: false };
  if (as === "kept") return { ...base, kind: "kept", sql: `coalesce(CAST(${column} AS VARCHAR), '')` };
  if (as === "text") {
    // 7.0 is user 7, because some programs write whole numbers of a column with a point.
    const text = `CAST(${column} AS VARCHAR)`;
    if (fractional.test(type)) return { ...base, kind: "text", sql: `regexp_replace(${text}, '\\.0*$', '')` };
    if (numeric.test(type) || textual.test(type) || type === "BOOLEAN") return { ...base, kind: "text", sql: text };
  } else {
    if (numeric.test(type)) return { ...base, kind: "number", sql: `CAST(${column} AS DOUBLE)` };
    if (type === "BOOLEAN") return { ...base, kind: "boolean", sql: `CAST(${column} AS DOUBLE)` };
    if (textual.test(type)) return { ...base, kind: "text", sql: `CAST(${column} AS VARCHAR)` };
  }
  throw new DataError(
    `${command}: column ${identifier(name)} must contain numbers, text or true and false, but it has the type ${type}. ` +
      `Convert it in a query (SELECT … FROM …)${needed ? "" : `, or ${leaveOut(command, name)}`}.`,
  );
}
