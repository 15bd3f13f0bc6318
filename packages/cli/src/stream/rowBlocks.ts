// Rows of a file of rows: in blocks, or all in memory.
import { type Matrix, storedRows } from "downhill";
import type { RowsLayout, StoredBlock, StoredRange } from "../model/storedTable.ts";
import type { StoreFile } from "./storeFile.ts";

type Reads = Pick<StoreFile<unknown>, "read">;

/** The rows of some sections in blocks; the next block overwrites the numbers of the last. */
export function* blocksOf(
  store: Reads,
  layout: RowsLayout,
  sections: readonly (StoredRange | null)[],
): Generator<StoredBlock, void> {
  const { rowsPerChunk } = layout;
  const columns = layout.names.length;
  let memory: readonly Float64Array[] | undefined;
  for (const section of sections) {
    if (section === null) continue;
    memory ??= [new Float64Array(rowsPerChunk * columns), new Float64Array(rowsPerChunk)];
    const [inputs, targets] = memory as [Float64Array, Float64Array];
    const { load } = rowsOf(store, layout, section);
    for (let from = 0, chunk = 0; from < section.rows; from += rowsPerChunk, chunk++) {
      const count = Math.min(rowsPerChunk, section.rows - from);
      const [data, y] = [inputs.subarray(0, count * columns), targets.subarray(0, count)];
      load(chunk, data, y, null);
      yield { X: matrixOf(layout, data, count), y };
    }
  }
}

/** The rows of a section, in memory. */
export function rowsInMemory(store: Reads, layout: RowsLayout, section: StoredRange): StoredBlock {
  const columns = layout.names.length;
  const { rows } = section;
  const [data, y] = [new Float64Array(rows * columns), new Float64Array(rows)];
  let from = 0;
  for (const block of blocksOf(store, layout, [section])) {
    data.set(block.X.data, from * columns);
    y.set(block.y, from);
    from += block.y.length;
  }
  return { X: matrixOf(layout, data, rows), y };
}

const matrixOf = ({ names, unscaled }: RowsLayout, data: Float64Array, rows: number): Matrix => ({
  ...{ data, rows, columns: names.length, names, unscaled },
});

const rowsOf = (store: Reads, { names, weighted, rowsPerChunk }: RowsLayout, { position, rows }: StoredRange) =>
  storedRows({ columns: names.length, weighted, rowsPerChunk, rows }, (at, into) => store.read(position + at, into));
