// The meaning of DATA: a file of a known kind, standard input, or an SQL query over files.
import { existsSync, statSync } from "node:fs";
import { extname } from "node:path";
import { DataError, UsageError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { StandardInput } from "../../process/io.ts";
import { type Compression, compressionByEnding } from "./compression.ts";
import { isPattern } from "./sqlText.ts";
import { isNamedSvmlight, isSvmlight } from "./svmlight.ts";

export type FileKind = "csv" | "parquet" | "json";

/** The format of standard input, as --format names it. */
export type Format = FileKind | "tsv";

/** How a CSV file is written, if the command cannot find it out. */
export interface CsvOptions {
  /** The encoding of the text, as the WHATWG standard names it. */
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** The character at the start of a line that is no row. */
  readonly comment?: string | undefined;
  /** Whether the first line contains the names of the columns. */
  readonly header?: boolean | undefined;
}

/** The options that every command that reads DATA has. */
export interface ReadingOptions extends CsvOptions {
  /** The format of standard input. */
  readonly format?: Format | undefined;
}

/** DATA with its options. */
export interface DataArgument extends ReadingOptions {
  readonly data: string;
  readonly stdin: StandardInput;
}

/** The kind and the name of DATA. */
export interface Source {
  /** A pattern names several files, such as part-*.csv. */
  readonly kind: "file" | "pattern" | "input" | "query";
  /** The path, the pattern or the query as the user wrote it, or "standard input". */
  readonly name: string;
  /** The format of standard input. */
  readonly format?: Format | undefined;
}

const kinds: Readonly<Record<string, FileKind>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".tab": "csv",
  ".txt": "csv",
  ".data": "csv",
  ".dat": "csv",
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

/** Whether DATA is a pattern for several files. */
export const isFilePattern = (data: string): boolean =>
  isPattern(data) && !existsSync(data) && !isQuery(data) && !looksLikeQuery.test(data) && !address.test(data);

const looksLikeQuery = /\sfrom\s/i;
const address = /^[a-z0-9]+:\/\//i;

/** Whether DATA is standard input. */
export const isStandardInput = (data: string): boolean => data === "-";

/** The name of DATA in messages. */
export const nameOfData = (data: string): string => (isStandardInput(data) ? "standard input" : data);

/**
 * The source that DATA names.
 *
 * @throws UsageError if standard input is a terminal, or --format is set without it; DataError for a file that does not exist
 */
export function sourceOf(command: string, { data, format, stdin }: DataArgument): Source {
  if (isStandardInput(data)) {
    if (stdin.isTerminal) {
      throw new UsageError(
        `${command}: DATA is - (standard input), but standard input is the keyboard. ` +
          "Send a table through a pipe: put cat data.csv | before the same command.",
      );
    }
    return { kind: "input", name: nameOfData(data), format };
  }
  if (format !== undefined) {
    throw new UsageError(
      `${command}: --format sets the format of standard input, but DATA is ${show(data)}. ` +
        "Leave out --format, or pass - as DATA.",
    );
  }
  if (isQuery(data)) return { kind: "query", name: data };
  if (isFilePattern(data)) {
    if (isNamedSvmlight(data)) {
      throw new DataError(
        `${command}: ${show(data)} names several svmlight files, but the command reads one. Write them into one file with cat.`,
      );
    }
    return { kind: "pattern", name: data };
  }
  if (!existsSync(data)) {
    throw new DataError(`${command}: the file ${show(data)} does not exist. ${adviceOn(data)}`);
  }
  if (statSync(data).isDirectory()) {
    throw new DataError(`${command}: ${show(data)} is a directory. Name a file in it.`);
  }
  if (isSvmlight(data)) {
    throw new DataError(
      `${command}: ${show(data)} is an svmlight file, but the model predicts from the columns of a table. ` +
        "Pass a table, or a model that was trained on an svmlight file.",
    );
  }
  return { kind: "file", name: data };
}

/** The advice on DATA that is not a file. */
function adviceOn(data: string): string {
  if (looksLikeQuery.test(data)) return "An SQL query must begin with SELECT, WITH or FROM.";
  if (/^[a-z0-9]+:\/\//i.test(data)) return "The command reads no addresses of a network: download the file first.";
  return "Check the path.";
}
