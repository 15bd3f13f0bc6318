// The kernels for the columns of a matrix. The module and the reference have the same bits, with either element type: all sums are
// float64 and in the order of the rows, and a result is rounded once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { type ElementType, type Vector, zeros } from "../src/core/vector.ts";
import { columnParts, columnStatistics } from "../src/kernels/columnStatistics.ts";
import type { Kernels } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { Memory } from "../src/kernels/webassembly.ts";
import { ELEMENTS, expectSameBits } from "./kernelTrial.ts";

const [ROWS, COLUMNS] = [23, 19];
const [WEIGHTS, LISTS, OUT] = [8192, 16384, 24576]; // addresses

describe.each(ELEMENTS)("%s", (elementType) => {
  const shapes = fc.record({
    seed: fc.nat(),
    n: fc.integer({ min: 0, max: ROWS }),
    d: fc.integer({ min: 1, max: COLUMNS }),
    apart: fc.integer({ min: 0, max: 3 }), // numbers between the first address and one that vectors need
    size: fc.constantFrom(1, 1e-30, 1e30),
  });

  /** Calls a kernel of the module and of the reference on the same random memory, with X of this type, and compares all bytes. */
  function compare(
    call: (kernels: Kernels, X: number, n: number, d: number) => void,
    type: ElementType = elementType,
  ): void {
    fc.assert(
      fc.property(shapes, ({ seed, n, d, apart, size }) => {
        const results = [wasmKernels, referenceKernels].map((bind) => {
          const stream = random(seed);
          const memory = new Memory({ initial: 1 });
          const X = zeros(type, n * d).map(() => size * stream.normal()) as Vector;
          const address = 64 + apart * X.BYTES_PER_ELEMENT;
          new Uint8Array(memory.buffer).set(new Uint8Array(X.buffer), address);
          new (X.constructor as typeof Float64Array)(memory.buffer, WEIGHTS, ROWS).forEach((_, i, w) => {
            w[i] = stream.uniform();
          });
          new Float64Array(memory.buffer, LISTS, 6 * COLUMNS).forEach((_, i, list) => {
            list[i] = size * (stream.uniform() + 0.1);
          });
          call(bind(memory, elementType), address, n, d);
          return new Float64Array(memory.buffer);
        });
        expectSameBits(results[0]!, results[1]!, `${n} × ${d}`);
      }),
      { numRuns: 200 },
    );
  }

  it("squares, with and without weights", () => {
    compare((kernels, X, n, d) => kernels.squares(X, 0, LISTS, n, d));
    compare((kernels, X, n, d) => kernels.squares(X, WEIGHTS, LISTS, n, d));
  });

  it("ranges", () => compare((kernels, X, n, d) => kernels.ranges(X, LISTS, n, d), "float64"));

  it("rowSquares", () => compare((kernels, X, n, d) => kernels.rowSquares(X, OUT, n, d), "float64"));

  it("deviations", () => compare((kernels, X, n, d) => kernels.deviations(X, LISTS, OUT, n, d), "float64"));

  it("standardize", () => compare((kernels, X, n, d) => kernels.standardize(X, LISTS, n, d)));
});

it("the statistics of many blocks are those of one loop over the rows", () => {
  const stream = random(3);
  for (const [rows, d] of [
    [5000, 7],
    [3, 9000],
    [8192, 1],
  ] as const) {
    const data = Float64Array.from({ length: rows * d }, () => stream.normal());
    const { low, high, sum } = columnStatistics(columnParts({ data, rows, columns: d })).ranges();
    const [shift, unit] = [new Float64Array(d).fill(0.25), new Float64Array(d).fill(2)];
    const deviations = columnStatistics(columnParts({ data, rows, columns: d })).deviations(shift, unit);
    for (const j of [0, d - 1]) {
      const column = Array.from({ length: rows }, (_, i) => data[i * d + j]!);
      expect([low[j], high[j]]).toEqual([Math.min(...column), Math.max(...column)]);
      expect(sum[j]).toBe(column.reduce((a, b) => a + b, 0));
      expect(deviations[j]).toBe(column.reduce((total, x) => total + ((x - 0.25) * 2) ** 2, 0));
    }
  }
});
