import { InputRangeError } from "../core/check.ts";
import { type Vector, zeros } from "../core/vector.ts";
import { columnsOf, type StoredColumns } from "./storedRows.ts";

/** Some rows, each part row by row. */
export interface StoredPart {
  /** The inputs, row by row. */
  readonly inputs: Vector | Uint32Array;
  /** The targets, row by row. */
  readonly targets: Vector;
  /** One per row, with mean 1 over all rows of a risk. */
  readonly weights?: Vector;
}

/**
 * The bytes of rows, for `storedRows`: write them one after another. The parts may have any numbers of rows.
 *
 * @throws RangeError if a part has too few or too many numbers
 *
 * @example
 * ```ts
 * import { storedBytes } from "downhill";
 *
 * const parts = [{ inputs: Float64Array.of(1, 2, 3), targets: Float64Array.of(4, 5, 6) }];
 * Array.from(storedBytes({ columns: 1, rowsPerChunk: 2 }, parts), (bytes) => bytes.length); // [32, 16]
 * ```
 */
export function* storedBytes(columns: StoredColumns, parts: Iterable<StoredPart>): Generator<Uint8Array, void> {
  const { rowsPerChunk, widths, rowBytes, elementType, pairs, ...sizes } = columnsOf("storedBytes", columns);
  const perRow = [sizes.columns, sizes.targets, sizes.weighted ? 1 : 0];
  const chunk = [
    pairs ? new Uint32Array(rowsPerChunk * perRow[0]!) : zeros(elementType, rowsPerChunk * perRow[0]!),
    new Float64Array(rowsPerChunk * perRow[1]!),
    new Float64Array(rowsPerChunk * perRow[2]!),
  ];
  let filled = 0; // rows

  function bytesOfChunk(): Uint8Array {
    const bytes = new Uint8Array(filled * rowBytes);
    let at = 0;
    for (const [i, width] of widths.entries()) {
      bytes.set(new Uint8Array(chunk[i]!.buffer, 0, filled * width), at);
      at += filled * width;
    }
    filled = 0;
    return bytes;
  }

  for (const { inputs, targets, weights = new Float64Array(0) } of parts) {
    const numbers = [inputs, targets, weights];
    const rows = inputs.length / sizes.columns;
    for (const [i, name] of ["inputs", "targets", "weights"].entries()) {
      if (Number.isInteger(rows) && numbers[i]!.length === rows * perRow[i]!) continue;
      throw new InputRangeError(
        `storedBytes: ${name} must have ${perRow[i]} numbers per row, got ${numbers[i]!.length} for ${rows} rows. ` +
          "Correct the columns, or the part.",
      );
    }
    for (let row = 0; row < rows; ) {
      const count = Math.min(rowsPerChunk - filled, rows - row);
      for (const [i, width] of perRow.entries()) {
        chunk[i]!.set(numbers[i]!.subarray(row * width, (row + count) * width), filled * width);
      }
      filled += count;
      row += count;
      if (filled === rowsPerChunk) yield bytesOfChunk();
    }
  }
  if (filled > 0) yield bytesOfChunk();
}
