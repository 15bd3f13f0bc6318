import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../test/cases.ts";
import { classification } from "../../../test/problems.ts";
import { linearModels, type MakeLinear, scaledRows } from "../../../test/scaledRows.ts";
import { linearRegression, plain, train } from "../../index.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { objectiveAfter, pilotRate } from "./pilotRate.ts";

describe("the rate with the lowest objective after a short run", () => {
  const near = (best: number) => (rate: number) => (rate > 4 * best ? Infinity : Math.abs(Math.log2(rate / best)));

  it.each([
    [0.1, 0.1],
    [0.1, 1.6],
    [0.8, 0.1],
    [1e6, 1e6 / 2 ** 30],
  ])("from %f: %f", (first, best) => {
    expect(pilotRate(first, near(best))).toBeCloseTo(best, 9);
  });

  it("is at most 4096 times the first", () => {
    expect(pilotRate(1, (rate) => 1 / rate)).toBe(4096);
  });

  it("ends if every run diverges", () => {
    expect(pilotRate(1, () => Infinity)).toBe(2 ** -40);
  });
});

it("the objective of a short run is that of its solution, or Infinity if the run diverges", () => {
  const { problem } = classification(60, 3);
  const average = { weight: "t8" } as const;
  const options = { batchSize: 7, epochs: 3, start: "zeros", seed: 5, kernels: wasmKernels, average } as const;
  let last = Infinity;
  for (const step of train(problem, plain(0.3), options)) last = step.objective();
  expect(objectiveAfter(problem, plain(0.3), options)).toBe(last);
  expect(objectiveAfter(problem, plain(1e300), options)).toBe(Infinity);
});

const makers = {
  ...linearModels,
  poisson: (options: object) => linearRegression({ ...options, loss: "poisson" }),
  quantile: (options: object) => linearRegression({ ...options, loss: "quantile", quantile: 0.8 }),
} as unknown as Record<string, MakeLinear>;

it("a run with default settings in batches never diverges, and ends below its start", () => {
  const ends: number[] = [];
  fc.assert(
    fc.property(
      fc.record({
        model: fc.constantFrom(...Object.keys(makers)),
        rows: fc.integer({ min: 12, max: 80 }),
        columns: fc.integer({ min: 1, max: 5 }),
        scale: fc.integer({ min: -4, max: 5 }),
        offset: fc.constantFrom(0, 3),
        batchSize: fc.constantFrom(1, 4, 11),
        standardize: fc.boolean(),
        l2: fc.constantFrom(undefined, 0, 0.3, 50),
        seed: fc.nat(1000),
      }),
      ({ model, rows, columns, scale, offset, seed, ...options }) => {
        const { X, signal } = scaledRows({ rows, columns, scale, offset, seed });
        const isCount = model === "poisson";
        const isNumber = isCount || model === "linear" || model === "quantile";
        const y = signal.map((z, i) =>
          isCount ? Math.max(1, Math.round(4 + z)) : isNumber ? z : i < 2 ? i : Number(z > 0),
        );
        const { history } = makers[model]!(options).fit(X, y);
        const start = makers[model]!({ ...options, batchSize: "full", optimizer: plain(1e-300), epochs: 1 });
        const [first] = start.fit(X, y).history.batchLoss;
        const end = history.objective!.at(-1)!;
        ends.push(end / first!);
        expect(end).toBeLessThanOrEqual(first! * (1 + 1e-9));
      },
    ),
    { numRuns: cases(120, 300), seed: 1 },
  );
  expect(ends.length).toBe(cases(120, 300));
});
