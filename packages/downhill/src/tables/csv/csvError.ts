import { InputRangeError } from "../../core/check.ts";

/**
 * Why a CSV text cannot be read. "empty": there is no record. "numbers": the first line has numbers instead of names. "row": the
 * first line looks like a row. "title": the first line has fewer cells than all lines from a later one on. "rows": there is a
 * header alone. "ragged": lines have another number of cells than the header. "unclosed": a quote never closes. "afterQuote": a
 * text follows a closing quote.
 */
export type CsvFault = "empty" | "numbers" | "row" | "title" | "rows" | "ragged" | "unclosed" | "afterQuote";

const advices: Readonly<Record<CsvFault, string>> = {
  empty: "Pass a header and rows",
  numbers: "Add a line with names, or set header to false",
  row: "Set header to false if it is a row, and to true otherwise",
  title: "Remove the lines before the header, or set the delimiter",
  rows: "Add rows",
  ragged: 'Correct these lines, or set ragged to "pad" or "leaveOut"',
  unclosed: "Close it, write a quote inside a cell twice, or set quotes to false",
  afterQuote: "Write a quote inside a cell twice, or set the delimiter",
};

/**
 * The error of a CSV text that cannot be read.
 *
 * @example
 * ```ts
 * import { CsvError, csvTable } from "downhill";
 *
 * try {
 *   csvTable("a,b\n1,2\n3\n");
 * } catch (error) {
 *   if (!(error instanceof CsvError)) throw error;
 *   error.fault; // "ragged"
 *   error.lines; // [3]
 * }
 * ```
 */
export class CsvError extends InputRangeError {
  /** The name of the class. */
  override readonly name = "CsvError";
  /** The kind of the fault. */
  readonly fault: CsvFault;
  /** What is wrong, as a sentence without an advice and without a full stop. */
  readonly what: string;
  /** The lines with the fault, from 1. For a title, its line, and the line that is probably the header. */
  readonly lines: readonly number[];

  /** @param lines  the lines with the fault, from 1 */
  constructor(functionName: string, fault: CsvFault, what: string, lines: readonly number[] = []) {
    super(`${functionName}: ${what}. ${advices[fault]}.`);
    this.fault = fault;
    this.what = what;
    this.lines = lines;
  }
}
