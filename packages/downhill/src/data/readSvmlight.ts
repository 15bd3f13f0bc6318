import { InputRangeError, known, requireOneOf, requireSize, show } from "../core/check.ts";
import { markSparse, type SparseMatrix } from "../core/sparse.ts";

/** Options of `readSvmlight`. */
export interface SvmlightOptions {
  /** The number of columns, for a model that was fitted to as many [the highest number of a column in the text]. */
  readonly columns?: number;
  /** The number of the first column: 1, or 0 for the files of some programs; "auto": 0 if a row has the column 0, otherwise 1 [1]. */
  readonly firstColumn?: 0 | 1 | "auto";
}

/** The contents of an svmlight file. */
export interface SvmlightData {
  /** The rows. */
  readonly X: SparseMatrix;
  /** The targets; labels of classes are numbers too, such as 1 and −1. */
  readonly y: Float64Array;
  /** The number after `qid:` of each row; null if no row has one. */
  readonly groups: Float64Array | null;
  /** The number of the first column. */
  readonly firstColumn: 0 | 1;
}

const functionName = "readSvmlight";
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads text in the svmlight (LIBSVM) format: a line `target column:number column:number … # comment` for each row, with columns in
 * increasing order. `qid:number` after the target names the group of a row. Empty lines and lines that begin with `#` are left out.
 *
 * @param text  the text, or its pieces in order, which may end anywhere; then the whole text need not be in memory
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
export function readSvmlight(text: string | Iterable<string>, options: SvmlightOptions = {}): SvmlightData {
  const { columns, firstColumn = 1 } = known(functionName, options, "columns", "firstColumn");
  requireOneOf(functionName, "firstColumn", String(firstColumn), ["0", "1", "auto"]);
  if (columns !== undefined) requireSize(functionName, "columns", columns);
  const targets = growing(Float64Array);
  const groups = growing(Float64Array);
  const indptr = growing(Uint32Array);
  const indices = growing(Uint32Array);
  const values = growing(Float64Array);
  indptr.push(0);
  const lowest = firstColumn === 1 ? 1 : 0;
  let [highest, hasColumn0, line] = [-1, false, 0];
  for (const row of linesOf(typeof text === "string" ? [text] : text)) {
    line++;
    const fail = (rule: string, advice: string): never => {
      throw new InputRangeError(`${functionName}: ${rule}, in line ${line}. ${advice}`);
    };
    const numberOf = (part: string, what: string): number => {
      const value = NUMBER.test(part) ? Number(part) : NaN;
      if (Number.isFinite(value)) return value;
      return fail(`${what} must be a finite number, got ${show(part)}`, "Correct the line, or remove it.");
    };
    const comment = row.indexOf("#");
    const parts = (comment < 0 ? row : row.slice(0, comment)).split(/[ \t\r]+/);
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
    let before = -1;
    for (let at = first + 1; at < last; at++) {
      const part = parts[at]!;
      const colon = part.indexOf(":");
      if (at === first + 1 && part.startsWith("qid:")) {
        groups.push(numberOf(part.slice(4), "qid"));
        continue;
      }
      const name = part.slice(0, Math.max(0, colon));
      if (!/^\d+$/.test(name)) fail(`an entry must be column:number, got ${show(part)}`, "Correct the line.");
      const column = Number(name);
      if (column < lowest) fail("the number of a column must be at least 1, got 0", "Pass firstColumn: 0.");
      if (column <= before) {
        const found = column === before ? `${column} twice` : `${column} after ${before}`;
        fail(`the columns of a row must increase, got ${found}`, "Sort the entries, and add up equal columns.");
      }
      if (column >= 4294967295) fail(`the number of a column is too large: ${column}`, "Number the columns from 1.");
      hasColumn0 ||= column === 0;
      const start = lowest === 1 || (firstColumn === "auto" && !hasColumn0) ? 1 : 0;
      if (columns !== undefined && column - start >= columns) {
        fail(`there must be at most columns = ${columns}, got column ${column}`, "Pass more columns.");
      }
      before = column;
      const value = numberOf(part.slice(colon + 1), `column ${column}`);
      if (value === 0) continue;
      indices.push(column);
      values.push(value);
    }
    highest = Math.max(highest, before);
    indptr.push(indices.length());
    if (groups.length() > 0 && groups.length() < targets.length()) {
      fail(`qid must be in all rows or in none, but one is missing up to this row`, "Add it, or remove it.");
    }
  }
  if (targets.length() === 0) {
    throw new InputRangeError(
      `${functionName}: there must be at least one row, got none. Pass lines such as "1 3:0.5".`,
    );
  }
  const start = firstColumn === 0 || (firstColumn === "auto" && hasColumn0) ? 0 : 1;
  const numbers = indices.values();
  if (start === 1) for (let e = 0; e < numbers.length; e++) numbers[e]!--;
  if (columns !== undefined && highest - start >= columns) {
    const rule = `there must be at most columns = ${columns} from column ${start}, got column ${highest}`;
    throw new InputRangeError(`${functionName}: ${rule}. Pass more columns.`);
  }
  const X = markSparse({
    indptr: indptr.values(),
    indices: numbers,
    values: values.values(),
    rows: targets.length(),
    columns: columns ?? Math.max(1, highest - start + 1),
  });
  return { X, y: targets.values(), groups: groups.length() > 0 ? groups.values() : null, firstColumn: start };
}

/** The lines of a text in pieces. */
function* linesOf(pieces: Iterable<string>): Generator<string, void> {
  let rest = "";
  for (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", start)) {
      yield rest + piece.slice(start, end);
      rest = "";
      start = end + 1;
    }
    rest += piece.slice(start);
  }
  if (rest !== "") yield rest;
}

interface Growing<T> {
  push(value: number): void;
  length(): number;
  values(): T;
}

/** A typed array that grows, because an array of JavaScript takes more memory for each number. */
function growing<T extends Float64Array | Uint32Array>(Type: new (length: number) => T): Growing<T> {
  let [data, length] = [new Type(1024), 0];
  return {
    push(value) {
      if (length === data.length) {
        const larger = new Type(2 * length);
        larger.set(data);
        data = larger;
      }
      data[length++] = value;
    },
    length: () => length,
    values: () => data.slice(0, length) as T,
  };
}
