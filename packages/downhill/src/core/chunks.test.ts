import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Chunks, chunkOrder } from "./chunks.ts";

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 200 }),
  rowsPerChunk: fc.integer({ min: 1, max: 20 }),
  chunksPerWindow: fc.integer({ min: 1, max: 6 }),
});

/** The rows of all windows in their order. */
function orderOf(chunks: Chunks, seed: number, epoch: number): number[] {
  const { windows, startOf, write } = chunkOrder(chunks, seed, epoch);
  const out = new Uint32Array(chunks.rows);
  for (let w = 0; w < windows; w++) write(w, out.subarray(startOf(w)), (chunk) => chunk * chunks.rowsPerChunk);
  return [...out];
}

describe("chunkOrder", () => {
  it("has every row once, and the rows of a window are those of its chunks", () => {
    fc.assert(
      fc.property(sizes, fc.nat(9), fc.nat(3), (chunks, seed, epoch) => {
        const { rows, rowsPerChunk, chunksPerWindow } = chunks;
        const { windows, startOf, windowAt, chunksOf } = chunkOrder(chunks, seed, epoch);
        const order = orderOf(chunks, seed, epoch);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
        expect([startOf(0), startOf(windows)]).toEqual([0, rows]);
        for (let w = 0; w < windows; w++) {
          const own = order.slice(startOf(w), startOf(w + 1));
          const found = new Set(own.map((row) => Math.floor(row / rowsPerChunk)));
          expect(found).toEqual(new Set(chunksOf(w)));
          expect(found.size).toBeLessThanOrEqual(chunksPerWindow);
          for (let at = startOf(w); at < startOf(w + 1); at++) expect(windowAt(at)).toBe(w);
        }
      }),
    );
  });

  it("is another one in each epoch and for each seed, and always the same for both", () => {
    const chunks = { rows: 100, rowsPerChunk: 7, chunksPerWindow: 3 };
    const orders = [0, 1].flatMap((seed) => [0, 1, 2].map((epoch) => orderOf(chunks, seed, epoch).join()));
    expect(new Set(orders).size).toBe(6);
    expect(orderOf(chunks, 1, 2).join()).toBe(orders[5]);
  });

  it("puts the rows of a chunk, also of a short last one, into every position of a window", () => {
    const chunks = { rows: 10, rowsPerChunk: 4, chunksPerWindow: 3 };
    const sums = new Float64Array(10);
    for (let epoch = 0; epoch < 2000; epoch++)
      for (const [at, row] of orderOf(chunks, 3, epoch).entries()) sums[row]! += at;
    for (const sum of sums) expect(Math.abs(sum / 2000 - 4.5)).toBeLessThan(0.3); // five standard errors
  });
});
