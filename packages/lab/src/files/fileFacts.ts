// What the page shows of a file before it is used.
import { type CellColumn, inspectTable } from "downhill";
import type { ReadTable } from "./readTable.ts";

/** A column of a file. */
export interface FileColumn {
  readonly name: string;
  /** As what it is read: number, category, date, …; null where nothing can be read. */
  readonly kind: string | null;
  readonly missing: number;
}

/** The columns and the first rows of a file. */
export interface FileFacts {
  readonly rows: number;
  readonly columns: readonly FileColumn[];
  /** Each of the first rows: the number of its line in the file, or of the row where a file has no lines, and its cells as texts. */
  readonly preview: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

const PREVIEW = 50; // rows

/** The facts about a table. */
export function fileFacts({ table, lines }: ReadTable): FileFacts {
  const { rows, columns } = inspectTable(table);
  const cells = [...table.columns.values()];
  return {
    rows,
    columns: columns.map(({ name, kind, missing }) => ({ name, kind, missing: missing ?? 0 })),
    preview: Array.from({ length: Math.min(PREVIEW, rows) }, (_, row) => ({
      line: lines?.[row] ?? row + 1,
      cells: cells.map((column) => cellText(column, row)),
    })),
  };
}

/** A cell as text; "" where it is missing. */
function cellText(column: CellColumn, row: number): string {
  if (column.type === "text") return column.texts[column.codes[row]!] ?? "";
  if (column.type === "other") return `(${column.contents})`;
  if ("values" in column) {
    const value = column.values[column.start + row * column.step]!;
    if (Number.isNaN(value)) return "";
    return column.type === "boolean" ? String(value === 1) : String(value);
  }
  const time = column.milliseconds[row]!;
  if (Number.isNaN(time)) return "";
  const text = new Date(time).toISOString();
  return column.type === "time" ? text.slice(11, 19) : text.slice(0, column.type === "date" ? 10 : 19);
}
