// Columns as CSV text.
import type { Columns } from "../state/generatedTable.ts";

/** A text as a cell of a CSV file. */
export const csvCell = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The CSV text of columns. A number has as many digits as are needed to read the same number again. */
export function tableCsv(columns: Columns): string {
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.length;
  const lines = Array.from({ length: rows }, (_, row) =>
    names.map((name) => csvCell(String(columns[name]![row]))).join(","),
  );
  return `${[names.map(csvCell).join(","), ...lines].join("\n")}\n`;
}
