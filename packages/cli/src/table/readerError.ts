// What DuckDB says in twenty lines, as one sentence.
import { DataError, show } from "../errors.ts";
import { firstMisfit } from "./csvText.ts";
import type { Source } from "./source.ts";

/** The error to show for what the reader threw. */
export function readerError(who: string, source: Source, error: unknown): unknown {
  if (error instanceof DataError || !(error instanceof Error)) return error;
  const { message } = error;
  const { kind, name, header } = source;
  if (/not utf-?8 encoded/i.test(message) && kind === "csv") {
    const line = /Line: (\d+)/.exec(message)?.[1];
    const where = line === undefined ? name : `${name}:${line}`;
    return new DataError(`${who}: data must be UTF-8 text, got other bytes at ${where}. Save the file as UTF-8.`);
  }
  if (kind === "csv" && /CSV Error|sniffing/.test(message)) {
    const misfit = firstMisfit(name, header!);
    if (misfit && !misfit.closed) {
      return new DataError(
        `${who}: every quote must be closed, got one that never ends at ${name}:${misfit.line}. Close it, or double it.`,
      );
    }
    if (misfit) {
      return new DataError(
        `${who}: every line must have the ${header!.names.length} cells of the header, ` +
          `got ${misfit.cells.length} at ${name}:${misfit.line}. Correct the line.`,
      );
    }
  }
  const first = message
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "")!;
  const said = show(first.replace(/^[A-Z]\w+( \w+)* Error: /, ""), 200);
  return kind === "query"
    ? new DataError(`${who}: query must be SQL that DuckDB can run, got ${said}. Correct the query.`)
    : new DataError(`${who}: data must be a readable ${kind} file, got ${said} in ${name}. Write the file again.`);
}
