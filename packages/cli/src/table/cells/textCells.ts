// A column of texts of the library's cells.
import type { CellTable, TextCells } from "downhill";

/** The text of each row; a missing cell is an empty text. The column was read as text. */
export function textsOf(cells: CellTable, name: string): string[] {
  const { codes, texts } = cells.columns.get(name) as TextCells;
  return Array.from(codes, (code) => texts[code] ?? "");
}
