// Columns as text.
import type { Label } from "downhill";

/** Columns by name, all equally long. */
export type Columns = [name: string, values: ArrayLike<Label>][];

/** One line per row under a header, quoted where a cell needs it (RFC 4180). */
export function separated(columns: Columns, delimiter: string): string {
  const quoted = (value: Label): string => {
    const text = String(value);
    return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(([name]) => quoted(name)).join(delimiter)];
  const rows = columns[0]![1].length;
  for (let row = 0; row < rows; row++) lines.push(columns.map(([, values]) => quoted(values[row]!)).join(delimiter));
  return `${lines.join("\n")}\n`;
}

/** An array of records, one per line. */
export function toJson(columns: Columns): string {
  const records = Array.from({ length: columns[0]![1].length }, (_, row) =>
    JSON.stringify(Object.fromEntries(columns.map(([name, values]) => [name, values[row]!]))),
  );
  return `[\n${records.join(",\n")}\n]\n`;
}
