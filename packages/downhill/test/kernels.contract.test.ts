// The compiled module against the reference. Bits: what sums nothing, and what sums in the order of the formula, must be
// equal bit by bit. Other sums must agree within (4 + length) · ε of the sum of absolute terms. Every call is made in
// several places of memory, aligned and not, and must leave the same bits and write nothing but its outputs
// (kernelTrial.ts).

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import type { Kernels } from "../src/kernels/kernels.ts";
import { eachLength, expectBits, expectSum, LENGTHS, tame, tryKernel, wild } from "./kernelTrial.ts";

/** Kernels over n numbers each: how many vectors, which of them are written, and the arguments. */
const sweeps: Partial<
  Record<keyof Kernels, [vectors: number, writes: number[], (n: number, at: readonly number[]) => number[]]>
> = {
  add: [2, [1], (n, [x, y]) => [x!, y!, n]],
  axpy: [2, [1], (n, [x, y]) => [-0.7, x!, y!, n]],
  scale: [1, [0], (n, [x]) => [1.3, x!, n]],
  approach: [2, [0], (n, [average, x]) => [average!, x!, n, 0.3]],
  relu: [1, [0], (n, [x]) => [x!, n]],
  reluBack: [2, [1], (n, [a, s]) => [a!, s!, n]],
  tanh: [1, [0], (n, [x]) => [x!, n]],
  tanhBack: [2, [1], (n, [a, s]) => [a!, s!, n]],
  sigmoid: [1, [0], (n, [x]) => [x!, n]],
  sigmoidBack: [2, [1], (n, [a, s]) => [a!, s!, n]],
  descend: [3, [0, 1], (n, [x, kept, g]) => [x!, kept!, g!, n, 0.1]],
  shrink: [1, [0], (n, [x]) => [x!, n, 0.4]],
  momentum: [2, [0, 1], (n, [g, v]) => [g!, v!, n, 0.9]],
  nesterov: [2, [0, 1], (n, [g, v]) => [g!, v!, n, 0.9]],
  adaGrad: [2, [0, 1], (n, [g, s]) => [g!, s!, n, 1e-8]],
  rmsProp: [2, [0, 1], (n, [g, s]) => [g!, s!, n, 0.99, 1e-8]],
  adam: [3, [0, 1, 2], (n, [g, m, v]) => [g!, m!, v!, n, 0.9, 0.999, 0.19, 0.002, 1e-8]],
};

describe("sweeps have the bits of the reference", () => {
  it.each(Object.entries(sweeps))("%s", (name, [vectors, writes, args]) => {
    eachLength((n, numbers) => {
      const fields = Array.from({ length: vectors }, () => numbers());
      expectBits({ kernel: name as keyof Kernels, fields, writes, call: (at) => args(n, at) });
    });
  });

  it("a rate of 0 and a threshold of 0 leave x", () => {
    for (const n of LENGTHS) {
      const x = tame(n, random(n));
      const g = tame(n, random(n + 1));
      const descended = tryKernel({
        kernel: "descend",
        fields: [x, new Float64Array(n), g],
        writes: [0, 1],
        call: ([x, kept, g]) => [x!, kept!, g!, n, 0],
      });
      expect(descended.module.written).toEqual([x, x]);
      const shrunk = tryKernel({ kernel: "shrink", fields: [x], writes: [0], call: ([x]) => [x!, n, 0] });
      expect(shrunk.module.written).toEqual([x]);
    }
  });
});

describe("values decided by the definition", () => {
  const after = (kernel: keyof Kernels, x: readonly number[], ...rest: readonly number[]): number[] => {
    const call = ([at]: readonly number[]) => [at!, x.length, ...rest];
    return [...tryKernel({ kernel, fields: [Float64Array.from(x)], writes: [0], call }).module.written[0]!];
  };

  it("relu keeps NaN and −0", () => {
    expect(after("relu", [-2, 3, NaN, -0, 0, -Infinity, Infinity])).toEqual([0, 3, NaN, -0, 0, 0, Infinity]);
  });

  it("shrink gives +0 within the threshold and keeps NaN", () => {
    expect(after("shrink", [-2, 2, 0.5, -0.5, -0, NaN, -1], 1)).toEqual([-1, 1, 0, 0, 0, NaN, 0]);
  });

  it("adam's first direction is the sign of the gradient", () => {
    const fields = [Float64Array.of(4, -0.25, 0), new Float64Array(3), new Float64Array(3)];
    const call = ([g, m, v]: readonly number[]) => [g!, m!, v!, 3, 0.9, 0.999, 1 - 0.9, 1 - 0.999, 0];
    const { module } = tryKernel({ kernel: "adam", fields: fields, writes: [0, 1, 2], call });
    expect([...module.written[0]!].map((x) => x.toFixed(12))).toEqual(["1.000000000000", "-1.000000000000", "NaN"]);
  });
});

describe("sums", () => {
  const value = (kernel: keyof Kernels, ...x: Float64Array[]): [module: number, reference: number] => {
    const trial = { kernel, fields: x, writes: [], call: (at: readonly number[]) => [...at, x[0]!.length] };
    const { module, reference } = tryKernel(trial);
    return [module.value!, reference.value!];
  };

  it("dot and sumAbsolute are within their bound, and 0 of nothing", () => {
    for (const n of LENGTHS) {
      for (const scale of [1, 1e150, 1e-160, Number.MIN_VALUE]) {
        const x = tame(n, random(n)).map((number) => number * scale);
        const y = tame(n, random(n + 7));
        expectSum(
          ...value("dot", x, y),
          [...x].map((number, i) => number * y[i]!),
          `dot ${n}`,
        );
        expectSum(...value("sumAbsolute", x), [...x], `sumAbsolute ${n}`);
      }
    }
    expect(value("dot", new Float64Array(0), new Float64Array(0))).toEqual([0, 0]);
    expect(value("sumAbsolute", new Float64Array(0))).toEqual([0, 0]);
  });

  it("dot of whole numbers is exact: every entry is taken once", () => {
    for (let n = 0; n <= 33; n++) {
      const x = Float64Array.from({ length: n }, (_, i) => i + 1);
      expect(value("dot", x, x)[0]).toBe((n * (n + 1) * (2 * n + 1)) / 6);
      expect(
        value(
          "sumAbsolute",
          x.map((number) => -number),
        )[0],
      ).toBe((n * (n + 1)) / 2);
    }
  });

  it("maxAbsolute finds the largest and NaN in every place", () => {
    expect(value("maxAbsolute", new Float64Array(0))).toEqual([0, 0]);
    for (let n = 1; n <= 33; n++) {
      for (let i = 0; i < n; i++) {
        const x = new Float64Array(n).fill(-1);
        expect(value("maxAbsolute", x.with(i, -7))).toEqual([7, 7]);
        expect(value("maxAbsolute", x.with(i, NaN))).toEqual([NaN, NaN]);
      }
    }
  });

  it("NaN in any place makes a sum NaN", () => {
    for (let n = 1; n <= 33; n++) {
      for (let i = 0; i < n; i++) {
        const x = new Float64Array(n).fill(1).with(i, NaN);
        expect(value("dot", x, new Float64Array(n))[0]).toBeNaN();
        expect(value("sumAbsolute", x)[0]).toBeNaN();
      }
    }
  });
});

describe("gather", () => {
  it("copies rows of any width in any order, with duplicates", () => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      words: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 124, max: 133 })),
    });
    const drawn = shape.chain(({ rows, words }) =>
      fc.record({
        words: fc.constant(words),
        rows: fc.constant(rows),
        order: fc.array(fc.nat(rows - 1), { maxLength: 20 }),
      }),
    );
    fc.assert(
      fc.property(drawn, ({ rows, words, order }) => {
        const source = Uint32Array.from({ length: rows * words }, (_, i) => i + 1);
        const out = new Uint32Array(Math.ceil((order.length * words) / 2) * 2);
        const fields = [source, Uint32Array.from(order), out];
        const call = ([source, order_, out]: readonly number[]) => [source!, order_!, out!, order.length, 4 * words];
        const { module } = tryKernel({ kernel: "gather", fields, writes: [2], call });
        const expected = order.flatMap((row) => [...source.subarray(row * words, (row + 1) * words)]);
        const copied = new Uint32Array(module.written[0]!.buffer).subarray(0, expected.length);
        expect([...copied]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe("descendAt", () => {
  it("has the bits of the reference, and a start that comes twice counts once", () => {
    const drawn = fc.record({
      seed: fc.nat(),
      width: fc.integer({ min: 0, max: 19 }),
      rows: fc.array(fc.nat(6), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(drawn, ({ seed, width, rows }) => {
        const [x, g] = [wild(7 * width, random(seed)), wild(7 * width, random(seed + 1))];
        const trial = (starts: number[]) => ({
          kernel: "descendAt" as const,
          fields: [x, g, Uint32Array.from(starts)],
          writes: [0, 1],
          call: ([x, g, at]: readonly number[]) => [x!, g!, at!, starts.length, width, 0.3],
        });
        const starts = rows.map((row) => row * width);
        expectBits(trial(starts));
        const often = tryKernel(trial(starts)).module.written;
        const once = tryKernel(trial([...new Set(starts)])).module.written;
        expect(often).toEqual(once);
        for (const start of starts) expect(once[1]!.subarray(start, start + width)).toEqual(new Float64Array(width));
      }),
      { numRuns: 200 },
    );
  });
});
