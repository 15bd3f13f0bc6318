// The columns of a factorization.
import type { CellTable, Dialect, Label, TextCells } from "downhill";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";

/**
 * The users or items of rows, as they are written.
 *
 * @param rows  the rows; null for all of them
 * @throws DataError for a missing cell
 */
export function labelsOf(
  cells: CellTable,
  name: string,
  { functionName, locate }: Dialect,
  rows: Uint32Array | null = null,
): Label[] {
  const { codes, texts } = cells.columns.get(name) as TextCells;
  const missing = codes.indexOf(-1);
  if (missing >= 0) {
    const count = codes.reduce((sum, code) => sum + Number(code < 0), 0);
    throw new DataError(
      `${functionName}: column ${show(name)} must have no missing cells, but ` +
        `${count === 1 ? "1 cell is missing" : `${count} cells are missing; the first is`} at ${locate(missing)}. ` +
        "Supply the cells, or remove their rows.",
    );
  }
  return Array.from(rows ?? codes.keys(), (row) => texts[codes[row]!]!);
}
