// A table as CSV text.
import type { CellColumn, CellTable } from "downhill";
import type { Columns } from "../state/generatedTable.ts";

/** A text as a cell of a CSV file. */
export const csvCell = (text: string): string =>
  /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * The CSV text of a table. A number has as many digits as are needed to read the same number again. The cells of a table with decimal
 * commas have semicolons between them.
 */
export function tableCsv(table: Columns | CellTable): string {
  const { rows, columns } = isCellTable(table) ? table : cellsOfLists(table);
  const delimiter = isCellTable(table) && table.semicolons === true ? ";" : ",";
  const names = [...columns.keys()];
  const cells = [...columns.values()].map((column) => (row: number) => csvCell(cellText(column, row)));
  const lines = Array.from({ length: rows }, (_, row) => cells.map((cell) => cell(row)).join(delimiter));
  return `${[names.map(csvCell).join(delimiter), ...lines].join("\n")}\n`;
}

type List = Columns[string];

const isCellTable = (table: Columns | CellTable): table is CellTable => table.columns instanceof Map;

const cellsOfLists = (lists: Columns): { rows: number; columns: ReadonlyMap<string, List> } => {
  const columns = new Map(Object.entries(lists));
  return { rows: [...columns.values()][0]!.length, columns };
};

/** The text of a cell; "" for a missing one. */
function cellText(column: CellColumn | List, row: number): string {
  if (!("type" in column)) return String(column[row]);
  switch (column.type) {
    case "text":
      return column.texts[column.codes[row]!] ?? "";
    case "number":
    case "boolean": {
      const value = column.values[column.start + row * column.step]!;
      if (Number.isNaN(value)) return "";
      return column.type === "boolean" ? String(value === 1) : String(value);
    }
    case "other":
      return "";
    default: {
      const time = column.milliseconds[row]!;
      if (Number.isNaN(time)) return "";
      const text = new Date(time).toISOString();
      if (column.type === "date") return text.slice(0, 10);
      return column.type === "time" ? text.slice(11, 23) : text.slice(0, column.type === "instant" ? 24 : 23);
    }
  }
}
