// Finds the problem in a CSV file that DuckDB cannot read. DuckDB stores the lines that it rejects in a table.

import { formatCount } from "@downhill/plots/format";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type CsvDialect, csvRecords } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { shellWord } from "../../terminal/shellWord.ts";
import { unpackers } from "../files/compression.ts";
import type { PlainFile } from "../files/plainFile.ts";
import { columnAt } from "./csvSql.ts";
import { walkLines } from "./walkLines.ts";

/**
 * The first problem: columns with cells that are not numbers, a line that cannot be read, or an unknown problem. `others` are
 * the next lines with the same problem, `otherCount` is their number.
 */
export type CsvProblem =
  | { readonly kind: "cast"; readonly columns: readonly number[] }
  | {
      readonly kind: "line";
      readonly type: string;
      readonly line: number;
      readonly text: string;
      readonly others: readonly number[];
      readonly otherCount: number;
    }
  | { readonly kind: "unknown" };

const columnCounts = ["MISSING COLUMNS", "TOO MANY COLUMNS"]; // error types of DuckDB
const MAX_LINES = 5; // line numbers in an error
const MAX_KEPT = 10_000;
let reads = 0;

/**
 * Reads a whole file, and finds its first problem.
 *
 * @param relationOf  the SQL that reads the file and keeps this number of rejected lines
 */
export async function problemIn(
  connection: DuckDBConnection,
  relationOf: (rejects: number) => string,
): Promise<CsvProblem> {
  reads += 1;
  const [kept, scans] = [`rejected_${reads}`, `scanned_${reads}`];
  const relation = relationOf(MAX_KEPT).replace(/\)$/, `, rejects_table = '${kept}', rejects_scan = '${scans}')`);
  try {
    await connection.run(`SELECT count(COLUMNS(*)) FROM ${relation}`);
  } catch {
    return { kind: "unknown" };
  }
  const lines = await connection.run(
    `SELECT error_type::VARCHAR, line, csv_line FROM ${kept} WHERE error_type <> 'CAST' ORDER BY line, column_idx LIMIT 1`,
  );
  const [first] = await lines.getRows();
  if (first !== undefined) {
    const [type, line, text] = [String(first[0]), Number(first[1]), String(first[2])];
    const same = await connection.run(
      `SELECT DISTINCT line FROM ${kept} WHERE error_type::VARCHAR LIKE '%COLUMNS' AND line > ${line} ORDER BY line`,
    );
    const others = columnCounts.includes(type) ? (await same.getRows()).map(([each]) => Number(each)) : [];
    return { kind: "line", type, line, text, others: others.slice(0, MAX_LINES), otherCount: others.length };
  }
  const casts = await connection.run(`SELECT DISTINCT column_name FROM ${kept} WHERE error_type = 'CAST'`);
  const columns = (await casts.getRows()).map((row) => Number(String(row[0]).slice(columnAt(0).length - 1)));
  return columns.length === 0 ? { kind: "unknown" } : { kind: "cast", columns };
}

/** The error for a problem. */
export function csvError(
  command: string,
  { file, dialect, problem, error }: { file: PlainFile; dialect: CsvDialect; problem: CsvProblem; error: unknown },
): unknown {
  if (problem.kind === "cast") return error;
  if (problem.kind === "unknown") return mixedLineEnds(command, file, dialect) ?? error;
  const { type, line, text, others, otherCount } = problem;
  const where = `${file.name}:${line}`;
  const record = csvRecords(text, { delimiter: dialect.delimiter }).next().value;
  if (type === "UNQUOTED VALUE") {
    const fault = record?.closed === false ? "is never closed" : `is not closed correctly: ${show(text.trim(), 40)}`;
    return new DataError(
      `${command}: a quote at ${where} ${fault}. Close it, or write it twice if it is part of the text.`,
    );
  }
  if (columnCounts.includes(type)) {
    const [cells, names] = [record?.cells.length ?? 0, dialect.names.length];
    const comment = text.startsWith("#") ? " If it is a comment, add --comment '#'." : "";
    return new DataError(
      `${command}: ${where} has ${cells} ${cells === 1 ? "cell" : "cells"}, but ${dialect.header ? "the header" : "the first line"} has ${names}. ${correctLines(others, otherCount)}${comment}`,
    );
  }
  return new DataError(`${command}: ${where} cannot be read (${type.toLowerCase()}). Correct the line.`);
}

/** "Correct the line.", or "Correct this line and 2 more (lines 9, 12)." */
function correctLines(others: readonly number[], count: number): string {
  if (count === 0) return "Correct the line.";
  const more = count >= MAX_KEPT - 1 ? `at least ${formatCount(count)}` : formatCount(count);
  const numbers = others.map(String).join(", ");
  return `Correct this line and ${more} more (${others.length === 1 ? "line" : "lines"} ${numbers}${others.length < count ? ", …" : ""}).`;
}

/** The error for a file with different line ends, which DuckDB does not report. */
function mixedLineEnds(
  command: string,
  { path, name, origin }: PlainFile,
  { delimiter, skip }: CsvDialect,
): DataError | undefined {
  const { ends } = walkLines(path, { delimiter, skip, record: -1, blanks: false });
  if (ends.size < 2) return undefined;
  const shown = [...ends].map((end) => JSON.stringify(end)).join(" and ");
  const tidy = ends.has("\r") ? "tr '\\r' '\\n'" : "tr -d '\\r'";
  const advice =
    origin === "pipe" || origin === "input"
      ? `Correct the lines first: put ${tidy} < FILE | before the command`
      : `Rewrite the file, for example with ${origin === "file" ? `${tidy} < ${shellWord(name)}` : `${unpackers[origin]} ${shellWord(name)} | ${tidy}`} > tidy.csv`;
  return new DataError(`${command}: the lines of ${show(name)} have different line ends, ${shown}. ${advice}.`);
}
