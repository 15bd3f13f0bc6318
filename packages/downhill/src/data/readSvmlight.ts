import { InputRangeError, known, requireOneOf, requireSize, show } from "../core/check.ts";
import { markSparse, type SparseMatrix } from "../core/sparse.ts";

/** Options of `readSvmlight`. */
export interface SvmlightOptions {
  /** The number of columns, for a model that was fitted to as many [the highest number of a column in the text]. */
  readonly columns?: number;
  /** The number of the first column: 1, or 0 for the files of some programs [1]. */
  readonly firstColumn?: 0 | 1;
}

/** The contents of an svmlight file. */
export interface SvmlightData {
  /** The rows. */
  readonly X: SparseMatrix;
  /** The targets; labels of classes are numbers too, such as 1 and −1. */
  readonly y: Float64Array;
  /** The number after `qid:` of each row; null if no row has one. */
  readonly groups: Float64Array | null;
}

const functionName = "readSvmlight";
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads text in the svmlight (LIBSVM) format: a line `target column:number column:number … # comment` for each row, with columns in
 * increasing order. `qid:number` after the target names the group of a row. Empty lines and lines that begin with `#` are left out.
 *
 * @throws RangeError for text of another form; the message has the line
 *
 * @example
 * ```ts
 * import { logisticRegression, readSvmlight } from "downhill";
 *
 * const { X, y } = readSvmlight("1 1:0.5 3:2\n-1 2:1 # a comment\n");
 * X.columns; // 3
 * logisticRegression().fit(X, y).predict(X); // [1, -1]
 * ```
 */
export function readSvmlight(text: string, options: SvmlightOptions = {}): SvmlightData {
  const { columns, firstColumn = 1 } = known(functionName, options, "columns", "firstColumn");
  requireOneOf(functionName, "firstColumn", String(firstColumn), ["0", "1"]);
  if (columns !== undefined) requireSize(functionName, "columns", columns);
  const targets: number[] = [];
  const groups: number[] = [];
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  let width = 0;
  for (let start = 0, line = 1; start < text.length; line++) {
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    const comment = text.indexOf("#", start);
    const parts = text.slice(start, comment >= 0 && comment < end ? comment : end).split(/[ \t\r]+/);
    start = end + 1;
    const fail = (rule: string, advice: string): never => {
      throw new InputRangeError(`${functionName}: ${rule}, in line ${line}. ${advice}`);
    };
    const numberOf = (part: string, what: string): number => {
      const value = NUMBER.test(part) ? Number(part) : NaN;
      if (Number.isFinite(value)) return value;
      return fail(`${what} must be a finite number, got ${show(part)}`, "Correct the line, or remove it.");
    };
    const first = parts[0] === "" ? 1 : 0;
    const last = parts.at(-1) === "" ? parts.length - 1 : parts.length;
    if (first >= last) continue;
    if (parts[first]!.includes(",")) {
      fail(
        `a row must have one target, got ${show(parts[first])}`,
        "Write a file with one label per row for each label.",
      );
    }
    targets.push(numberOf(parts[first]!, "the target"));
    let before = firstColumn - 1;
    for (let at = first + 1; at < last; at++) {
      const part = parts[at]!;
      const colon = part.indexOf(":");
      if (at === first + 1 && part.startsWith("qid:")) {
        groups.push(numberOf(part.slice(4), "qid"));
        continue;
      }
      const column = /^\d+$/.test(part.slice(0, colon)) ? Number(part.slice(0, colon)) : NaN;
      if (colon < 1 || Number.isNaN(column))
        fail(`an entry must be column:number, got ${show(part)}`, "Correct the line.");
      if (column < firstColumn) fail("the number of a column must be at least 1, got 0", "Pass firstColumn: 0.");
      if (column <= before) {
        const found = column === before ? `${column} twice` : `${column} after ${before}`;
        fail(`the columns of a row must increase, got ${found}`, "Sort the entries, and add up equal columns.");
      }
      if (columns !== undefined && column - firstColumn >= columns) {
        fail(`there must be at most columns = ${columns}, got column ${column}`, "Pass more columns.");
      }
      if (column - firstColumn >= 4294967295)
        fail(`the number of a column is too large: ${column}`, "Number the columns from 1.");
      before = column;
      const value = numberOf(part.slice(colon + 1), `column ${column}`);
      if (value === 0) continue;
      indices.push(column - firstColumn);
      values.push(value);
    }
    width = Math.max(width, before - firstColumn + 1);
    indptr.push(indices.length);
    if (groups.length > 0 && groups.length < targets.length) {
      fail(`qid must be in all rows or in none, but one is missing up to this row`, "Add it, or remove it.");
    }
  }
  if (targets.length === 0) {
    throw new InputRangeError(
      `${functionName}: there must be at least one row, got none. Pass lines such as "1 3:0.5".`,
    );
  }
  const X = markSparse({
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    values: Float64Array.from(values),
    rows: targets.length,
    columns: columns ?? Math.max(1, width),
  });
  return { X, y: Float64Array.from(targets), groups: groups.length > 0 ? Float64Array.from(groups) : null };
}
