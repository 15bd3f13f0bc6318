// Objectives and runs in float32 have the values, gradients and paths of float64 up to rounding, and store only float32 numbers.
// kernels.contract.test.ts tests the bits of the kernels.

import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { hessianTimes } from "../src/diagnosis/curvature/hessianTimes.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { plain } from "../src/optimizers/plain.ts";
import { drawTrial, kinds } from "./objectiveTrial.ts";
import { optimizers } from "./optimizerTrial.ts";
import { apart, bound, classification, evaluated, normals, ratings, regression, run, thrown } from "./problems.ts";

// About 60 rounding errors of 6e-8, on numbers about as large as the result.
const ROUNDING = 4e-6;

const single = (numbers: Float64Array): Float32Array => Float32Array.from(numbers);
const rounded = (numbers: Float64Array): Float64Array => Float64Array.from(single(numbers));

describe.each(kinds)("$name", (kind) => {
  it("has the value, the gradient and the products with the Hessian of float64 on the same numbers", () => {
    for (let seed = 0; seed < 8; seed++) {
      const trial = drawTrial(kind, seed, undefined, single);
      const twin = drawTrial(kind, seed, undefined, rounded).problem;
      expect([trial.problem.elementType, twin.elementType]).toEqual(["float32", "float64"]);
      const at = single(trial.params);
      const expected = evaluated(twin, at);
      for (const kernels of [wasmKernels, referenceKernels]) {
        const { value, gradient } = evaluated(trial.problem, at, { kernels });
        expect(Math.abs(value - expected.value)).toBeLessThan(ROUNDING * Math.max(expected.value, 1e-3));
        expect(apart(gradient, expected.gradient)).toBeLessThan(ROUNDING);
      }
      const v = single(normals(random(seed), at.length));
      const product = hessianTimes(trial.problem, at, v);
      expect(apart(product, hessianTimes(twin, at, v))).toBeLessThan(ROUNDING);
      expect(product.every((entry) => entry === Math.fround(entry))).toBe(true);
      expect(bound(trial.problem, at).gradient).toBeInstanceOf(Float32Array);
    }
  });
});

describe("eight lanes of float32", () => {
  it("add up to the value and gradient of float64", () => {
    const [one, other] = (["float32", "float64"] as const).map(
      (elementType) => classification(20011, 53, { elementType }).problem,
    );
    const order = random(4).permutation(20011);
    const at = normals(random(5), 54).map((w) => Math.fround(0.2 * w));
    const [got, expected] = [one!, other!].map((problem) => evaluated(problem, at, { order }));
    // A loss has the rounding error of its score; a gradient entry is 8 sums of about 2500 terms with random signs.
    expect(Math.abs(got!.value / expected!.value - 1)).toBeLessThan(1e-7);
    expect(apart(got!.gradient, expected!.gradient)).toBeLessThan(1e-5);
  });
});

describe("runs in float32", () => {
  const [data, twin] = (["float32", "float64"] as const).map((elementType) =>
    classification(23, 3, { l2: 0.05, elementType }),
  );

  it.each(optimizers)("$name has the path of float64", ({ make }) => {
    for (const batchSize of ["full", 7] as const) {
      if (make().fullBatch && batchSize !== "full") continue;
      const [one, other] = [data!, twin!].map(({ problem }) => run(problem, make(), { batchSize, epochs: 12 }).last);
      expect(one!.params).toBeInstanceOf(Float32Array);
      expect(one!.state().slots.every((slot) => slot instanceof Float32Array)).toBe(true);
      expect(apart(one!.params, other!.params)).toBeLessThan(1e-4);
      expect(Math.abs(one!.objective() / other!.objective() - 1)).toBeLessThan(1e-5);
    }
  });

  it("l1 sets the same weights to 0 as in float64", () => {
    const [one, other] = (["float32", "float64"] as const).map((elementType) => {
      const { problem } = regression(40, 6, { l1: 0.3, elementType });
      return run(problem, plain(0.2), { epochs: 300 }).last.params;
    });
    expect(Array.from(one!, (w) => w === 0)).toEqual(Array.from(other!, (w) => w === 0));
    expect(one!).toContain(0);
    expect(apart(one!, other!)).toBeLessThan(1e-5);
  });

  it.each([1, 8])("a sparse run of a factorization, batches of %i", (batchSize) => {
    const [one, other] = (["float32", "float64"] as const).map((elementType) => {
      const problem = ratings(6, 5, 30, { biases: true, perRating: 0.05, elementType });
      expect(problem.elementType).toBe(elementType);
      return run(problem, plain(0.05), { batchSize, epochs: 10, start: "random" }).last;
    });
    expect(one!.params).toBeInstanceOf(Float32Array);
    expect(apart(one!.params, other!.params)).toBeLessThan(1e-5);
  });

  it("begin at `start` if float32 can represent it, and diverge in float32", () => {
    const start = Float64Array.of(0.1, 0, 0, 1e39);
    expect(thrown(() => run(data!.problem, plain(0.1), { start }))).toEqual(
      new RangeError(
        "train: start must hold finite numbers, got Infinity in row 3. Remove the row or supply the value.",
      ),
    );
    const failed = thrown(() => run(regression(9, 2, { elementType: "float32" }).problem, plain(1e30), { epochs: 9 }));
    expect(failed).toMatchObject({ name: "DivergenceError", params: expect.any(Float32Array) });
  });
});
