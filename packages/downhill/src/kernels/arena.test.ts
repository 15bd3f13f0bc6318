import { describe, expect, it } from "vitest";
import { type Arena, allocate } from "./arena.ts";
import { referenceKernels } from "./reference.ts";
import { wasmKernels } from "./wasm.ts";

describe.each([
  ["reference", referenceKernels],
  ["module", wasmKernels],
])("an arena with the kernels of the %s", (_, bind) => {
  it("stores zeros or written numbers side by side, aligned to cache lines", () => {
    const { zeros, counted, indices, reserved } = allocate(bind, "float64", (arena) => ({
      zeros: arena.vector(3),
      counted: arena.vector(5, (view) => view.set([1, 2, 3, 4, 5])),
      indices: arena.indices(4, (view) => view.set([7, 8, 9])),
      reserved: arena.reserve(1),
    }));
    expect([...zeros]).toEqual([0, 0, 0]);
    expect([...counted]).toEqual([1, 2, 3, 4, 5]);
    expect([...indices]).toEqual([7, 8, 9, 0]);
    expect([zeros, counted, indices].map((view) => view.byteOffset)).toEqual([64, 128, 192]);
    expect(reserved).toBe(256);
  });

  it("has kernels that compute on its views", () => {
    const n = 100_000; // more than one page
    const { x, y, kernels } = allocate(bind, "float64", (arena) => ({
      x: arena.vector(n, (view) => view.fill(2)),
      y: arena.vector(n, (view) => view.fill(3)),
      kernels: arena.kernels,
    }));
    kernels.axpy(10, x.byteOffset, y.byteOffset, n);
    expect([x.length, y.length]).toEqual([n, n]);
    expect(y.every((value) => value === 23)).toBe(true);
    expect(kernels.dot(x.byteOffset, y.byteOffset, n)).toBe(46 * n);
    expect(x.buffer).toBe(y.buffer);
  });

  it("has the size of its plan, rounded up to pages", () => {
    const size = (plan: (arena: Arena) => Float64Array | Float32Array): number =>
      allocate(bind, "float64", plan).buffer.byteLength;
    expect(size((arena) => arena.vector(1))).toBe(65536);
    expect(size((arena) => arena.vector(8184))).toBe(65536); // with the 64 bytes before the vector this is exactly one page
    expect(size((arena) => arena.vector(8185))).toBe(2 * 65536);
  });

  it("has one element type for its vectors and kernels", () => {
    for (const [elementType, bytes, type] of [
      ["float64", 8, Float64Array],
      ["float32", 4, Float32Array],
    ] as const) {
      const { arena, x } = allocate(bind, elementType, (arena) => ({
        arena,
        x: arena.vector(17, (view) => view.fill(0.1)),
      }));
      expect([arena.elementType, arena.bytes]).toEqual([elementType, bytes]);
      expect(x).toBeInstanceOf(type);
      expect(x.byteLength).toBe(17 * bytes);
      arena.kernels.add(x.byteOffset, x.byteOffset, 17);
      expect([...x]).toEqual(Array(17).fill(type.of(0.2)[0]));
    }
  });
});

describe("a plan", () => {
  it("runs twice, and writes once", () => {
    let runs = 0;
    let writes = 0;
    allocate(wasmKernels, "float64", (arena) => {
      runs++;
      arena.vector(1, () => writes++);
      arena.indices(1, () => writes++);
    });
    expect([runs, writes]).toEqual([2, 2]);
  });

  it("of more than 4 GiB throws before memory is allocated", () => {
    let writes = 0;
    const plan = (length: number) => () =>
      allocate(referenceKernels, "float64", (arena) => arena.vector(length, () => writes++));
    const million = 1_000_000;
    expect(plan(600 * million)).toThrow(RangeError);
    expect(plan(600 * million)).toThrow(
      "train: data and parameters must fit into 4 GiB of memory, got 4.5 GiB. Use fewer rows or columns, or Float32Array data, which need half.",
    );
    expect(plan(536_870_912)).toThrow("got 4.0 GiB"); // exactly 4 GiB, and the 64 bytes before the vector are too much
    expect(writes).toBe(0);
  });
});
