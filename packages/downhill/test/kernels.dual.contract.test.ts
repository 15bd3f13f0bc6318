// The kernels of certificates, compared with their reference. Their numbers are float64 with either element type.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import { lossCodes } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { Memory } from "../src/kernels/webassembly.ts";
import { cases } from "./cases.ts";
import { kernelTrials } from "./kernelTrial.ts";

const { expectBits, tryKernel } = kernelTrials("float64");
const names = ["halfSquared", "logistic", "hinge", "squaredHinge", "crossEntropy", "huber", "poisson"] as const;
const shapes = fc.record({ seed: fc.nat(), n: fc.integer({ min: 0, max: 14 }), k: fc.integer({ min: 1, max: 7 }) });
const LIMITS = [1.7, 0.4, 0.9] as const; // curvature, low, high

const list = (n: number, draw: () => number): Float64Array => Float64Array.from({ length: n }, draw);

/** Scores, slopes of the loss near some other scores, targets, and weights, of which some are 0. */
function draw(name: (typeof names)[number], n: number, k: number, stream: Random, near = 0.001) {
  const one = name === "logistic" ? 1 : k; // logistic has one score
  const Z = list(n * one, () => 4 * stream.normal());
  const label = (): number => (stream.uniform() < 0.5 ? -1 : 1);
  const target = name === "huber" || name === "halfSquared" ? () => stream.normal() : label;
  const Y =
    name === "crossEntropy"
      ? list(n, () => Math.floor(k * stream.uniform()))
      : list(n * one, name === "poisson" ? () => Math.floor(4 * stream.uniform()) : target);
  const memory = new Memory({ initial: 1 });
  const kernels = wasmKernels(memory, "float64");
  const S = new Float64Array(memory.buffer, 64, n * one);
  new Float64Array(memory.buffer, 8000, Y.length).set(Y);
  S.set(Z.map((z) => z + near * stream.normal()));
  if (name === "logistic") kernels.logistic(64, 8000, 0, n);
  else if (name === "huber") kernels.huber(64, 8000, 0, n, one, ...LIMITS);
  else kernels[name](64, 8000, 0, n, one);
  const w = stream.uniform() < 0.5 ? null : list(n, () => (stream.uniform() < 0.2 ? 0 : stream.uniform()));
  return { Z, Y, S: S.slice(), w, k: one };
}

describe.each(names)("%s", (name) => {
  const code = lossCodes[name];
  it("limitSlopes and bendSlopes have the bits of the reference", () => {
    fc.assert(
      fc.property(shapes, ({ seed, n, k: outputs }) => {
        const stream = random(seed);
        const { Y, S, k } = draw(name, n, outputs, stream);
        const any = S.map((s) => s + 0.3 * stream.normal());
        const open = list(k, () => (stream.uniform() < 0.3 ? 0 : 1));
        const limited = { fields: [Y, any, open], writes: [1] };
        expectBits({
          ...{ kernel: "limitSlopes", ...limited },
          call: ([y, s, o]) => [code, y!, s!, n, k, LIMITS[1], LIMITS[2], o!],
        });
        const T = list(n * k, () => stream.normal());
        const bent = { fields: [Y, S, T], writes: [2] };
        expectBits({ ...{ kernel: "bendSlopes", ...bent }, call: (at) => [code, ...at, n, k, ...LIMITS] });
      }),
      { numRuns: cases(60, 120) },
    );
  });
});

it("slopeSums has the bits of the reference, and its errors: the sum of 1, 1e100, 1 and −1e100 is 2", () => {
  fc.assert(
    fc.property(shapes, ({ seed, n, k }) => {
      const stream = random(seed);
      const S = list(n * k, () => stream.normal() * 10 ** Math.floor(8 * stream.uniform()));
      const w = stream.uniform() < 0.5 ? null : list(n, () => stream.uniform());
      const out = list(2 * k + 1, () => 0);
      expectBits({ ...{ kernel: "slopeSums", fields: [S, w, out], writes: [2] }, call: (at) => [...at, n, k] });
    }),
    { numRuns: cases(60, 120) },
  );
  const { module } = tryKernel({
    ...{ kernel: "slopeSums", fields: [Float64Array.of(1, 1e100, 1, -1e100), null, new Float64Array(3)], writes: [2] },
    call: (at) => [...at, 4, 1],
  });
  const [total, rest] = module.written[0]!;
  expect(total! + rest!).toBe(2);
});

it("widen converts every number exactly", () => {
  const memory = new Memory({ initial: 1 });
  const [X, wide] = [new Float32Array(memory.buffer, 64, 33), 1024];
  const stream = random(5);
  X.set(list(33, () => stream.normal()));
  wasmKernels(memory, "float64").widen(64, wide, 33);
  const copy = new Float64Array(memory.buffer, wide, 33);
  expect([...copy]).toEqual([...X]);
});

it("the kernels of the smoothed hinge have the bits of the reference", () => {
  for (let n = 0; n < 35; n += 2) {
    const memories = [new Memory({ initial: 1 }), new Memory({ initial: 1 })];
    const [module, reference] = memories.map((memory, i) => {
      const kernels = (i === 0 ? wasmKernels : referenceKernels)(memory, "float64");
      const draw = random(n);
      const view = (at: number, scale: number): Float64Array => {
        const numbers = new Float64Array(memory.buffer, at, 40).fill(NaN); // what follows the rows must not be used
        for (let j = 0; j < n; j++) numbers[j] = scale * draw.normal();
        return numbers;
      };
      const [u, a, w, v, out, S, Q] = [
        view(64, 3),
        view(512, 1),
        view(1024, 2),
        view(1536, 0.3),
        view(2048, 1),
        view(2560, 1),
        view(3072, 1),
      ];
      kernels.smoothSums(u.byteOffset, a.byteOffset, w.byteOffset, out.byteOffset, n, 0.3, 4e-4);
      const sums = [...out.subarray(0, 2)];
      const [x, y, weights, s, slopes, curvatures, error] = [u, a, w, v, S, Q, out].map(({ byteOffset }) => byteOffset);
      kernels.smoothSlopes(x!, y!, weights!, s!, slopes!, curvatures!, error!, n, 0.3);
      expect([S[n], Q[n]]).toEqual([NaN, NaN]);
      return [...sums, out[0]!, ...S.subarray(0, n), ...Q.subarray(0, n)];
    });
    expect(module).toEqual(reference);
    expect(module!.every(Number.isFinite)).toBe(true);
    if (n > 0) expect(module!.slice(0, 3)).not.toContain(0);
  }
});
