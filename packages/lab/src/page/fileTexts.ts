// Sentences about a file that was read.

import { formatCount } from "@downhill/plots/format";
import type { ReadFile } from "../files/fileProtocol.ts";

/** The names of the delimiters. */
export const delimiterNames: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
};

/** How a file was read, and what is used of it. */
export function readingText(name: string, { facts, notes, report }: ReadFile): string {
  const { delimiter, encoding, rows, fileRows, columns } = facts;
  const kind =
    delimiter === null
      ? "a Parquet file"
      : `text with ${delimiterNames[delimiter] ?? `“${delimiter}”`} between the cells${encoding === "utf-8" ? "" : `, in ${encoding}`}`;
  const size = `${formatCount(fileRows)} rows and ${formatCount(columns.length)} columns`;
  const sample = rows === fileRows ? "" : ` A random sample of ${formatCount(rows)} rows is used.`;
  const decisions = notes.map((note) => ` ${note[0]!.toUpperCase()}${note.slice(1)}.`).join("");
  return `${name} was read as ${kind}, with ${size}.${sample}${decisions}${report.use === null ? "" : ` Used: ${report.use}.`}`;
}
