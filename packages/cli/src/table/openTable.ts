// DuckDB at work: it parses, we take the cells. Every statistic is computed by the library, in the order of the rows, so
// no number depends on how many threads read the file; a query runs on one thread, so that its own sums do not either.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError, leaveOut, list } from "../errors.ts";
import type { DataTable } from "./column.ts";
import { readColumns, type Wanted } from "./readColumns.ts";
import { readerError } from "./readerError.ts";
import { identifier, type Source, sourceOf, sqlOf } from "./source.ts";

/** A table whose columns are known and whose cells are not read yet. */
export interface OpenTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Reads columns, once; `texts` are those that hold text whatever their cells look like. */
  read(names: readonly string[], texts?: readonly string[]): Promise<DataTable>;
}

/**
 * Opens DATA for a command.
 *
 * @throws DataError when it cannot be read
 */
export async function openTable(who: string, data: string): Promise<OpenTable> {
  const source = sourceOf(who, data);
  const connection = await connect(source);
  const types = await typesOf(who, connection, source);
  return {
    name: source.name,
    columns: [...types.keys()],
    read: (names, texts = []) => read(who, connection, source, names, texts).finally(() => connection.closeSync()),
  };
}

async function connect(source: Source): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", source.kind === "query" ? { threads: "1" } : {});
  return instance.connect();
}

/** The type of each column, by name, as DuckDB sees it. */
async function typesOf(
  who: string,
  connection: DuckDBConnection,
  source: Source,
  texts: readonly string[] = [],
  sample: "some" | "all" = "some",
): Promise<Map<string, string>> {
  try {
    const answer = await connection.run(`DESCRIBE SELECT * FROM ${sqlOf(source, texts, sample)}`);
    return new Map((await answer.getRows()).map((row) => [String(row[0]), String(row[1])]));
  } catch (error) {
    throw readerError(who, source, error);
  }
}

async function read(
  who: string,
  connection: DuckDBConnection,
  source: Source,
  names: readonly string[],
  texts: readonly string[],
): Promise<DataTable> {
  for (const sample of ["some", "all"] as const) {
    const types = await typesOf(who, connection, source, texts, sample);
    const wanted = names.map((name) => wantedOf(who, name, types, texts));
    const cells = wanted.map(({ name, as }) => `CAST(${identifier(name)} AS ${as})`).join(", ");
    try {
      // Not stream(): an error behind the first chunks ends a streamed result early, without a word.
      const result = await connection.run(`SELECT ${cells} FROM ${sqlOf(source, texts, sample)}`);
      return await readColumns(who, source, result, wanted);
    } catch (error) {
      const late = sample === "some" && error instanceof Error && error.message.includes("Could not convert string");
      if (!late) throw readerError(who, source, error);
    }
  }
  throw new Error("unreachable");
}

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)$/;
const textual = /^(VARCHAR|UUID|ENUM.*|JSON)$/;

function wantedOf(who: string, name: string, types: Map<string, string>, texts: readonly string[]): Wanted {
  const type = types.get(name);
  if (type === undefined) {
    throw new DataError(
      `${who}: data must have the column ${identifier(name)}, got ${list([...types.keys()])}. Supply the same columns.`,
    );
  }
  const forced = texts.includes(name);
  if (numeric.test(type) && !forced) return { name, as: "DOUBLE", forced };
  if (type === "BOOLEAN" && !forced) return { name, as: "BOOLEAN", forced };
  if (textual.test(type)) return { name, as: "VARCHAR", forced };
  const rule = forced ? "text" : "numbers, text or true and false";
  throw new DataError(
    `${who}: column ${identifier(name)} must hold ${rule}, got ${type}. ` +
      `Convert it in a query (SELECT … FROM …), or ${leaveOut(who, name)}.`,
  );
}
