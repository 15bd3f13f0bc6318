// What DuckDB says in twenty lines, as one sentence.
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { Source } from "./source.ts";

/** Whether DuckDB threw it: its errors are of no class of their own. */
export const isDuckDbError = (error: unknown): error is Error => error instanceof Error && error.constructor === Error;

/**
 * The error to show for what the reader threw.
 *
 * @param named  puts the names of files in place of the paths of their copies
 */
export function duckDbError(
  command: string,
  { kind, name, format }: Source,
  named: (message: string) => string,
  error: unknown,
): unknown {
  if (!isDuckDbError(error)) return error;
  const first = named(error.message)
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "")!;
  const said = show(first.replace(/^[A-Z]\w+( \w+)* Error: /, ""), 200);
  const advice = format === undefined ? "Write the file again." : "Check that --format is the format of the data.";
  return kind === "query"
    ? new DataError(`${command}: query must be SQL that DuckDB can run, got ${said}. Correct the query.`)
    : new DataError(`${command}: data must be a readable ${kind} file, got ${said} in ${name}. ${advice}`);
}
