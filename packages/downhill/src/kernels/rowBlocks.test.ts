import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrix } from "../core/matrix.ts";
import { allRows } from "../core/rows.ts";
import { allocate } from "./arena.ts";
import { referenceKernels } from "./reference.ts";
import { rowBlocks } from "./rowBlocks.ts";
import { column, dense, pairs, type Source } from "./source.ts";
import { wasmKernels } from "./wasm.ts";

/** Stores a source and a row order, and makes functions that read blocks and numbers. */
function store(source: Source, order: readonly number[], blockRows: number, bind = wasmKernels) {
  return allocate(bind, "float64", (arena) => {
    const indices = arena.indices(order.length, (view) => view.set(order));
    const blocks = rowBlocks(arena, source, blockRows);
    const numbers = (at: number, length: number): number[] => [...new Float64Array(indices.buffer, at, length)];
    const integers = (at: number, length: number): number[] => [...new Uint32Array(indices.buffer, at, length)];
    return { at: blocks.at, indices, numbers, integers };
  });
}

const X = matrix([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 4, 3);

describe.each([
  ["reference", referenceKernels],
  ["module", wasmKernels],
])("blocks of rows with the kernels of the %s", (_, bind) => {
  it("without an order are read in place", () => {
    const { at, numbers } = store(dense(X), [], 2, bind);
    expect(numbers(at(allRows(4)), 12)).toEqual([...X.data]);
    const [first, third] = [at({ order: null, from: 0, to: 2 }), at({ order: null, from: 2, to: 3 })];
    expect(third - first).toBe(2 * 3 * 8);
    expect(numbers(third, 3)).toEqual([7, 8, 9]);
  });

  it("of an order are gathered, always into the same scratch buffer", () => {
    const { at, indices, numbers } = store(dense(X), [2, 0, 0, 3], 2, bind);
    const first = at({ order: indices, from: 0, to: 2 });
    expect(numbers(first, 6)).toEqual([7, 8, 9, 1, 2, 3]);
    const second = at({ order: indices, from: 2, to: 4 });
    expect(second).toBe(first);
    expect(numbers(second, 6)).toEqual([1, 2, 3, 10, 11, 12]);
    expect(numbers(at({ order: null, from: 0, to: 4 }), 12)).toEqual([...X.data]); // the source has not changed
  });

  it("hold the rows of the matrix, for any shape and order", () => {
    const drawn = fc
      .record({ rows: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 9 }) })
      .chain((shape) =>
        fc.record({ shape: fc.constant(shape), order: fc.array(fc.nat(shape.rows - 1), { minLength: 1 }) }),
      );
    fc.assert(
      fc.property(drawn, ({ shape: { rows, columns }, order }) => {
        const data = Float64Array.from({ length: rows * columns }, (_, i) => i + 0.5);
        const { at, indices, numbers } = store(dense(matrix(data, rows, columns)), order, rows, bind);
        const to = Math.min(order.length, rows);
        const expected = order.slice(0, to).flatMap((row) => [...data.subarray(row * columns, (row + 1) * columns)]);
        expect(numbers(at({ order: indices, from: 0, to }), to * columns)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe("sources", () => {
  it("standardize columns in the copy, not in the matrix", () => {
    const before = [...X.data];
    const columnwise = { shift: Float64Array.of(1, 2, 3), scale: Float64Array.of(1, 2, 4) };
    const { at, numbers } = store(dense(X, columnwise), [], 4);
    expect(numbers(at(allRows(4)), 12)).toEqual([0, 0, 0, 3, 1.5, 0.75, 6, 3, 1.5, 9, 4.5, 2.25]);
    expect([...X.data]).toEqual(before);
  });

  it("of one column have rows of 8 bytes", () => {
    const { at, indices, numbers } = store(column(Float64Array.of(5, 6, 7)), [2, 1], 3);
    expect(numbers(at({ order: indices, from: 0, to: 2 }), 2)).toEqual([7, 6]);
  });

  it("have the element type of their data, and pairs have none", () => {
    const single = { ...X, data: Float32Array.from(X.data) };
    expect([dense(X), dense(single), column(single.data)].map(({ elementType }) => elementType)).toEqual([
      ...["float64", "float32", "float32"],
    ]);
    expect(pairs(Uint32Array.of(1), Uint32Array.of(2)).elementType).toBeUndefined();
  });

  it("are stored in the element type of the arena, rounded once", () => {
    const columnwise = { shift: Float64Array.of(0.1, 2, 3), scale: Float64Array.of(3, 7, 0.3) };
    for (const [source, expected] of [
      [dense(X), X.data],
      [dense(X, columnwise), X.data.map((x, at) => (x - columnwise.shift[at % 3]!) / columnwise.scale[at % 3]!)],
      [column(Float64Array.of(0.1, 1 / 3, 7)), [0.1, 1 / 3, 7]],
    ] as const) {
      const { first, second, gathered } = allocate(wasmKernels, "float32", (arena) => {
        const order = arena.indices(2, (view) => view.set([1, 0]));
        const blocks = rowBlocks(arena, source, 3);
        const length = source.columns;
        const row = (at: number) => () => [...new Float32Array(order.buffer, at, length)];
        return {
          first: row(blocks.at({ order: null, from: 0, to: 1 })),
          second: row(blocks.at({ order: null, from: 1, to: 2 })),
          gathered: () => row(blocks.at({ order, from: 0, to: 2 }))(),
        };
      });
      const rounded = [...Float32Array.from(expected)];
      expect([...first(), ...second()]).toEqual(rounded.slice(0, 2 * source.columns));
      expect(gathered()).toEqual(second());
    }
  });

  it("of pairs keep left and right together", () => {
    const { at, indices, integers } = store(pairs(Uint32Array.of(1, 2, 3), Uint32Array.of(10, 20, 30)), [2, 0], 3);
    expect(integers(at(allRows(3)), 6)).toEqual([1, 10, 2, 20, 3, 30]);
    expect(integers(at({ order: indices, from: 0, to: 2 }), 4)).toEqual([3, 30, 1, 10]);
  });
});
