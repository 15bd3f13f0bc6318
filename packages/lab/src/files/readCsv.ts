// From the text of a CSV file to columns of texts. The library decides what the texts are.
import { type CellColumn, type CsvFault, type CsvRecord, csvDialect, csvRecords } from "downhill";
import type { DecodedText } from "./decodeText.ts";
import type { Reading, ReadingChoices } from "./readTable.ts";

const advices: Readonly<Record<CsvFault["fault"], string>> = {
  empty: "Choose a file with a header and rows.",
  numbers: "Add a line with names, or set that there is no header.",
  row: "Set whether there is a header.",
  title: "Remove the lines before the header, or choose another delimiter.",
};

/** Reads a CSV text. */
export function readCsv({ text, encoding, notes }: DecodedText, choices: ReadingChoices): Reading {
  const { name } = choices;
  const wrong = (...problems: string[]): Reading => ({ table: null, problems });
  if (text.trim() === "") return wrong(`${name} is empty. ${advices.empty}`);
  const dialect = csvDialect(text, choices);
  if ("fault" in dialect) {
    return wrong(`${dialect.text[0]!.toUpperCase()}${dialect.text.slice(1)}. ${advices[dialect.fault]}`);
  }
  const { delimiter, header, names, skip } = dialect;
  const all = [...csvRecords(afterLines(text, skip), { delimiter, blanks: names.length === 1 })];
  const records = all.slice(Number(header));
  const broken = all.find(({ closed, clean }) => !closed || !clean);
  if (broken !== undefined) {
    const line = broken.line + skip;
    return wrong(
      broken.closed
        ? `${name}:${line} has text after a closing quote. Write a quote inside a cell twice, or choose another delimiter.`
        : `${name}:${line} opens a quote that never closes. Close it, or write a quote inside a cell twice.`,
    );
  }
  if (records.length === 0) return wrong(`${name} has a header but no rows. Choose a file with rows.`);
  const ragged = records.filter(({ cells }) => cells.length !== names.length);
  if (ragged.length > 0) {
    const some = ragged.slice(0, 3).map(({ line }) => line + skip);
    return wrong(
      `${name}:${some[0]} has ${cellCount(ragged[0]!)} instead of ${names.length}` +
        `${ragged.length === 1 ? "" : `, and so do ${ragged.length - 1} other lines (${some.slice(1).join(", ")}${ragged.length > 3 ? ", …" : ""})`}. ` +
        "Correct these lines, or choose another delimiter.",
    );
  }
  return {
    table: {
      rows: records.length,
      columns: new Map(names.map((column, j) => [column, textColumn(records, j)])),
      semicolons: delimiter === ";",
    },
    ...{ delimiter, encoding, notes: [...notes, ...dialect.notes] },
    lines: Uint32Array.from(records, ({ line }) => line + skip),
  };
}

const cellCount = ({ cells }: CsvRecord): string => (cells.length === 1 ? "1 cell" : `${cells.length} cells`);

function afterLines(text: string, count: number): string {
  const lines = /[^\r\n]*(?:\r\n|\n|\r)/y;
  lines.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  let from = lines.lastIndex;
  for (let i = 0; i < count && lines.test(text); i++) from = lines.lastIndex;
  return text.slice(from);
}

/** A column as different texts and their positions; −1 is a missing cell. */
function textColumn(records: readonly CsvRecord[], j: number): CellColumn {
  const positions = new Map<string, number>();
  const codes = Int32Array.from(records, ({ cells }) => {
    const cell = cells[j]!;
    if (cell === "") return -1;
    const known = positions.get(cell);
    if (known !== undefined) return known;
    positions.set(cell, positions.size);
    return positions.size - 1;
  });
  return { type: "text", codes, texts: [...positions.keys()] };
}
