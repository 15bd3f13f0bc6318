// A random sample of the rows of a large table. The same file and number give the same rows.
import { type CellColumn, type CellTable, random } from "downhill";

/** The rows of a sample, in their order, with their lines. */
export function sampled(
  table: CellTable,
  lines: Uint32Array,
  count: number,
): { readonly table: CellTable; readonly lines: Uint32Array } {
  const rows = sampleOf(table.rows, count);
  const columns = new Map([...table.columns].map(([name, column]) => [name, cellsAt(column, rows)]));
  return { table: { ...table, rows: count, columns }, lines: Uint32Array.from(rows, (row) => lines[row]!) };
}

/** Ascending positions, each set of this size with the same probability. */
function sampleOf(size: number, count: number): Uint32Array {
  const draw = random(0);
  const rows = new Uint32Array(count);
  let taken = 0;
  for (let row = 0; taken < count; row++) {
    if (draw.uniform() * (size - row) < count - taken) rows[taken++] = row;
  }
  return rows;
}

/** The cells of some rows. Texts that are in none of them are left out. */
function cellsAt(column: CellColumn, rows: Uint32Array): CellColumn {
  switch (column.type) {
    case "other":
      return column;
    case "text": {
      const texts: string[] = [];
      const positions = new Map<number, number>();
      const codes = Int32Array.from(rows, (row) => {
        const code = column.codes[row]!;
        if (code < 0) return -1;
        let position = positions.get(code);
        if (position === undefined) {
          position = texts.length;
          positions.set(code, position);
          texts.push(column.texts[code]!);
        }
        return position;
      });
      return { type: "text", codes, texts };
    }
    case "number":
    case "boolean": {
      const { values, start, step } = column;
      return { ...column, values: Float64Array.from(rows, (row) => values[start + row * step]!), start: 0, step: 1 };
    }
    default:
      return { ...column, milliseconds: Float64Array.from(rows, (row) => column.milliseconds[row]!) };
  }
}
