// The library's table of cells that are in temporary files.
import type { CellColumn, CellParts, CellTable, ShareWork, TextCells } from "downhill";
import type { ColumnsRead } from "../table/cells/reader.ts";
import { type CellFile, MAX_ROWS, type StoredColumn } from "./cellFile.ts";
import type { RowProgress } from "./rowProgress.ts";
import type { ScratchFile } from "./scratchFile.ts";

/** How the parts of cells are read. */
export interface CellPartsOptions {
  readonly share?: ShareWork | undefined;
  /** Is called when a pass over the rows begins, and with the rows that it has reached. */
  readonly progress?: Pick<RowProgress, "begin" | "pass"> | undefined;
}

/** The library's table of the columns that were written. A part is valid until the next one is requested. */
export function cellPartsOf(
  { rows, columns, semicolons }: ColumnsRead<StoredColumn> & { semicolons: boolean },
  { share, progress }: CellPartsOptions = {},
): CellParts {
  const all = [...columns.values()].flatMap(({ stored }) => (stored === null ? [] : [stored.file.rowsPerPart]));
  const rowsPerPart = Math.min(MAX_ROWS, ...all);
  return {
    rows,
    semicolons,
    columns: new Map([...columns].map(([name, { facts }]) => [name, facts])),
    ...(share && { share }),
    *parts(names) {
      const buffers = new Map(names.map((name) => [name, new ArrayBuffer(8 * Math.min(rows, rowsPerPart))]));
      progress?.begin();
      for (let from = 0; from < rows; from += rowsPerPart) {
        progress?.pass(from, rows);
        const count = Math.min(rowsPerPart, rows - from);
        const part = names.map(
          (name) => [name, cellsOf(columns.get(name)!, buffers.get(name)!, { from, count })] as const,
        );
        yield { rows: count, columns: new Map(part) } satisfies CellTable;
      }
    },
  };
}

interface Range {
  readonly from: number;
  readonly count: number;
}

/** Reads the cells of some rows. */
function cellsOf({ facts, stored }: StoredColumn, buffer: ArrayBuffer, range: Range): CellColumn {
  if (facts.type === "other") return facts;
  const { file, offset, codes } = stored!;
  const bytes = facts.type === "text" ? 4 : 8;
  const cells = new Uint8Array(buffer, 0, range.count * bytes);
  let first = 0; // of the section
  for (const [i, { scratch, rows }] of file.sections.entries()) {
    const from = Math.max(range.from, first);
    const to = Math.min(range.from + range.count, first + rows);
    if (from < to) {
      const into = cells.subarray((from - range.from) * bytes, (to - range.from) * bytes);
      readRange(scratch, { ...file, offset, bytes, rows }, into, { from: from - first, count: to - from });
      if (codes !== null) recode(new Int32Array(buffer, into.byteOffset, to - from), codes[i]!);
    }
    first += rows;
  }
  if (facts.type === "text") {
    return { type: "text", codes: new Int32Array(buffer, 0, range.count), texts: facts.texts } satisfies TextCells;
  }
  const values = new Float64Array(buffer, 0, range.count);
  return facts.type === "number" || facts.type === "boolean"
    ? { type: facts.type, values, start: 0, step: 1 }
    : { type: facts.type, milliseconds: values };
}

function recode(own: Int32Array, codes: Int32Array): void {
  for (let i = 0; i < own.length; i++) if (own[i]! >= 0) own[i] = codes[own[i]!]!;
}

interface ColumnOfSection extends Pick<CellFile, "rowsPerPart" | "rowBytes"> {
  readonly offset: number;
  readonly bytes: number;
  /** The number of rows of the section. */
  readonly rows: number;
}

/** Reads the cells of a column in some rows, which may be in several parts of a section. */
function readRange(
  scratch: Pick<ScratchFile, "read">,
  { rowsPerPart, rowBytes, offset, bytes, rows }: ColumnOfSection,
  into: Uint8Array,
  { from, count }: Range,
): void {
  for (let row = from; row < from + count; ) {
    const part = Math.floor(row / rowsPerPart);
    const first = part * rowsPerPart;
    const size = Math.min(rowsPerPart, rows - first);
    const to = Math.min(from + count, first + size);
    const position = first * rowBytes + offset * size + (row - first) * bytes;
    scratch.read(position, into.subarray((row - from) * bytes, (to - from) * bytes));
    row = to;
  }
}
