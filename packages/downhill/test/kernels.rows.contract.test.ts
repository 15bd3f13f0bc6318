// The compiled module against the reference where rows have a width: affine maps, softmax, losses and pairs. What is
// held to what: see kernels.contract.test.ts.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import { AFFINE_ROOM } from "../src/kernels/kernels.ts";
import { expectBits, expectSameBits, expectSum, tame, tryKernel, wild } from "./kernelTrial.ts";

const shapes = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 0, max: 14 }),
  d: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 70 })),
  k: fc.integer({ min: 1, max: 9 }),
});
const each = (use: (shape: { n: number; d: number; k: number; stream: Random }) => void, numRuns = 250): void =>
  fc.assert(
    fc.property(shapes, ({ seed, ...shape }) => use({ ...shape, stream: random(seed) })),
    { numRuns },
  );

/** Shapes that reach every tile, every rest of one, and more features or rows than one panel holds. */
const affineShapes = fc.record({
  seed: fc.nat(),
  n: fc.oneof(fc.integer({ min: 0, max: 14 }), fc.constantFrom(67, 258)),
  d: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 70 }), fc.constantFrom(256, 263)),
  k: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 40 }), fc.constant(258)),
});
const eachAffine = (use: Parameters<typeof each>[0], numRuns = 150): void =>
  fc.assert(
    fc.property(affineShapes, ({ seed, ...shape }) => {
      const { n, d, k } = shape;
      fc.pre(n * d + k * d + n * k + Math.max(n * k, n * d) + k < 5800); // what the trial's memory holds
      use({ ...shape, stream: random(seed) });
    }),
    { numRuns },
  );
const room = (): Float64Array => new Float64Array(AFFINE_ROOM / 8);
/** The arguments after the fields, of which the last is the room. */
const shaped =
  (...shape: readonly number[]) =>
  (at: readonly number[]): number[] => [...at.slice(0, -1), ...shape, at.at(-1)!];

describe("affine maps", () => {
  it("affine of one output is within its bound", () => {
    eachAffine(({ n, d, stream }) => {
      const [X, W, b] = [tame(n * d, stream), tame(d, stream), tame(1, stream)];
      const { module, reference } = tryKernel({
        kernel: "affine",
        fields: [X, W, b, tame(n, stream), room()],
        writes: [3],
        scratch: [4],
        call: shaped(n, d, 1),
      });
      for (let i = 0; i < n; i++) {
        const products = Array.from({ length: d }, (_, j) => X[i * d + j]! * W[j]!);
        const [z, expected] = [module.written[0]![i]!, reference.written[0]![i]!];
        expectSum(z, expected, [b[0]!, ...products], `Z ${i} of ${n} ${d}`);
      }
    }, 60);
  });

  it("affine of one output: a row has the same bits in every block of rows", () => {
    each(({ n, d, stream }) => {
      const [X, W, b] = [tame(n * d, stream), tame(d, stream), tame(1, stream)];
      const scores = (from: number, to: number): Float64Array =>
        tryKernel({
          kernel: "affine",
          fields: [X.slice(from * d, to * d), W, b, new Float64Array(to - from), room()],
          writes: [3],
          scratch: [4],
          call: shaped(to - from, d, 1),
        }).module.written[0]!;
      const whole = scores(0, n);
      for (let i = 0; i < n; i++) expectSameBits(scores(i, i + 1), whole.slice(i, i + 1), `row ${i}`);
    }, 60);
  });

  it("affine of more outputs and both pullbacks add in the order of the formula: the bits of the reference", () => {
    eachAffine(({ n, d, k, stream }) => {
      for (const kind of [tame, wild]) {
        const [S, X, W] = [kind(n * k, stream), kind(n * d, stream), kind(k * d, stream)];
        const call = shaped(n, d, k);
        if (k > 1) {
          const fields = [X, W, kind(k, stream), kind(n * k, stream), room()];
          expectBits({ kernel: "affine", fields, writes: [3], scratch: [4], call });
        }
        const back = { fields: [S, X, kind(k * d, stream), kind(k, stream), room()], writes: [2, 3], scratch: [4] };
        expectBits({ kernel: "affineBack", ...back, call });
        const inputs = { fields: [S, W, kind(n * d, stream), room()], writes: [2], scratch: [3] };
        expectBits({ kernel: "affineInputs", ...inputs, call });
      }
    });
  });
});

describe("softmax and crossEntropy", () => {
  it("softmax has the bits of the reference; rows are positive and sum to 1", () => {
    each(({ n, d: k, stream }) => {
      for (const kind of [tame, wild]) {
        const trial = { fields: [kind(n * k, stream)], writes: [0], call: ([Z]: readonly number[]) => [Z!, n, k] };
        expectBits({ kernel: "softmax", ...trial });
        if (kind === wild) continue;
        const P = tryKernel({ kernel: "softmax", ...trial }).module.written[0]!;
        for (let i = 0; i < n; i++) {
          const row = P.subarray(i * k, (i + 1) * k);
          expect(Math.min(...row)).toBeGreaterThan(0);
          expectSum(
            row.reduce((sum, p) => sum + p, 0),
            1,
            [...row],
          );
        }
      }
    });
  });

  it("crossEntropy: the slopes have the bits of the reference, the sum is within its bound", () => {
    each(({ n, d: k, stream }) => {
      const Z = tame(n * k, stream).map((z) => 9 * z);
      const y = Float64Array.from({ length: n }, () => Math.floor(stream.uniform() * k));
      for (const w of [null, tame(n, stream).map(Math.abs)]) {
        const { module, reference } = tryKernel({
          kernel: "crossEntropy",
          fields: [Z, y, w],
          writes: [0],
          call: (at) => [...at, n, k],
        });
        expectSameBits(module.written[0]!, reference.written[0]!, "slopes");
        const terms: number[] = [];
        for (let i = 0; i < n; i++) {
          const row = Z.subarray(i * k, (i + 1) * k);
          const largest = Math.max(...row);
          const sum = row.reduce((sum, z) => sum + Math.exp(z - largest), 0);
          terms.push((w?.[i] ?? 1) * (Math.log(sum) + largest - row[y[i]!]!));
        }
        expectSum(module.value!, reference.value!, terms);
        expect(Math.abs(module.value! - terms.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(1e-12 * (1 + n));
      }
    });
  });

  it("crossEntropy of scores far apart stays finite: 2000 for the wrong class, 0 for the right one", () => {
    const scores = Float64Array.of(1000, -1000, 1000, -1000);
    const call = ([Z, y]: readonly number[]) => [Z!, y!, 0, 2, 2];
    const { module } = tryKernel({
      kernel: "crossEntropy",
      fields: [scores, Float64Array.of(1, 0)],
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
  };

  it.each(Object.entries(losses))("%s: slopes bit by bit, the sum within its bound", (kernel, loss) => {
    each(({ n: rows, d, k: columns, stream }) => {
      const [n, k] = kernel === "logistic" ? [d, 1] : [rows, columns];
      const Y = tame(n * k, stream).map((y) => (kernel === "halfSquared" ? y : Math.sign(y)));
      for (const kind of [tame, wild]) {
        for (const w of [null, tame(n, stream).map(Math.abs)]) {
          const Z = kind(n * k, stream);
          const { module, reference } = tryKernel({
            kernel: kernel as keyof typeof losses,
            fields: [Z, Y, w],
            writes: [0],
            call: (at) => (kernel === "logistic" ? [...at, n] : [...at, n, k]),
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
  });

  it("logistic never overflows: the loss of a score of −1000 is 1000, its slope −1", () => {
    const fields = [Float64Array.of(-1000, 1000, 0), Float64Array.of(1, 1, -1)];
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
  });

  it("pairDots is within its bound", () => {
    fc.assert(
      fc.property(drawn, ({ seed, r, biased, rows }) => {
        const width = r + biased;
        const x = tame(9 * width, random(seed));
        const { module, reference } = tryKernel({
          kernel: "pairDots",
          fields: [Uint32Array.from(rows.flat(), (row) => row * width), x, new Float64Array(rows.length)],
          writes: [2],
          call: ([pairs, x, Z]) => [pairs!, x!, 3.5, Z!, rows.length, r, biased],
        });
        rows.forEach(([u, i], at) => {
          const [p, q] = [x.subarray(u * width), x.subarray(i * width)];
          const terms = [3.5, ...Array.from({ length: r }, (_, f) => p[f]! * q[f]!)];
          if (biased) terms.push(p[r]!, q[r]!);
          expectSum(module.written[0]![at]!, reference.written[0]![at]!, terms);
          expect(module.written[0]![at]).toBeCloseTo(
            terms.reduce((a, b) => a + b),
            10,
          );
        });
      }),
      { numRuns: 200 },
    );
  });

  it("pairBack: gradients bit by bit, also where rows repeat; squares within their bound", () => {
    fc.assert(
      fc.property(drawn, ({ seed, r, biased, l2, rows }) => {
        const width = r + biased;
        const stream = random(seed);
        const x = tame(9 * width, stream);
        const pairs = Uint32Array.from(rows.flat(), (row) => row * width);
        const { module, reference } = tryKernel({
          kernel: "pairBack",
          fields: [pairs, tame(rows.length, stream), x, tame(9 * width, stream)],
          writes: [3],
          call: ([pairs, S, x, g]) => [pairs!, S!, x!, g!, l2, rows.length, r, biased],
        });
        expectSameBits(module.written[0]!, reference.written[0]!, "gradients");
        if (l2 === 0) expect([module.value, reference.value]).toEqual([0, 0]);
        const squares = [...pairs].flatMap((start) =>
          [...x.subarray(start, start + width)].map((number) => number ** 2),
        );
        if (l2 > 0) expectSum(module.value!, reference.value!, squares);
      }),
      { numRuns: 200 },
    );
  });
});
