// The SQL of the cells of a column, by DuckDB's type of the column.
import type { DuckDBType } from "@duckdb/node-api";
import type { CellColumn } from "downhill";
import { identifier } from "../files/sqlText.ts";

/** A column of a table with types. A struct is no column; its members are, with names such as "address.city". */
export interface TypedColumn {
  readonly name: string;
  readonly sql: string;
  readonly type: DuckDBType;
}

/** The SQL of cells, and the type of the cells that it gives. */
export type CellSql =
  | { readonly type: Exclude<CellColumn["type"], "other">; readonly sql: string; readonly exact?: boolean }
  | { readonly type: "other"; readonly contents: string };

/** The columns of a relation; a struct is replaced by its members if their names are free. */
export function typedColumns(names: readonly string[], types: readonly DuckDBType[]): TypedColumn[] {
  const taken = new Set(names);
  const membersOf = (column: TypedColumn): TypedColumn[] => {
    const members = structMembers(column);
    const flat = members.flatMap(membersOf);
    if (flat.length === 0 || flat.some(({ name }) => taken.has(name))) return [column];
    return flat;
  };
  return names.flatMap((name, i) => {
    const found = membersOf({ name, sql: identifier(name), type: types[i]! });
    for (const each of found) taken.add(each.name);
    return found;
  });
}

function structMembers({ name, sql, type }: TypedColumn): TypedColumn[] {
  if (!("entryNames" in type) || !String(type).startsWith("STRUCT(")) return [];
  return type.entryNames.map((member, i) => ({
    name: `${name}.${member}`,
    sql: `struct_extract(${sql}, '${member.replaceAll("'", "''")}')`,
    type: type.entryTypes[i]!,
  }));
}

const integers = /^(U?(TINY|SMALL)INT|U?INTEGER)$/;
const largeNumbers = /^(U?(BIG|HUGE)INT|BIGNUM|DECIMAL.*)$/;
const fractions = /^(FLOAT|DOUBLE)$/;
const texts = /^(VARCHAR|UUID|ENUM.*|TIME WITH TIME ZONE|TIMETZ|"NULL"|SQLNULL)$/;
const timestamps = /^TIMESTAMP(_S|_MS|_NS)?$/;
const instants = /^TIMESTAMP( WITH TIME ZONE|TZ)$/;
const times = /^TIME(_NS)?$/;

const contents: readonly (readonly [RegExp, string])[] = [
  [/\[\d*\]$/, "lists"],
  [/^STRUCT/, "structs"],
  [/^MAP/, "maps"],
  [/^UNION|^VARIANT/, "values of several types"],
  [/^BLOB|^BIT/, "bytes"],
  [/^INTERVAL/, "intervals"],
  [/^GEOMETRY/, "shapes"],
];

/**
 * The SQL of the cells of a column.
 *
 * @param asText  whether every cell is read as text, see `CellRequest`
 */
export function cellSql({ sql, type }: TypedColumn, asText: boolean | "asWritten"): CellSql {
  const name = String(type);
  if (asText === "asWritten") {
    return { type: "text", sql: type.alias === "JSON" ? `(${sql} ->> '$')` : `CAST(${sql} AS VARCHAR)` };
  }
  // ->> gives the text of a JSON value without quotation marks.
  if (type.alias === "JSON") {
    return { type: "text", sql: `CASE WHEN json_type(${sql}) <> 'NULL' THEN ${sql} ->> '$' END` };
  }
  const other = contents.find(([pattern]) => pattern.test(name));
  if (other !== undefined) return { type: "other", contents: other[1] };
  if (asText || texts.test(name)) {
    // 7.0 is user 7, because some programs write whole numbers of a column with a point.
    const text = `CAST(${sql} AS VARCHAR)`;
    const whole = fractions.test(name) || name.startsWith("DECIMAL");
    return { type: "text", sql: whole ? `regexp_replace(${text}, '\\.0*$', '')` : text };
  }
  if (integers.test(name) || fractions.test(name)) return { type: "number", sql: `CAST(${sql} AS DOUBLE)` };
  if (largeNumbers.test(name)) return { type: "number", sql: `CAST(${sql} AS DOUBLE)`, exact: true };
  if (name === "BOOLEAN") return { type: "boolean", sql: `CAST(${sql} AS DOUBLE)` };
  if (name === "DATE") {
    const days = `CAST(${sql} - DATE '1970-01-01' AS DOUBLE) * 86400000`;
    return { type: "date", sql: finite(sql, days) };
  }
  const milliseconds = `CAST(epoch_us(${sql}) AS DOUBLE) / 1000`;
  if (timestamps.test(name)) return { type: "timestamp", sql: finite(`CAST(${sql} AS TIMESTAMP)`, milliseconds) };
  if (instants.test(name)) return { type: "instant", sql: finite(sql, milliseconds) };
  if (times.test(name)) return { type: "time", sql: milliseconds };
  return { type: "other", contents: `values of the type ${name}` };
}

/** DuckDB has the dates infinity and -infinity. */
const finite = (sql: string, value: string): string =>
  `CASE WHEN isinf(${sql}) THEN CASE WHEN ${sql} > DATE '1970-01-01' THEN 'inf'::DOUBLE ELSE '-inf'::DOUBLE END ELSE ${value} END`;
