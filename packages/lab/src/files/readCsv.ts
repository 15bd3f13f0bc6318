// The table of a CSV text, or why there is none, with repairs.
import { CsvError, csvTable } from "downhill";
import type { DecodedText } from "./decodeText.ts";
import type { Reading, ReadingChoices } from "./readTable.ts";
import type { Repair } from "./repairs.ts";

/** Reads a CSV text. @param progress  is called with the share of the text that is read */
export function readCsv(
  { text, encoding, notes }: DecodedText,
  choices: ReadingChoices,
  progress: (share: number) => void,
): Reading {
  const { name, delimiter, header, quotes, ragged, decimal } = choices;
  try {
    const table = csvTable(text, {
      ...{ name, progress },
      ...(delimiter !== undefined && { delimiter }),
      ...(header !== undefined && { header }),
      ...(quotes !== undefined && { quotes }),
      ...(ragged !== undefined && { ragged }),
      ...(decimal !== undefined && { decimal }),
    });
    return { table, delimiter: table.delimiter, encoding, notes: [...notes, ...table.notes], lines: table.lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { what, fault, lines } = error;
    const [advice, ...repairs] = helpFor[fault];
    const sentence = `${what[0]!.toUpperCase()}${what.slice(1)}. ${advice}`;
    const isName = what.startsWith(`${name}:`) || what.startsWith(name);
    return { table: null, problems: [isName ? `${what}. ${advice}` : sentence], lines, repairs };
  }
}

const other = "choose another delimiter";
const letters: Repair = { label: "Read quotes as letters", reading: { quotes: false } };
const noHeader: Repair = { label: "There is no header", reading: { header: false } };

/** For each fault, what the user can do, and what the page can do. */
const helpFor: Readonly<Record<CsvError["fault"], readonly [advice: string, ...repairs: Repair[]]>> = {
  empty: ["Choose a file with a header and rows."],
  rows: ["Choose a file with rows."],
  numbers: ["Add a line with names, or set that there is no header.", noHeader],
  row: [
    "Set whether there is a header.",
    noHeader,
    { label: "The first line is the header", reading: { header: true } },
  ],
  title: [`Remove the lines before the header, or ${other}.`],
  ragged: [
    `Correct these lines, or ${other}.`,
    { label: "Fill and cut these lines", reading: { ragged: "pad" } },
    { label: "Leave these lines out", reading: { ragged: "leaveOut" } },
  ],
  unclosed: ["Close it, or write a quote inside a cell twice.", letters],
  afterQuote: [`Write a quote inside a cell twice, or ${other}.`, letters],
};
