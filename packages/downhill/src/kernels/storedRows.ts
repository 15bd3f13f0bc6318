import { InputRangeError, requireSize } from "../core/check.ts";
import type { Chunks } from "../core/chunks.ts";
import { type ElementType, elementBytes, type Vector } from "../core/vector.ts";
import type { Arena } from "./arena.ts";
import { setBoth } from "./source.ts";

/** What a row of stored rows consists of. */
export interface StoredColumns {
  /** Numbers per row in the inputs. */
  readonly columns: number;
  /** Numbers per row in the targets [1]. */
  readonly targets?: number;
  /** Whether each row has a weight [false]. */
  readonly weighted?: boolean;
  /** The type of the inputs and of the run; targets and weights are always stored as float64 ["float64"]. */
  readonly elementType?: ElementType;
  /** Whether the inputs are pairs of unsigned 32-bit integers, as for `factors`; then `columns` is 2 or a multiple of it [false]. */
  readonly pairs?: boolean;
  /** Rows of a chunk; the last chunk may have fewer [about 1 MiB]. */
  readonly rowsPerChunk?: number;
}

/** How the bytes of stored rows are arranged. */
export interface StoredLayout extends StoredColumns {
  /** The number of rows. */
  readonly rows: number;
  /** The largest number of chunks in memory at the same time. The rows of a window are shuffled together [32]. */
  readonly chunksPerWindow?: number;
}

/**
 * Training rows in chunks, which are loaded one at a time: for data that may be larger than the memory. Inputs, targets and weights of a
 * chunk are loaded together.
 */
export interface StoredRows extends Chunks, Required<StoredColumns> {
  readonly rowsPerChunk: number;
  /** When present, each loaded number x of column j is replaced by (x − shift_j) / scale_j. */
  readonly scaling?: {
    /** One number per column. */
    readonly shift: Float64Array;
    /** One number per column. */
    readonly scale: Float64Array;
  };
  /**
   * Overwrites the vectors by the rows of a chunk (0, 1, …). Their lengths are those of the chunk; `weights` is null without weights.
   * Targets and weights are Float64Arrays, or Float32Arrays of a run in float32.
   */
  load(chunk: number, inputs: Vector | Uint32Array, targets: Vector, weights: Vector | null): void;
}

const CHUNK_BYTES = 1048576; // a read of this size is about as fast per byte as a longer one
const WINDOW = 32;

/** The number of chunks. */
export const chunkCount = ({ rows, rowsPerChunk }: Chunks): number => Math.ceil(rows / rowsPerChunk);

/** The number of rows of a chunk. */
export const rowsOfChunk = ({ rows, rowsPerChunk }: Chunks, chunk: number): number =>
  Math.min(rowsPerChunk, rows - chunk * rowsPerChunk);

/** Makes a function that loads a chunk into an arena, and scales its columns. */
export function bindLoad(arena: Arena, stored: StoredRows): StoredRows["load"] {
  const { columns, scaling } = stored;
  const both = scaling && arena.doubles(2 * columns, (out) => setBoth(out, scaling.shift, scaling.scale));
  return (chunk, inputs, targets, weights) => {
    stored.load(chunk, inputs, targets, weights);
    if (both) arena.kernels.standardize(inputs.byteOffset, both.byteOffset, inputs.length / columns, columns);
  };
}

/** The columns with their defaults, and the bytes of the parts of a row. */
export function columnsOf(functionName: string, given: StoredColumns) {
  const { columns, targets = 1, weighted = false, elementType = "float64", pairs = false } = given;
  const bytes = elementBytes(elementType);
  requireSize(functionName, "columns", columns);
  requireSize(functionName, "targets", targets);
  const widths = [columns * (pairs ? 4 : bytes), targets * 8, weighted ? 8 : 0] as const;
  const rowBytes = widths[0] + widths[1] + widths[2];
  const { rowsPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / rowBytes)) } = given;
  requireSize(functionName, "rowsPerChunk", rowsPerChunk);
  return { columns, targets, weighted, elementType, pairs, rowsPerChunk, widths, rowBytes };
}

/**
 * Stored rows whose bytes a function reads: from a file, from a file of a browser's private file system, or from memory. The chunks follow
 * each other; a chunk consists of the inputs of its rows, then their targets, then their weights, row by row, in the byte order of the
 * processor; targets and weights are float64. `storedBytes` makes these bytes.
 *
 * @param layout  the number of rows, and the columns as they were for `storedBytes`
 * @param read  overwrites `into` by the bytes from a position on, and returns their number, as `fs.readSync` does
 * @throws RangeError for sizes that are not positive integers; in a run, if `read` returns 0 before all bytes are read
 *
 * @example
 * ```ts
 * import { halfSquared, linear, plain, risk, storedBytes, storedRows, train } from "downhill";
 *
 * const columns = { columns: 1, rowsPerChunk: 2 };
 * const parts = [{ inputs: Float64Array.of(-1, 0, 1), targets: Float64Array.of(1, 3, 5) }]; // 2 x + 3
 * const file = Uint8Array.from([...storedBytes(columns, parts)].flatMap((bytes) => [...bytes]));
 * const stored = storedRows({ ...columns, rows: 3, chunksPerWindow: 1 }, (position, into) => {
 *   into.set(file.subarray(position, position + into.length));
 *   return into.length;
 * });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), stored });
 * let line: number[] = [];
 * for (const step of train(problem, plain(0.5), { epochs: 100 })) line = Array.from(step.solution, Math.round);
 * line; // [2, 3]
 * ```
 */
export function storedRows(layout: StoredLayout, read: (position: number, into: Uint8Array) => number): StoredRows {
  const { rows, chunksPerWindow = WINDOW } = layout;
  const { widths, rowBytes, ...columns } = columnsOf("storedRows", layout);
  requireSize("storedRows", "rows", rows);
  requireSize("storedRows", "chunksPerWindow", chunksPerWindow);
  let rounded: Float64Array | undefined; // for targets and weights of a run in float32
  const stored: StoredRows = {
    ...columns,
    rows,
    chunksPerWindow,
    load(chunk, ...parts) {
      const count = rowsOfChunk(stored, chunk);
      let position = chunk * columns.rowsPerChunk * rowBytes;
      for (const [i, part] of parts.entries()) {
        if (part === null) continue;
        const converts = i > 0 && part instanceof Float32Array;
        if (converts) rounded ??= new Float64Array(Math.min(rows, columns.rowsPerChunk) * columns.targets);
        const into = converts ? rounded! : part;
        const bytes = new Uint8Array(into.buffer, into.byteOffset, count * widths[i]!);
        for (let done = 0; done < bytes.length; ) {
          const got = read(position + done, bytes.subarray(done));
          if (!(got > 0)) throw cutOff(rows * rowBytes, position + done);
          done += got;
        }
        if (converts) part.set(rounded!.subarray(0, part.length));
        position += bytes.length;
      }
    },
  };
  return stored;
}

const cutOff = (size: number, end: number): Error =>
  new InputRangeError(
    `storedRows: the rows must have ${size} bytes, got only ${end}. The file was cut off or is that of other columns: write it again ` +
      "with storedBytes, and pass the same columns and the number of its rows.",
  );
