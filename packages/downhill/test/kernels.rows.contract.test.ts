// The compiled module compared with the reference, for functions of rows: softmax, losses and pairs, for both element
// types. kernels.contract.test.ts describes the comparisons.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import { type Vector, zeros } from "../src/core/vector.ts";
import { cases } from "./cases.ts";
import { ELEMENTS, expectSameBits, kernelTrials } from "./kernelTrial.ts";

const shapes = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 0, max: 14 }),
  d: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 70 })),
  k: fc.integer({ min: 1, max: 9 }),
});
const each = (
  use: (shape: { n: number; d: number; k: number; stream: Random }) => void,
  numRuns = cases(100, 250),
): void =>
  fc.assert(
    fc.property(shapes, ({ seed, ...shape }) => use({ ...shape, stream: random(seed) })),
    { numRuns },
  );

describe.each(ELEMENTS)("%s", (elementType) => {
  const { epsilon, numbers, tame, wild, tryKernel, expectBits, expectRounding, expectSum } = kernelTrials(elementType);

  describe("softmax and crossEntropy", () => {
    const sumOf = (row: Vector, slopeOf: (z: number) => number): number =>
      Array.from(row, slopeOf).reduce((a, b) => a + b, 0);

    /** In float32 z − m is rounded before exp: its error counts as |z − m| more terms. */
    function expectNear(actual: Vector, expected: Vector, Z: Vector, k: number, weight: (i: number) => number): void {
      if (elementType === "float64") expectSameBits(actual, expected, "rows");
      for (let i = 0; i * k < Z.length; i++) {
        const row = Z.subarray(i * k, (i + 1) * k);
        const largest = Math.max(...row);
        const sum = sumOf(row, (z) => Math.exp(z - largest));
        for (const [c, z] of row.entries()) {
          const share = (weight(i) * Math.exp(z - largest)) / sum;
          const [x, correct] = [actual[i * k + c]!, expected[i * k + c]!];
          const allowed = epsilon * ((4 + k + largest - z) * share + Math.abs(correct));
          if (!(Math.abs(x - correct) <= allowed))
            expect.fail(`row ${i} at ${c}: ${x}, expected ${correct} ± ${allowed}`);
        }
      }
    }

    /** The error of the logarithm of a row's sum from the rounding of one z − m. */
    const roundedGap = (z: number, largest: number, sum: number, weight: number): number =>
      (weight * (largest - z) * Math.exp(z - largest)) / sum;

    it("softmax has the rows of the reference; they are positive and add up to 1", () => {
      each(({ n, d: k, stream }) => {
        for (const kind of [tame, wild]) {
          const Z = kind(n * k, stream);
          const trial = { fields: [Z], writes: [0], call: ([Z]: readonly number[]) => [Z!, n, k] };
          const { module, reference } = tryKernel({ kernel: "softmax", ...trial });
          if (elementType === "float64") expectBits({ kernel: "softmax", ...trial });
          if (kind === wild) continue;
          const P = module.written[0]!;
          expectNear(P, reference.written[0]!, Z, k, () => 1);
          for (let i = 0; i < n; i++) {
            const row = P.subarray(i * k, (i + 1) * k);
            expect(Math.min(...row)).toBeGreaterThan(0);
            expectSum(
              sumOf(row, (p) => p),
              1,
              [...row],
            );
          }
        }
      });
    });

    it("softmaxBack has the bits of the reference", () => {
      each(({ n, d: k, stream }) => {
        const [P, S] = [tame(n * k, stream).map(Math.abs), tame(n * k, stream)] as const;
        expectBits({ kernel: "softmaxBack", fields: [P, S], writes: [1], call: (at) => [...at, n, k] });
      });
    });

    it("crossEntropy has the slopes of the reference, and its sum is within the bound", () => {
      each(({ n, d: k, stream }) => {
        const Z = tame(n * k, stream).map((z) => 9 * z);
        const y = numbers(Array.from({ length: n }, () => Math.floor(stream.uniform() * k)));
        for (const w of [null, tame(n, stream).map(Math.abs)]) {
          const { module, reference } = tryKernel({
            kernel: "crossEntropy",
            fields: [Z, y, w],
            writes: [0],
            call: (at) => [...at, n, k],
          });
          expectNear(module.written[0]!, reference.written[0]!, Z, k, (i) => w?.[i] ?? 1);
          const [terms, rounded]: [number[], number[]] = [[], []];
          for (let i = 0; i < n; i++) {
            const row = Z.subarray(i * k, (i + 1) * k);
            const largest = Math.max(...row);
            const sum = sumOf(row, (z) => Math.exp(z - largest));
            terms.push((w?.[i] ?? 1) * (Math.log(sum) + (largest - row[y[i]!]!)));
            if (elementType === "float32")
              rounded.push(...Array.from(row, (z) => roundedGap(z, largest, sum, w?.[i] ?? 1)));
          }
          expectSum(module.value!, reference.value!, [...terms, ...rounded]);
          const total = terms.reduce((a, b) => a + b, 0);
          expectSum(module.value!, total, [...terms, ...terms.map(() => 1)]); // scores up to 40, logarithms of up to 70
        }
      });
    });

    it("crossEntropy of scores far apart stays finite: 2000 for the wrong class, 0 for the right one", () => {
      const scores = numbers([1000, -1000, 1000, -1000]);
      const call = ([Z, y]: readonly number[]) => [Z!, y!, 0, 2, 2];
      const { module } = tryKernel({
        kernel: "crossEntropy",
        fields: [scores, numbers([1, 0])],
        writes: [0],
        call,
      });
      expect(module.value).toBe(2000);
      expect([...module.written[0]!]).toEqual([1, -1, 0, 0]);
    });
  });

  describe("losses of one score", () => {
    const losses = {
      halfSquared: (z: number, y: number) => 0.5 * (z - y) * (z - y),
      logistic: (z: number, y: number) => Math.log1p(Math.exp(-Math.abs(y * z))) + Math.max(0, -y * z),
      hinge: (z: number, y: number) => Math.max(0, 1 - y * z),
      squaredHinge: (z: number, y: number) => Math.max(0, 1 - y * z) * Math.max(0, 1 - y * z),
      huber(z: number, y: number) {
        const u = z - y;
        return u > 0.2 ? 0.3 * u - 0.03 : u < -0.4 ? -0.6 * u - 0.12 : 0.75 * u * u; // curvature 1.5, slopes −0.6 … 0.3
      },
      poisson: (z: number, y: number) =>
        z > 40 ? Math.exp(40) * (1 + z - 40) - y * z + constantOf(y) : Math.exp(z) - y * z + constantOf(y),
    };
    const constantOf = (y: number): number => (y > 0 ? y * Math.log(y) - y : 0);
    const targetOf = (kernel: string, y: number): number =>
      kernel === "poisson" ? Math.max(0, Math.round(2 * y)) : /halfSquared|huber/.test(kernel) ? y : Math.sign(y);

    it.each(Object.entries(losses))(
      "%s has the bits of the reference's slopes, and its sum is within the bound",
      (kernel, loss) => {
        each(({ n: rows, d, k: columns, stream }) => {
          const [n, k] = kernel === "logistic" ? [d, 1] : [rows, columns];
          const Y = tame(n * k, stream).map((y) => targetOf(kernel, y));
          for (const kind of [tame, wild]) {
            for (const w of [null, tame(n, stream).map(Math.abs)]) {
              const Z = kind(n * k, stream);
              const { module, reference } = tryKernel({
                kernel: kernel as keyof typeof losses,
                fields: [Z, Y, w],
                writes: [0],
                call: (at) => [
                  ...at,
                  ...(kernel === "logistic" ? [n] : kernel === "huber" ? [n, k, 1.5, 0.6, 0.3] : [n, k]),
                ],
              });
              expectSameBits(module.written[0]!, reference.written[0]!, "slopes");
              const terms = [...Z].map((z, at) => (w?.[Math.floor(at / k)] ?? 1) * loss(z, Y[at]!));
              if (kind === wild) {
                if (terms.some(Number.isNaN)) expect([module.value, reference.value]).toEqual([NaN, NaN]);
              } else {
                expectSum(module.value!, reference.value!, terms);
                expect(module.value).toBeCloseTo(
                  terms.reduce((a, b) => a + b, 0),
                  10,
                );
              }
            }
          }
        });
      },
    );

    it("logistic never overflows: the loss of a score of −1000 is 1000, its slope −1", () => {
      const fields = [numbers([-1000, 1000, 0]), numbers([1, 1, -1])];
      const call = ([Z, Y]: readonly number[]) => [Z!, Y!, 0, 3];
      const { module } = tryKernel({ kernel: "logistic", fields, writes: [0], call });
      expect(module.value).toBeCloseTo(1000 + Math.LN2, 12);
      expect([...module.written[0]!]).toEqual([-1, -0, 0.5]);
    });
  });

  describe("pairs", () => {
    const drawn = fc.record({
      seed: fc.nat(),
      r: fc.integer({ min: 1, max: 35 }),
      biased: fc.constantFrom(0, 1),
      l2: fc.constantFrom(0, 0.02),
      rows: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 8 })), { maxLength: 12 }),
      terms: fc.constantFrom(null, [0.5, 2, 0, 0.25]),
    });

    it("pairDots is within its bound", () => {
      fc.assert(
        fc.property(drawn, ({ seed, r, biased, rows }) => {
          const width = r + biased;
          const x = tame(9 * width, random(seed));
          const { module, reference } = tryKernel({
            kernel: "pairDots",
            fields: [Uint32Array.from(rows.flat(), (row) => row * width), x, zeros(elementType, rows.length)],
            writes: [2],
            call: ([pairs, x, Z]) => [pairs!, x!, 3.5, Z!, rows.length, r, biased],
          });
          rows.forEach(([u, i], at) => {
            const [p, q] = [x.subarray(u * width), x.subarray(i * width)];
            const terms = [3.5, ...Array.from({ length: r }, (_, f) => p[f]! * q[f]!)];
            if (biased) terms.push(p[r]!, q[r]!);
            expectSum(module.written[0]![at]!, reference.written[0]![at]!, terms);
            expectSum(
              module.written[0]![at]!,
              terms.reduce((a, b) => a + b),
              terms,
            );
          });
        }),
        { numRuns: cases(100, 200) },
      );
    });

    it("pairBack adds gradients in order, also for repeated rows; the sum of squares is within its bound", () => {
      fc.assert(
        fc.property(drawn, ({ seed, r, biased, l2, rows, terms }) => {
          const width = r + biased;
          const stream = random(seed);
          const x = tame(9 * width, stream);
          const [S, g] = [tame(rows.length, stream), tame(9 * width, stream)];
          const pairs = Uint32Array.from(rows.flat(), (row) => row * width);
          const trial = {
            kernel: "pairBack" as const,
            fields: [pairs, S, x, g, terms && Float64Array.from(terms)],
            writes: [3],
            call: ([pairs, S, x, g, c]: readonly number[]) => [pairs!, S!, x!, g!, l2, rows.length, r, biased, c!],
          };
          const termOf = (side: number, f: number): number => terms?.[side + (f < r ? 0 : 2)] ?? 1;
          const { module, reference } = expectRounding(trial, (_, at) => {
            const [row, f] = [Math.floor(at / width), at % width];
            const factor = (other: number) => (f < r ? x[other * width + f]! : 1);
            const own = rows.flatMap(([p, q], i) =>
              [p, q].flatMap((one, side) =>
                one === row ? [S[i]! * factor(side === 0 ? q : p), l2 * termOf(side, f) * x[at]!] : [],
              ),
            );
            return [g[at]!, ...own];
          });
          if (l2 === 0) expect([module.value, reference.value]).toEqual([0, 0]);
          const squares = [...pairs].flatMap((start, at) =>
            Array.from(x.subarray(start, start + width), (number, f) => termOf(at % 2, f) * number ** 2),
          );
          if (l2 > 0) expectSum(module.value!, reference.value!, squares);
        }),
        { numRuns: cases(100, 200) },
      );
    });
  });
});
