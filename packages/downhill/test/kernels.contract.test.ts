// The compiled module compared with the reference, for both element types. Functions without sums, and sums in the order of the
// formula, must have the same bits. For float32 the reference rounds only when it stores, so functions of several operations
// must agree within the bound of a sum of their terms. Other sums must agree within (4 + length) · ε of the sum of absolute
// terms. Every call is made at several addresses, aligned and not, and must have the same bits and write only its outputs
// (kernelTrial.ts).

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { type Vector, zeros } from "../src/core/vector.ts";
import type { Kernels } from "../src/kernels/kernels.ts";
import { cases } from "./cases.ts";
import { ELEMENTS, expectSameBits, kernelTrials, LENGTHS } from "./kernelTrial.ts";

/** Lengths on both sides of the numbers of entries that one round of a loop reads. */
const SHORT = cases(
  [1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 33],
  Array.from({ length: 33 }, (_, i) => i + 1),
);

/** A kernel for vectors of n numbers. */
interface Sweep {
  readonly vectors: number;
  /** Positions of the vectors that are written. */
  readonly writes: readonly number[];
  readonly args: (n: number, at: readonly number[]) => number[];
  /** The absolute terms of a written entry, from absolute entries; absent where an entry is rounded once. */
  readonly terms?: (...entries: number[]) => readonly (readonly number[])[];
  /** Position of a vector of squares, which are not negative. */
  readonly squares?: number;
}

const SCALES = {
  float64: [1, 1e150, 1e-160, Number.MIN_VALUE],
  float32: [1, 1e30, 1e-30, 2 ** -149],
} as const;

const one = ([x]: readonly number[]) => x!;
const overRoot = (s: number): number => 1 / (Math.sqrt(s) + 1e-8);

const sweeps: Partial<Record<keyof Kernels, Sweep>> = {
  add: { vectors: 2, writes: [1], args: (n, at) => [...at, n] },
  axpy: { vectors: 2, writes: [1], args: (n, at) => [-0.7, ...at, n], terms: (x, y) => [[y!, 0.7 * x!]] },
  scale: { vectors: 1, writes: [0], args: (n, at) => [1.25, one(at), n] },
  approach: {
    ...{ vectors: 2, writes: [0], args: (n, at) => [...at, n, 0.3] },
    terms: (average, x) => [[average!, 0.3 * x!, 0.3 * average!]],
  },
  relu: { vectors: 1, writes: [0], args: (n, at) => [...at, n] },
  reluBack: { vectors: 2, writes: [1], args: (n, at) => [...at, n] },
  tanh: { vectors: 1, writes: [0], args: (n, at) => [...at, n] },
  tanhBack: { vectors: 2, writes: [1], args: (n, at) => [...at, n], terms: (a, s) => [[s!, s! * a! * a!]] },
  sigmoid: { vectors: 1, writes: [0], args: (n, at) => [...at, n] },
  sigmoidBack: { vectors: 2, writes: [1], args: (n, at) => [...at, n], terms: (a, s) => [[s! * a!, s! * a! * a!]] },
  descend: {
    ...{ vectors: 3, writes: [0, 1], args: (n, at) => [...at, n, 0.1, 0.7] },
    terms: (x, _, g) => [[x!, 0.07 * g!, 0.07 * g!], []],
  },
  shrink: { vectors: 1, writes: [0], args: (n, at) => [one(at), n, 0.375] },
  momentum: {
    ...{ vectors: 2, writes: [0, 1], args: (n, at) => [...at, n, 0.9] },
    terms: (g, v) => [
      [g!, 0.9 * v!],
      [g!, 0.9 * v!],
    ],
  },
  nesterov: {
    ...{ vectors: 2, writes: [0, 1], args: (n, at) => [...at, n, 0.9] },
    terms: (g, v) => [
      [g!, 0.9 * g!, 0.81 * v!],
      [g!, 0.9 * v!],
    ],
  },
  adaGrad: {
    ...{ vectors: 2, writes: [0, 1], squares: 1, args: (n, at) => [...at, n, 1e-8] },
    terms: (g, s) => [[g! * overRoot(s! + g! * g!)], [s!, g! * g!]],
  },
  rmsProp: {
    ...{ vectors: 2, writes: [0, 1], squares: 1, args: (n, at) => [...at, n, 0.99, 1e-8] },
    terms: (g, s) => [[g! * overRoot(0.99 * s! + 0.01 * g! * g!)], [0.99 * s!, 0.01 * g! * g!]],
  },
  adam: {
    ...{ vectors: 3, writes: [0, 1, 2], squares: 2 },
    args: (n, at) => [...at, n, 0.9, 0.999, 0.19, 0.002, 1e-8],
    terms(g, m, v) {
      const square = 0.999 * v! + 0.001 * g! * g!;
      const scale = overRoot(square / 0.002) / 0.19;
      return [
        [0.9 * m! * scale, 0.1 * g! * scale],
        [0.9 * m!, 0.1 * g!],
        [0.999 * v!, 0.001 * g! * g!],
      ];
    },
  },
};

describe.each(ELEMENTS)("%s", (elementType) => {
  const trials = kernelTrials(elementType);
  const { numbers, tame, broad, wild, eachLength, tryKernel, expectBits, expectRounding, expectSum } = trials;

  describe("vector functions have the bits of the reference, up to the rounding of float32", () => {
    it.each(Object.entries(sweeps))("%s", (name, { vectors, writes, args, terms, squares }) => {
      const trial = (n: number, draw: () => Vector) => ({
        kernel: name as keyof Kernels,
        fields: Array.from({ length: vectors }, draw),
        writes,
        call: (at: readonly number[]) => args(n, at),
      });
      if (elementType === "float64" || terms === undefined) {
        eachLength([tame, wild], (n, draw) => expectBits(trial(n, draw)));
        return;
      }
      eachLength([wild], (n, draw) => tryKernel(trial(n, draw)));
      eachLength([tame, broad], (n, draw) => {
        const { fields, ...rest } = trial(n, draw);
        const own = fields.map((field, which) => (which === squares ? field.map(Math.abs) : field));
        const absolute = (i: number) => own.map((field) => Math.max(Math.abs(field[i]!), trials.smallestNormal));
        expectRounding({ ...rest, fields: own }, (which, i) => terms(...absolute(i))[which]!);
      });
    });

    it("descend with a factor has the bits of scale and descend", () => {
      for (const n of LENGTHS) {
        const [x, g] = [tame(n, random(n)), tame(n, random(n + 1))];
        const scaled = tryKernel({ kernel: "scale", fields: [g], writes: [0], call: ([g]) => [1 / 3, g!, n] });
        const descended = (g: Vector, factor: number): Vector =>
          tryKernel({
            kernel: "descend",
            fields: [x, zeros(elementType, n), g],
            writes: [0, 1],
            call: ([x, kept, g]) => [x!, kept!, g!, n, 0.1, factor],
          }).module.written[0]!;
        expectSameBits(descended(g, 1 / 3), descended(scaled.module.written[0]!, 1), `length ${n}`);
      }
    });

    it("a learning rate of 0 and a threshold of 0 do not change x", () => {
      for (const n of LENGTHS) {
        const x = tame(n, random(n));
        const g = tame(n, random(n + 1));
        const updated = tryKernel({
          kernel: "descend",
          fields: [x, zeros(elementType, n), g],
          writes: [0, 1],
          call: ([x, kept, g]) => [x!, kept!, g!, n, 0, 1],
        });
        expect(updated.module.written).toEqual([x, x]);
        const shrunk = tryKernel({ kernel: "shrink", fields: [x], writes: [0], call: ([x]) => [x!, n, 0] });
        expect(shrunk.module.written).toEqual([x]);
      }
    });
  });

  describe("special values", () => {
    const after = (kernel: keyof Kernels, x: readonly number[], ...rest: readonly number[]): number[] => {
      const call = ([at]: readonly number[]) => [at!, x.length, ...rest];
      return [...tryKernel({ kernel, fields: [numbers(x)], writes: [0], call }).module.written[0]!];
    };

    it("relu keeps NaN and −0", () => {
      expect(after("relu", [-2, 3, NaN, -0, 0, -Infinity, Infinity])).toEqual([0, 3, NaN, -0, 0, 0, Infinity]);
    });

    it("shrink gives +0 within the threshold and keeps NaN", () => {
      expect(after("shrink", [-2, 2, 0.5, -0.5, -0, NaN, -1], 1)).toEqual([-1, 1, 0, 0, 0, NaN, 0]);
    });

    it("adam's first direction is the sign of the gradient", () => {
      const fields = [numbers([4, -0.25, 0]), zeros(elementType, 3), zeros(elementType, 3)];
      const call = ([g, m, v]: readonly number[]) => [g!, m!, v!, 3, 0.9, 0.999, 1 - 0.9, 1 - 0.999, 0];
      const { module } = tryKernel({ kernel: "adam", fields: fields, writes: [0, 1, 2], call });
      expect([...module.written[0]!].map((x) => x.toFixed(12))).toEqual(["1.000000000000", "-1.000000000000", "NaN"]);
    });
  });

  describe("sums", () => {
    const value = (kernel: keyof Kernels, ...x: Vector[]): [module: number, reference: number] => {
      const trial = { kernel, fields: x, writes: [], call: (at: readonly number[]) => [...at, x[0]!.length] };
      const { module, reference } = tryKernel(trial);
      return [module.value!, reference.value!];
    };

    it("dot and sumAbsolute are within their bound, and 0 for n = 0", () => {
      for (const n of LENGTHS) {
        for (const scale of SCALES[elementType]) {
          const x = tame(n, random(n)).map((number) => number * scale);
          const y = tame(n, random(n + 7));
          expectSum(
            ...value("dot", x, y),
            Array.from(x, (number, i) => number * y[i]!),
            `dot ${n}`,
          );
          expectSum(...value("sumAbsolute", x), [...x], `sumAbsolute ${n}`);
        }
      }
      expect(value("dot", zeros(elementType, 0), zeros(elementType, 0))).toEqual([0, 0]);
      expect(value("sumAbsolute", zeros(elementType, 0))).toEqual([0, 0]);
    });

    it("dot of integers is exact: every entry counts once", () => {
      for (let n = 0; n <= 33; n++) {
        const x = numbers(Array.from({ length: n }, (_, i) => i + 1));
        expect(value("dot", x, x)[0]).toBe((n * (n + 1) * (2 * n + 1)) / 6);
        expect(
          value(
            "sumAbsolute",
            x.map((number) => -number),
          )[0],
        ).toBe((n * (n + 1)) / 2);
      }
    });

    it("maxAbsolute finds the largest entry and NaN at every index", () => {
      expect(value("maxAbsolute", zeros(elementType, 0))).toEqual([0, 0]);
      for (const n of SHORT) {
        for (let i = 0; i < n; i++) {
          const x = zeros(elementType, n).fill(-1);
          expect(value("maxAbsolute", x.with(i, -7))).toEqual([7, 7]);
          expect(value("maxAbsolute", x.with(i, NaN))).toEqual([NaN, NaN]);
        }
      }
    });

    it("NaN at any index makes a sum NaN", () => {
      for (const n of SHORT) {
        for (let i = 0; i < n; i++) {
          const x = zeros(elementType, n).fill(1).with(i, NaN);
          expect(value("dot", x, zeros(elementType, n))[0]).toBeNaN();
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
        { numRuns: cases(120, 300) },
      );
    });
  });

  describe("descendAt", () => {
    it("has the bits of the reference, and an index that appears twice counts once", () => {
      const drawn = fc.record({
        seed: fc.nat(),
        width: fc.integer({ min: 0, max: 19 }),
        rows: fc.array(fc.nat(6), { maxLength: 12 }),
      });
      const c = [0.5, 2, 0.125, 3];
      fc.assert(
        fc.property(drawn, fc.boolean(), ({ seed, width, rows }, apart) => {
          const kind = elementType === "float64" ? wild : tame;
          const [x, g] = [kind(7 * width, random(seed)), kind(7 * width, random(seed + 1))];
          const trial = (starts: number[]) => ({
            kernel: "descendAt" as const,
            fields: [x, g, Uint32Array.from(starts), apart ? Float64Array.from(c) : null],
            writes: [0, 1],
            call: ([x, g, at, terms]: readonly number[]) => [x!, g!, at!, starts.length, width, 0.3, terms!],
          });
          const starts = rows.map((row) => row * width);
          const { module } = expectRounding(trial(starts), (which, i) =>
            which === 0 ? [x[i]!, 0.3 * g[i]!, g[i]!] : [],
          );
          starts.forEach((start, at) => {
            if (!apart || elementType === "float32" || starts.indexOf(start) < at) return;
            for (let j = 0; j < width; j++) {
              const expected = x[start + j]! - 0.3 * c[(at % 2) + (j === width - 1 ? 2 : 0)]! * g[start + j]!;
              expect(module.written[0]![start + j]).toBe(Math.abs(expected) < 2 ** -960 ? 0 : expected);
            }
          });
          if (apart) return; // the first of two equal starts decides
          const often = tryKernel(trial(starts)).module.written;
          const once = tryKernel(trial([...new Set(starts)])).module.written;
          expect(often).toEqual(once);
          for (const start of starts)
            expect(once[1]!.subarray(start, start + width)).toEqual(zeros(elementType, width));
        }),
        { numRuns: cases(80, 200) },
      );
    });
  });
});
