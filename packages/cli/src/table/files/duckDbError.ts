import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { Source } from "./source.ts";

/** Whether DuckDB threw the error; its errors have no class of their own. */
export const isDuckDbError = (error: unknown): error is Error => error instanceof Error && error.constructor === Error;

/**
 * DuckDB's error as one line; any other error is unchanged.
 *
 * @param named  replaces the paths of copies by the names of their files
 */
export function duckDbError(
  command: string,
  error: unknown,
  { source, named }: { readonly source: Source; readonly named: (message: string) => string },
): unknown {
  if (!isDuckDbError(error)) return error;
  const { kind, name, format } = source;
  const first = named(error.message)
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "")!;
  const reason = show(first.replace(/^[A-Z]\w+( \w+)* Error: /, ""), 200);
  const advice = format === undefined ? "Write the file again." : "Check that --format is the format of the data.";
  const queryAdvice = /\.(xlsx?|ods)\b/i.test(reason)
    ? "Save the sheet of the workbook as CSV in the spreadsheet program, and use that file."
    : "Correct the query.";
  return kind === "query"
    ? new DataError(`${command}: DuckDB cannot run the query: ${reason}. ${queryAdvice}`)
    : new DataError(`${command}: ${show(name)} cannot be read: ${reason}. ${advice}`);
}
