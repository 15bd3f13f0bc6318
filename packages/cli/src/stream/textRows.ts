// Texts of some columns in temporary data, row by row, as they are written. A missing cell is an empty text.
import type { DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import type { ScratchFile } from "./scratchFile.ts";

/** Texts of columns. */
export interface TextRows {
  /** Adds the cells of a chunk; the columns of the texts are at these positions of the chunk. */
  add(chunk: DuckDBDataChunk, positions: readonly number[]): void;
  /** A function that takes the next rows from the first row on; returns the texts of each column. */
  reader(): (count: number) => string[][];
}

/** Empty texts of `width` columns. */
export function textRows(scratch: ScratchFile, width: number): TextRows {
  const ends: number[] = []; // of the chunks in the data
  return {
    add(chunk, positions) {
      const columns = positions.map((j) => textsOf(chunk.getColumnVector(j), chunk.rowCount));
      scratch.append(Buffer.from(JSON.stringify(columns)));
      ends.push(scratch.size);
    },
    reader() {
      let [chunk, left] = [0, Array.from({ length: width }, (): string[] => [])];
      return (count) => {
        const taken = left.map((): string[] => []);
        while (taken[0]!.length < count) {
          if (left[0]!.length === 0) {
            const start = ends[chunk - 1] ?? 0;
            const bytes = Buffer.alloc(ends[chunk]! - start);
            scratch.read(start, bytes);
            left = JSON.parse(bytes.toString()) as string[][];
            chunk += 1;
          }
          const most = count - taken[0]!.length;
          for (const [j, own] of taken.entries()) own.push(...left[j]!.slice(0, most));
          left = left.map((texts) => texts.slice(most));
        }
        return taken;
      };
    },
  };
}

const textsOf = (vector: DuckDBVector, count: number): string[] =>
  Array.from({ length: count }, (_, i) => (vector.getItem(i) as string | null) ?? "");
