// What DATA names: a file of a known kind, or an SQL query over files.
import { existsSync, statSync } from "node:fs";
import { extname } from "node:path";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";

export type FileKind = "csv" | "parquet" | "json";

/** DATA, understood. */
export interface Source {
  readonly kind: FileKind | "query";
  /** As the user wrote it: the path of the file, or the query. */
  readonly name: string;
}

const kinds: Readonly<Record<string, FileKind>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".parquet": "parquet",
  ".json": "json",
  ".ndjson": "json",
  ".jsonl": "json",
};

/** The kind of a file by the ending of its name; undefined for another ending. */
export const fileKindOf = (path: string): FileKind | undefined => kinds[extname(path).toLowerCase()];

/** Whether there is a file of exactly this name: no pattern, no directory. */
export const isFile = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();

/** Whether DATA is an SQL query. A file that exists is that file, whatever its name looks like. */
export const isQuery = (data: string): boolean => !isFile(data) && /^\s*(select|with|from)\s/i.test(data);

/**
 * Understands DATA.
 *
 * @throws DataError when the file does not exist, is empty, or is of an unknown kind
 */
export function sourceOf(command: string, data: string): Source {
  if (isQuery(data)) return { kind: "query", name: data };
  if (!existsSync(data)) {
    const advice = /[*?[\]]/.test(data)
      ? `A pattern over several files works in a query: "SELECT * FROM '${data.replaceAll("'", "''")}'".`
      : "Check the path.";
    throw new DataError(`${command}: data must be a file that exists, got ${show(data)}. ${advice}`);
  }
  const kind = fileKindOf(data);
  if (kind === undefined || !isFile(data)) {
    throw new DataError(
      `${command}: data must be a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file or an SQL query, got ${show(data)}. ` +
        "Convert it, or rename it if only its ending is wrong.",
    );
  }
  if (statSync(data).size === 0) {
    throw new DataError(
      `${command}: table must have rows, got the empty file ${show(data)}. Supply a header and rows.`,
    );
  }
  return { kind, name: data };
}
