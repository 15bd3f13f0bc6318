// The compiled affine maps compared with the reference, for both element types. kernels.contract.test.ts describes the comparisons.

import fc from "fast-check";
import { describe, it } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import { elementBytes, type Vector, zeros } from "../src/core/vector.ts";
import { AFFINE_SCRATCH } from "../src/kernels/kernels.ts";
import { type Draw, ELEMENTS, expectSameBits, kernelTrials } from "./kernelTrial.ts";

const PAGES = 5;
const MAX_NUMBERS = 5800; // of a random shape, so that its fields fit into these pages
const WIDE_PAGES = 16;

/** Shapes that use every tile and every part of a tile, and more features or rows than one panel has. */
const shapes = fc.record({
  seed: fc.nat(),
  n: fc.oneof(fc.integer({ min: 0, max: 14 }), fc.constantFrom(17, 67, 258)),
  d: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 70 }), fc.constantFrom(256, 263)),
  k: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 40 }), fc.constant(258)),
});
const each = (use: (shape: { n: number; d: number; k: number; stream: Random }) => void, numRuns: number): void =>
  fc.assert(
    fc.property(shapes, ({ seed, ...shape }) => {
      const { n, d, k } = shape;
      fc.pre(n * d + k * d + n * k + Math.max(n * k, n * d) + k < MAX_NUMBERS);
      use({ ...shape, stream: random(seed) });
    }),
    { numRuns },
  );

/** Rows, features and outputs with more columns than are packed together, full groups of rows and parts of one. */
const WIDE = [
  [258, 150, 37],
  [19, 150, 300],
  [64, 273, 64],
] as const;

/** The arguments after the fields; the last field is the scratch buffer. */
const shaped =
  (...shape: readonly number[]) =>
  (at: readonly number[]): number[] => [...at.slice(0, -1), ...shape, at.at(-1)!];

describe.each(ELEMENTS)("%s", (elementType) => {
  const small = kernelTrials(elementType, PAGES);
  const wide = kernelTrials(elementType, WIDE_PAGES);
  const { tame, wild, tryKernel, expectSum } = small;
  const scratch = (): Vector => zeros(elementType, AFFINE_SCRATCH / elementBytes(elementType));

  it("affine of one output is within its bound", () => {
    each(({ n, d, stream }) => {
      const [X, W, b] = [tame(n * d, stream), tame(d, stream), tame(1, stream)];
      const { module, reference } = tryKernel({
        kernel: "affine",
        fields: [X, W, b, tame(n, stream), scratch()],
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

  it("affine: a row has the same bits in every block of rows", () => {
    each(({ n, d, k, stream }) => {
      const [X, W, b] = [tame(n * d, stream), tame(k * d, stream), tame(k, stream)];
      const scores = (from: number, to: number): Vector =>
        tryKernel({
          kernel: "affine",
          fields: [X.slice(from * d, to * d), W, b, zeros(elementType, (to - from) * k), scratch()],
          writes: [3],
          scratch: [4],
          call: shaped(to - from, d, k),
        }).module.written[0]!;
      const all = scores(0, n);
      for (let i = 0; i < Math.min(n, 15); i++) {
        expectSameBits(scores(i, i + 1), all.slice(i * k, (i + 1) * k), `row ${i}`);
      }
    }, 60);
  });

  function expectReference(
    { expectRounding }: typeof small,
    { n, d, k }: { n: number; d: number; k: number },
    kind: Draw,
    stream: Random,
  ): void {
    const [S, X, W] = [kind(n * k, stream), kind(n * d, stream), kind(k * d, stream)];
    const [GW, Gb, b] = [kind(k * d, stream), kind(k, stream), kind(k, stream)];
    const call = shaped(n, d, k);
    if (k > 1) {
      const fields = [X, W, b, kind(n * k, stream), scratch()];
      expectRounding({ kernel: "affine", fields, writes: [3], scratch: [4], call }, (_, at) => {
        const [i, c] = [Math.floor(at / k), at % k];
        return [b[c]!, ...Array.from({ length: d }, (_, j) => X[i * d + j]! * W[c * d + j]!)];
      });
    }
    const slopes = (c: number) => Array.from({ length: n }, (_, i) => S[i * k + c]!);
    const back = { fields: [S, X, GW, Gb, scratch()], writes: [2, 3], scratch: [4] };
    expectRounding({ kernel: "affineBack", ...back, call }, (which, at) => {
      if (which === 1) return [Gb[at]!, ...slopes(at)];
      return [GW[at]!, ...slopes(Math.floor(at / d)).map((s, i) => s * X[i * d + (at % d)]!)];
    });
    const inputs = { fields: [S, W, kind(n * d, stream), scratch()], writes: [2], scratch: [3] };
    expectRounding({ kernel: "affineInputs", ...inputs, call }, (_, at) =>
      Array.from({ length: k }, (_, c) => S[Math.floor(at / d) * k + c]! * W[c * d + (at % d)]!),
    );
  }
  const kinds = elementType === "float64" ? [tame, wild] : [tame];

  it("affine of several outputs and both pullbacks have the bits of the reference, up to the rounding of float32", () => {
    each(({ stream, ...shape }) => {
      for (const kind of kinds) expectReference(small, shape, kind, stream);
    }, 150);
  });

  it.each(WIDE)("the same for %i rows, %i features and %i outputs", (n, d, k) => {
    for (const kind of kinds) expectReference(wide, { n, d, k }, kind, random(n));
  });
});
