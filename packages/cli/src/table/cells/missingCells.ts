// The missing cells of a vector. DuckDB's own test of a cell makes a BigInt for each, which takes longer than reading the file.
import type { DuckDBVector } from "@duckdb/node-api";

/** A bit per cell, 0 for a missing cell; null if DuckDB knows that no cell is missing. */
interface Validity {
  readonly data: BigUint64Array | null;
  readonly offset: number;
}

/** Whether the cell at a position is missing; null if no cell of the vector is. */
export function missingCells(vector: DuckDBVector, count: number): ((i: number) => boolean) | null {
  const { data, offset } = (vector as unknown as { readonly validity: Validity }).validity;
  if (data === null) return null;
  const words = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
  const isMissing = (i: number): boolean => {
    const bit = offset + i;
    return ((words[bit >>> 5]! >>> (bit & 31)) & 1) === 0;
  };
  if (offset !== 0) return isMissing;
  const full = count >>> 5;
  for (let word = 0; word < full; word++) if (words[word] !== 0xffff_ffff) return isMissing;
  for (let i = 32 * full; i < count; i++) if (isMissing(i)) return isMissing;
  return null;
}
