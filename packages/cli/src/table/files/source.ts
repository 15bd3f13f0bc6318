// The meaning of DATA: a file of a known kind, standard input, or an SQL query over files.
import { existsSync, statSync } from "node:fs";
import { extname } from "node:path";
import { DataError, UsageError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { StandardInput } from "../../process/io.ts";
import { type Compression, compressionByEnding } from "./compression.ts";

export type FileKind = "csv" | "parquet" | "json";

/** The format of standard input, as --format names it. */
export type Format = FileKind | "tsv";

/** DATA with its option. */
export interface DataArgument {
  readonly data: string;
  readonly format?: Format | undefined;
  readonly stdin: StandardInput;
}

/** The kind and the name of DATA. */
export interface Source {
  readonly kind: FileKind | "query";
  /** The path of the file or the query as the user wrote it, or "standard input". */
  readonly name: string;
  /** The format of standard input. */
  readonly format?: Format;
}

const kinds: Readonly<Record<string, FileKind>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".parquet": "parquet",
  ".json": "json",
  ".ndjson": "json",
  ".jsonl": "json",
};

/** The endings of a file's name: `data.csv.gz` is a CSV file that is compressed by gzip. */
export interface Endings {
  readonly kind: FileKind;
  /** ".csv". */
  readonly ending: string;
  readonly compression: Compression | undefined;
}

/** The kind and the compression of a file; undefined when its name has another ending. */
export function endingsOf(path: string): Endings | undefined {
  const last = extname(path);
  const compression = compressionByEnding(last);
  const ending = extname(compression === undefined ? path : path.slice(0, -last.length)).toLowerCase();
  const kind = kinds[ending];
  return kind && { kind, ending, compression };
}

/** Whether a file with exactly this name exists; a directory is not a file. */
export const isFile = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();

/** Whether DATA is an SQL query. If a file with this name exists, DATA is the file, even if it looks like a query. */
export const isQuery = (data: string): boolean => !isFile(data) && /^\s*(select|with|from)\s/i.test(data);

/** Whether DATA is standard input. */
export const isStandardInput = (data: string): boolean => data === "-";

/** The name of DATA in messages. */
export const nameOfData = (data: string): string => (isStandardInput(data) ? "standard input" : data);

/**
 * The source that DATA names.
 *
 * @throws UsageError if standard input is a terminal, or --format is set without it; DataError for a file that does not
 * exist or has an unknown kind
 */
export function sourceOf(command: string, { data, format, stdin }: DataArgument): Source {
  if (isStandardInput(data)) {
    if (stdin.isTerminal) {
      throw new UsageError(
        `${command}: DATA is - (standard input), but standard input is the keyboard. ` +
          "Send a table through a pipe: put cat data.csv | before the same command.",
      );
    }
    const kind = format === undefined || format === "tsv" ? "csv" : format;
    return { kind, name: nameOfData(data), format: format ?? "csv" };
  }
  if (format !== undefined) {
    throw new UsageError(
      `${command}: --format sets the format of standard input, but DATA is ${show(data)}. ` +
        "Leave out --format, or pass - as DATA.",
    );
  }
  if (isQuery(data)) return { kind: "query", name: data };
  if (!existsSync(data)) {
    throw new DataError(`${command}: the file ${show(data)} does not exist. ${adviceOn(data)}`);
  }
  if (statSync(data).isDirectory()) {
    throw new DataError(`${command}: ${show(data)} is a directory. Name a file in it.`);
  }
  const kind = endingsOf(data)?.kind;
  if (kind === undefined) {
    throw new DataError(
      `${command}: DATA must be a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file (also with .gz or .zst at the end), ` +
        `- for standard input, or an SQL query, but it is ${show(data)}. ` +
        (!statSync(data).isFile() || data.startsWith("/dev/")
          ? "Send the table to standard input, and pass - as DATA."
          : "Convert the file, or rename it if only its ending is wrong."),
    );
  }
  return { kind, name: data };
}

/** The advice on DATA that is not a file. */
function adviceOn(data: string): string {
  if (/\sfrom\s/i.test(data)) return "An SQL query must begin with SELECT, WITH or FROM.";
  if (/^[a-z0-9]+:\/\//i.test(data)) return "The command reads no addresses of a network: download the file first.";
  if (/[*?[\]]/.test(data)) {
    return `A pattern over several files works in a query: "SELECT * FROM '${data.replaceAll("'", "''")}'".`;
  }
  return "Check the path.";
}
