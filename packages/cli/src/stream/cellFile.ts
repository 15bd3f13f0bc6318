// The cells of a table in a temporary file: DuckDB reads the table once, and everything else reads this file.
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import type { CellColumnFacts } from "downhill";
import { missingCells } from "../table/cells/missingCells.ts";
import { type Doubles, selectOf } from "../table/cells/readCells.ts";
import type { CellsReading, NamedCells, ReadColumn } from "../table/cells/reader.ts";
import { eachChunk } from "../table/cells/rowStream.ts";
import { textCodes } from "../table/cells/textDictionary.ts";
import { gatherFiles } from "./gatherFiles.ts";
import { openScratch, type ScratchFile } from "./scratchFile.ts";
import { type TextRows, textRows } from "./textRows.ts";

/** A column of a file of cells. */
export interface StoredColumn {
  readonly facts: CellColumnFacts;
  /** The files, and where their parts have the column; null for a column without cells that can be read. */
  readonly stored: StoredCells | null;
}

/** The cells of a column in the files of one reading. */
export interface StoredCells {
  readonly file: CellFile;
  readonly offset: number;
  /** For each section of the file the codes that its codes of texts have in the table; null if they are the same. */
  readonly codes: readonly Int32Array[] | null;
}

/** Cells, part by part; in a part column by column. */
export interface CellFile {
  /** The rows of each rank, or all rows. */
  readonly sections: readonly { readonly scratch: Pick<ScratchFile, "read">; readonly rows: number }[];
  readonly rowsPerPart: number;
  readonly rowBytes: number;
}

const PART_BYTES = 8 * 2 ** 20;
const CHUNK = 2048; // rows of DuckDB's chunks
/** The largest number of rows of a part. */
export const MAX_ROWS = 65_536;

/** How columns are written to temporary files. */
export interface CellFilesOptions {
  readonly command: string;
  /** Makes a temporary file. */
  readonly newFile: () => ScratchFile;
  /** Throws if a column has too many different texts, which are in memory; `all` counts those of all columns. */
  readonly checkTexts: (name: string, texts: { readonly own: number; readonly all: number }) => void;
  /** Columns that are read as text and kept row by row, so that their texts are not in memory; see `written` [none]. */
  readonly written?: readonly string[];
  /** Is called with the number of rows so far. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/** Writes columns to temporary files. `close` removes the files. */
export function cellFiles({ command, newFile, checkTexts, written = [], onRows }: CellFilesOptions) {
  const files: Pick<ScratchFile, "close">[] = [];
  let all = 0;
  let texts: TextRows | null = null;
  const opened = (): ScratchFile => {
    const file = newFile();
    files.push(file);
    return file;
  };

  const reading =
    (connection: DuckDBConnection): CellsReading<StoredColumn> =>
    async (columns, { relation, division }) => {
      const scratch = opened();
      const writer = cellWriter(scratch, {
        columns,
        written,
        count(name, own, more) {
          all += more;
          checkTexts(name, { own, all });
        },
        newTexts: (width) => (texts = textRows(opened(), width)),
      });
      const write = () =>
        eachChunk(connection, selectOf(columns, relation), (chunk) => {
          const rows = writer.add(chunk);
          onRows?.(rows);
        });
      if (division === undefined) {
        await write();
        return writer.finish();
      }
      await division.attempt(write);
      const own = await division.attempt(async () => writer.finish());
      return gatherFiles(own, {
        division,
        path: scratch.path!,
        checkTexts,
        open: (path) => {
          const file = openScratch(command, path);
          files.push(file);
          return file;
        },
      });
    };

  return {
    reading,
    /** The columns that are kept row by row. */
    written: (): TextRows => texts!,
    close() {
      for (const file of files.splice(0)) file.close();
    },
  };
}

/** Collects the cells of a column in the buffer of a part. */
interface Filler {
  readonly bytes: number; // per cell
  /** Writes the cells of a vector from a row of the part on. */
  add(vector: DuckDBVector, count: number, at: number): void;
  /** Copies the first cells to the start of the buffer's part. */
  finish(): Omit<ReadColumn<CellColumnFacts>, "name">;
}

interface CellWriterOptions {
  readonly columns: readonly NamedCells[];
  readonly written: readonly string[];
  /** Counts the different texts of a column: all, and those that are new. */
  readonly count: (name: string, own: number, more: number) => void;
  readonly newTexts: (width: number) => TextRows;
}

function cellWriter(scratch: ScratchFile, { columns, written, count, newTexts }: CellWriterOptions) {
  const selected = columns.filter(({ cells }) => cells.type !== "other");
  const isWritten = ({ name }: NamedCells): boolean => written.includes(name);
  const read = selected.filter((column) => !isWritten(column));
  const ofRead = read.map((column) => selected.indexOf(column));
  const ofWritten = written.map((name) => selected.findIndex((column) => column.name === name));
  const texts = ofWritten.length === 0 || ofWritten.includes(-1) ? null : newTexts(ofWritten.length);
  const rowBytes = read.reduce((sum, { cells }) => sum + (cells.type === "text" ? 4 : 8), 0);
  const fitting = Math.floor(PART_BYTES / Math.max(1, rowBytes) / CHUNK) * CHUNK;
  const rowsPerPart = Math.min(MAX_ROWS, Math.max(CHUNK, fitting));
  const capacity = rowsPerPart + CHUNK;
  let rows = 0;
  let filled = 0;
  const buffers: ArrayBuffer[] = [];
  const fillers = read.map(({ name, cells }): Filler => {
    const isText = cells.type === "text";
    const buffer = new ArrayBuffer(capacity * (isText ? 4 : 8));
    buffers.push(buffer);
    return isText
      ? textFiller(
          new Int32Array(buffer),
          () => rows,
          (own, more) => count(name, own, more),
        )
      : numberFiller(new Float64Array(buffer), cells.type as Exclude<CellColumnFacts["type"], "text" | "other">);
  });

  function writePart(size: number): void {
    for (const [j, buffer] of buffers.entries()) {
      const { bytes } = fillers[j]!;
      scratch.append(new Uint8Array(buffer, 0, size * bytes));
      new Uint8Array(buffer).copyWithin(0, size * bytes, filled * bytes);
    }
    filled -= size;
  }

  return {
    /** Returns the number of rows so far. */
    add(chunk: DuckDBDataChunk): number {
      for (const [j, filler] of fillers.entries())
        filler.add(chunk.getColumnVector(ofRead[j]!), chunk.rowCount, filled);
      texts?.add(chunk, ofWritten);
      rows += chunk.rowCount;
      filled += chunk.rowCount;
      if (filled >= rowsPerPart) writePart(rowsPerPart);
      return rows;
    },
    finish() {
      if (filled > 0) writePart(filled);
      const file: CellFile = { sections: [{ scratch, rows }], rowsPerPart, rowBytes };
      let offset = 0;
      const found = columns.map(({ name, cells }): ReadColumn<StoredColumn> => {
        const contents = cells.type === "other" ? cells.contents : written.includes(name) ? "texts" : null;
        if (contents !== null) {
          const facts = { type: "other", contents } as const;
          return { name, column: { facts, stored: null }, large: false, special: false };
        }
        const filler = fillers[read.findIndex((each) => each.name === name)]!;
        const { column, ...flags } = filler.finish();
        const stored = { file, offset, codes: null };
        offset += filler.bytes;
        return { name, column: { facts: column, stored }, ...flags };
      });
      return { rows, columns: found };
    },
  };
}

function numberFiller(values: Float64Array, type: Exclude<CellColumnFacts["type"], "text" | "other">): Filler {
  let [large, special, present, finite] = [false, false, false, true];
  return {
    bytes: 8,
    add(vector, count, at) {
      const { items } = vector as unknown as Doubles;
      const isMissing = missingCells(vector, count);
      for (let i = 0; i < count; i++) {
        const value = items[i]!;
        if (isMissing?.(i)) values[at + i] = Number.NaN;
        else {
          values[at + i] = value;
          if (value - value === 0) {
            present = true;
            if (Math.abs(value) > Number.MAX_SAFE_INTEGER) large = true;
          } else {
            special = true;
            if (!Number.isNaN(value)) [present, finite] = [true, false];
          }
        }
      }
    },
    finish: () => ({ column: { type, present, finite }, large, special }),
  };
}

function textFiller(codes: Int32Array, rows: () => number, added: (own: number, more: number) => void): Filler {
  const { texts, write } = textCodes();
  let counts = new Uint32Array(1024);
  let firstRows = new Float64Array(1024);
  return {
    bytes: 4,
    add(vector, count, at) {
      const before = texts.length;
      const own = codes.subarray(at, at + count);
      write(vector, count, own);
      if (texts.length > before) added(texts.length, texts.length - before);
      if (texts.length > counts.length) {
        const size = 2 ** Math.ceil(Math.log2(texts.length + 1));
        const [oldCounts, oldRows] = [counts, firstRows];
        counts = new Uint32Array(size);
        firstRows = new Float64Array(size);
        counts.set(oldCounts);
        firstRows.set(oldRows);
      }
      const first = rows();
      for (let i = 0; i < count; i++) {
        const code = own[i]!;
        if (code < 0) continue;
        if (counts[code] === 0) firstRows[code] = first + i;
        counts[code]! += 1;
      }
    },
    finish() {
      const used = texts.length;
      const facts = { counts: counts.subarray(0, used), firstRows: firstRows.subarray(0, used) };
      return { column: { type: "text", texts, ...facts }, large: false, special: false };
    },
  };
}
