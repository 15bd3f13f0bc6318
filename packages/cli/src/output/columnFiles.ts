// Files of columns: the formats by the ending of the name.
import { extname } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { withParquet } from "../table/writeParquet.ts";
import { separated, type TableParts, toJson, toNdjson } from "../table/writeTable.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { longPieces, writeOutput } from "./writeOutput.ts";

/** A file of columns, or standard output. */
export interface ColumnFile {
  /** How the text of columns with these names begins, up to the end of a name; undefined for Parquet, which is no text. */
  head(names: readonly string[]): string | undefined;
  /** Writes a table; returns whether an existing file was replaced. */
  write(parts: TableParts, { stdout }: Pick<Terminal, "stdout">): Promise<boolean>;
}

const texts: Readonly<Record<string, (parts: TableParts) => Iterable<string>>> = {
  ".csv": (parts) => separated(parts, ","),
  ".tsv": (parts) => separated(parts, "\t"),
  ".json": toJson,
  ".ndjson": toNdjson,
  ".jsonl": toNdjson,
};

/**
 * The file of --out; CSV on standard output without it.
 *
 * @param contents  what the columns are
 * @throws UsageError for another ending
 */
export function columnFile(
  command: string,
  out: string | undefined,
  contents: "predictions" | "recommendations",
): ColumnFile {
  const ending = out === undefined ? ".csv" : extname(out).toLowerCase();
  const text = texts[ending];
  if (text === undefined && ending !== ".parquet") {
    throw new UsageError(
      `${command}: --out must end in .csv, .tsv, .json, .ndjson or .parquet, got ${show(out)}. Use one of these endings.`,
    );
  }
  return {
    head(names) {
      if (text === undefined) return undefined;
      const begin = [...text([names.map((name) => [name, [0]])])].join("");
      return /^[[{]/.test(begin) ? begin.slice(0, begin.indexOf(":") + 1) : begin.slice(0, begin.indexOf("\n"));
    },
    async write(parts, { stdout }) {
      if (out !== undefined) {
        if (text !== undefined) return writeOutput(out, text(parts));
        return withParquet(command, parts, contents, (bytes) => writeOutput(out, bytes));
      }
      for (const piece of longPieces(separated(parts, ","))) stdout.raw(piece);
      return false;
    },
  };
}
