// A query as DATA. It is one SELECT, and the files that it names are read by the same rules as DATA.
import type { DuckDBConnection } from "@duckdb/node-api";
import { DataError, UsageError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { endingsOf, isFile } from "../files/source.ts";
import { exactPath, identifier } from "../files/sqlText.ts";

/** A SELECT whose files are replaced by views. */
export interface Query {
  /** The statement as DuckDB writes it. It is complete, so that it can be put in parentheses. */
  readonly select: string;
  /** The paths and patterns in the query. */
  readonly files: readonly string[];
}

/** A node of DuckDB's parse tree. */
type Node = { [member: string]: unknown };

const readers: Readonly<Record<string, "csv" | "json" | "parquet">> = {
  read_csv: "csv",
  read_csv_auto: "csv",
  read_json: "json",
  read_json_auto: "json",
  read_ndjson: "json",
  read_ndjson_auto: "json",
  read_parquet: "parquet",
  parquet_scan: "parquet",
};

/**
 * Reads a query.
 *
 * @param relationOf  the SQL that reads the files of a path or pattern
 * @throws UsageError if the query is not one SELECT; DataError if it is not SQL
 */
export async function readQuery(
  command: string,
  connection: DuckDBConnection,
  { text, relationOf }: { readonly text: string; readonly relationOf: (path: string) => Promise<string> },
): Promise<Query> {
  const json = exactJson(text);
  const tree = json.parse(await oneValue(connection, "SELECT json_serialize_sql($1::VARCHAR)", text));
  const statements = tree["statements"] as Node[] | undefined;
  const fail = (got: string): never => {
    throw new UsageError(
      `${command}: the query must be one SELECT, but it ${got}. Use one SELECT, because the command only reads data.`,
    );
  };
  if (tree["error"] === true) {
    if (tree["error_type"] === "not implemented") fail("contains another statement");
    const reason = show(String(tree["error_message"]), 200);
    throw new DataError(`${command}: DuckDB cannot run the query: ${reason}. Correct the query.`);
  }
  if (statements?.length !== 1) fail(`has ${statements?.length ?? 0} statements`);
  const views = new Map<string, string>();
  const files = new Set<string>();
  const viewOf = async (path: string): Promise<string> => {
    const known = views.get(path);
    if (known !== undefined) return known;
    const name = `file ${views.size + 1} of the query`;
    views.set(path, name);
    files.add(path);
    await connection.run(`CREATE TEMP VIEW ${identifier(name)} AS SELECT * FROM ${await relationOf(path)}`);
    return name;
  };
  const ctes = cteNames(tree);
  for (const node of nodesOf(tree)) {
    if (node["type"] === "BASE_TABLE") await nameView(node, ctes, viewOf);
    if (node["type"] === "TABLE_FUNCTION") await replaceReader(node, viewOf, files);
  }
  const select = await oneValue(connection, "SELECT json_deserialize_sql($1::JSON)", json.text(tree));
  return { select, files: [...files] };
}

async function oneValue(connection: DuckDBConnection, sql: string, parameter: string): Promise<string> {
  const [row] = await (await connection.run(sql, [parameter])).getRows();
  return String(row![0]);
}

/** Every object in a tree; an object comes before the objects inside it. */
function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

/** The names of common table expressions: WITH name AS (…). */
function cteNames(tree: Node): Set<string> {
  const names = new Set<string>();
  for (const node of nodesOf(tree)) {
    const { map } = (node["cte_map"] ?? {}) as { map?: { key: string }[] };
    for (const { key } of map ?? []) names.add(key);
  }
  return names;
}

/** Replaces FROM 'data.csv' by a view of the file, with the name that DuckDB gives to the table. */
async function nameView(node: Node, ctes: ReadonlySet<string>, viewOf: (path: string) => Promise<string>) {
  const path = [node["catalog_name"], node["schema_name"], node["table_name"]].filter((part) => part !== "").join(".");
  if (ctes.has(path) || endingsOf(path) === undefined) return;
  const base = path.slice(path.lastIndexOf("/") + 1);
  const view = await viewOf(path);
  Object.assign(node, { catalog_name: "", schema_name: "", table_name: view });
  if (node["alias"] === "") node["alias"] = base.slice(0, base.indexOf("."));
}

/**
 * Replaces FROM read_csv('data.csv') by a view of the file. A call with options stays a call with these options; two are
 * added: the types come from all rows, and folders add no columns.
 */
async function replaceReader(node: Node, viewOf: (path: string) => Promise<string>, files: Set<string>) {
  const call = node["function"] as Node;
  const kind = readers[String(call["function_name"]).toLowerCase()];
  const [first, ...options] = (call["children"] ?? []) as Node[];
  if (kind === undefined || first === undefined) return;
  const { value } = (first["value"] ?? {}) as Node;
  const path = typeof value === "string" ? value : undefined;
  if (path !== undefined && options.length === 0 && endingsOf(path)?.kind === kind) {
    const { alias, sample, query_location, column_name_alias } = node;
    for (const member of Object.keys(node)) delete node[member];
    Object.assign(node, { type: "BASE_TABLE", alias, sample, query_location, column_name_alias });
    Object.assign(node, { schema_name: "", catalog_name: "", at_clause: null, table_name: await viewOf(path) });
    if (alias === "") node["alias"] = call["function_name"];
    return;
  }
  for (const each of nodesOf(first)) {
    if (typeof each["value"] !== "string") continue;
    files.add(each["value"]);
    if (isFile(each["value"])) each["value"] = exactPath(each["value"]);
  }
  const setOptions = new Set(options.map((option) => ((option["left"] as Node)?.["column_names"] as string[])?.[0]));
  const added = { hive_partitioning: false, ...(kind === "parquet" ? {} : { sample_size: -1 }) };
  const children = call["children"] as Node[];
  for (const [option, setting] of Object.entries(added)) {
    if (!setOptions.has(option)) children.push(optionNode(option, setting));
  }
}

/** The node of an option `name = value` of a table function. */
function optionNode(name: string, value: number | boolean): Node {
  const plain = { alias: "", query_location: 0 };
  const id = typeof value === "number" ? "INTEGER" : "BOOLEAN";
  return {
    class: "COMPARISON",
    type: "COMPARE_EQUAL",
    ...plain,
    left: { class: "COLUMN_REF", type: "COLUMN_REF", ...plain, column_names: [name] },
    right: {
      class: "CONSTANT",
      type: "VALUE_CONSTANT",
      ...plain,
      value: { type: { id, type_info: null }, is_null: false, value },
    },
  };
}

/** Parses and writes JSON without a change of its numbers; DuckDB's have 64 and 128 bits. */
function exactJson(query: string) {
  let mark = "\ue000";
  while (query.includes(mark)) mark += "\ue000";
  const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return {
    parse: (json: string) =>
      JSON.parse(json.replace(token, (each) => (each.startsWith('"') ? each : `"${mark}${each}"`))) as Node,
    text: (tree: Node) => JSON.stringify(tree).replaceAll(new RegExp(`"${mark}([^"]*)"`, "g"), "$1"),
  };
}
