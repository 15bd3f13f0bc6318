// What DATA names: a file of a known kind, or an SQL query over files.
import { existsSync, statSync } from "node:fs";
import { extname } from "node:path";
import { DataError, show } from "../errors.ts";
import { type Header, readHeader } from "./csvText.ts";

/** DATA, understood. */
export interface Source {
  readonly kind: "csv" | "parquet" | "json" | "query";
  /** As the user wrote it. */
  readonly name: string;
  /** Of a CSV file. */
  readonly header?: Header;
}

const kinds: Readonly<Record<string, Source["kind"]>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".parquet": "parquet",
  ".json": "json",
  ".ndjson": "json",
  ".jsonl": "json",
};

/**
 * Understands DATA.
 *
 * @throws DataError when the file is not there, of an unknown kind, or a CSV file without a header
 */
export function sourceOf(who: string, data: string): Source {
  if (/^\s*(select|with|from)\s/i.test(data)) return { kind: "query", name: data };
  if (!existsSync(data)) {
    throw new DataError(`${who}: data must be a file that exists, got ${show(data)}. Check the path.`);
  }
  const extension = extname(data).toLowerCase();
  const kind = kinds[extension];
  if (kind === undefined || statSync(data).isDirectory()) {
    throw new DataError(
      `${who}: data must be a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file or an SQL query, got ${show(data)}. ` +
        "Convert it, or rename it if only its ending is wrong.",
    );
  }
  if (statSync(data).size === 0) {
    throw new DataError(`${who}: table must have rows, got the empty file ${show(data)}. Supply a header and rows.`);
  }
  if (kind !== "csv") return { kind, name: data };
  const header = readHeader(data, extension === ".tsv" ? "\t" : undefined);
  checkHeader(who, data, header);
  return { kind, name: data, header };
}

function checkHeader(who: string, path: string, { names }: Header): void {
  const twice = names.find((name, i) => name !== "" && names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataError(
      `${who}: column names must be different, got ${show(twice)} twice in ${path}. Rename one of them.`,
    );
  }
  if (names.length === 0 || names.every((name) => name === "" || !Number.isNaN(Number(name)))) {
    throw new DataError(
      `${who}: the first line must name the columns, got ${show(names.join(", "))} in ${path}. Add a line of names.`,
    );
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as SQL writes it. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The source as a table of SQL.
 *
 * @param texts  columns of a CSV file to be read as text whatever they look like
 * @param sample  rows that decide whether a column is of numbers, "all" where the usual 20 480 were not enough
 */
export function sqlOf({ kind, name, header }: Source, texts: readonly string[], sample: "some" | "all"): string {
  if (kind === "query") return `(${name.replace(/[\s;]+$/, "")}\n)`;
  if (kind === "parquet") return `read_parquet(${quoted(name)})`;
  if (kind === "json") return `read_json_auto(${quoted(name)}, sample_size = -1)`;
  const own = texts.filter((text) => header!.names.includes(text));
  const options = [
    `delim = ${quoted(header!.delimiter)}, quote = '"', escape = '"', header = true, skip = 0, comment = ''`,
    "strict_mode = true, null_padding = false, auto_type_candidates = ['DOUBLE', 'VARCHAR']",
    ...(own.length === 0 ? [] : [`types = {${own.map((text) => `${quoted(text)}: 'VARCHAR'`).join(", ")}}`]),
    ...(sample === "all" ? ["sample_size = -1"] : []),
  ];
  return `read_csv(${quoted(name)}, ${options.join(", ")})`;
}
