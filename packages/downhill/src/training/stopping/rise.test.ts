// The error of a run that diverges: the update, the learning rate, and the last parameters with a finite loss.

import { describe, expect, it } from "vitest";
import { bits, evaluated, ratings, regression, type Shot, shot, thrown } from "../../../test/problems.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import { dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { linear } from "../../predictors/linear.ts";
import { minimize, problemOf } from "../minimize.ts";
import { largestCurvature } from "../objective/largestCurvature.ts";
import type { Problem } from "../objective/objective.ts";
import { risk } from "../objective/risk.ts";
import { train } from "../train.ts";
import type { TrainOptions } from "../trainOptions.ts";

/** The steps until a run diverges, and its error. */
function until(
  problem: Problem,
  optimizer: Optimizer,
  options: TrainOptions,
): { shots: Shot[]; error: DivergenceError } {
  const shots: Shot[] = [];
  const error = thrown(() => {
    for (const step of train(problem, optimizer, { epochs: 100000, ...options })) shots.push(shot(step));
  });
  expect(error).toBeInstanceOf(DivergenceError);
  return { shots, error: error as DivergenceError };
}

const { problem } = regression(20, 3);
const curved = risk({
  predictor: linear(3),
  loss: halfSquared(),
  inputs: dense({ data: regression(20, 3).X, rows: 20, columns: 3 }),
  targets: dense({ data: new Float64Array(20), rows: 20, columns: 1 }),
});
const L = largestCurvature(curved, { kernels: wasmKernels, iterations: 500 });

describe("linear regression in full batch", () => {
  it("converges with a learning rate below 2/L and diverges with one above it", () => {
    const falls = [...train(problem, plain(1.98 / L), { epochs: 2000 })].at(-1)!;
    expect(falls.history.objective!.at(-1)).toBeLessThan(falls.history.objective![0]!);
    const { shots, error } = until(problem, plain(2.02 / L), {});
    // The direction of largest curvature is multiplied by 1 − 2.02 in each update: its square reaches 2^1024 after
    // 1024 ln 2 / (2 ln 1.02) updates.
    expect(error.update).toBeGreaterThan(17000);
    expect(error.update).toBeLessThan(18500);
    expect(shots.length).toBe(error.update - 1);
    expect(error.learningRate).toBe(2.02 / L);
  });

  it.each(["exact", "running"] as const)("%s: the parameters are the last ones with a finite loss", (trace) => {
    const { shots, error } = until(problem, plain(5 / L), { trace });
    const at = error.update; // its parameters' loss is the first that is not finite
    const [before, last] = [shots[at - 2]!, shots[at - 1]];
    expect(bits(error.params)).toEqual(bits(before.params));
    expect(error.params.every(Number.isFinite)).toBe(true);
    expect(evaluated(problem, error.params).value).toBeLessThan(Infinity);
    expect(evaluated(problem, error.params).value).toBeGreaterThan(1e300);
    if (trace === "exact") expect(last).toBeUndefined();
    else expect(evaluated(problem, last!.params).value).toBe(Infinity);
    const what = trace === "exact" ? "the objective became Infinity" : "the loss became Infinity";
    expect(error.message).toBe(
      `train: ${what} at update ${at} (learning rate ${5 / L}). Lower the learning rate or standardize the columns of X.`,
    );
    expect(error.name).toBe("DivergenceError");
  });

  it("the error's parameters are a copy", () => {
    const { error } = until(problem, plain(5 / L), {});
    expect(error.params.byteLength).toBe(32);
    expect(error.params.buffer.byteLength).toBe(32);
  });
});

describe("linear regression in batches", () => {
  it.each(["exact", "running"] as const)(
    "%s: the parameters are those before the last update with a finite loss",
    (trace) => {
      const options: TrainOptions = { batchSize: 6, trace, seed: 2 };
      const { shots, error } = until(
        problem,
        plain((t) => 4 / L + 1e-3 / t),
        options,
      );
      expect(shots.every(({ batchLoss }) => Number.isFinite(batchLoss))).toBe(true);
      expect(bits(error.params)).toEqual(bits(shots[error.update - 2]!.params));
      expect(error.learningRate).toBe(4 / L + 1e-3 / error.update);
      expect(error.update - shots.length).toBeLessThanOrEqual(1);
      expect(error.params.every(Number.isFinite)).toBe(true);
    },
  );

  it("a run that resumes from the state before the divergence throws the same error", () => {
    const options: TrainOptions = { batchSize: 6, trace: "running" };
    const uninterrupted = until(problem, plain(4 / L), options);
    const interrupted = train(problem, plain(4 / L), { epochs: 100000, ...options });
    let state = interrupted.next().value!.state();
    for (let t = 2; t <= uninterrupted.error.update; t++) state = interrupted.next().value!.state();
    const rest = until(problem, plain(4 / L), { ...options, resume: state });
    expect(rest.error.message).toBe(uninterrupted.error.message);
    expect(bits(rest.error.params)).toEqual(bits(uninterrupted.error.params));
  });
});

describe("a sparse run of a factorization", () => {
  it.each<readonly [batchSize: number, trace: "exact" | "running"]>([
    [1, "exact"],
    [1, "running"],
    [5, "running"],
    [29, "running"],
    [29, "exact"],
  ])("batches of %i, %s: the parameters are those at the start of the last epoch", (batchSize, trace) => {
    let late = 0;
    for (const rate of [() => 1.5, () => 4, () => 30, (t: number) => 0.01 * t]) {
      const rated = ratings(6, 5, 30, { scale: 3, perRating: 0.01 });
      const start = Float64Array.from({ length: rated.size }, (_, i) => 1 + 0.1 * Math.sin(i));
      const { shots, error } = until(rated, plain(rate), { batchSize, trace, start });
      const begins = [[...start], ...shots.filter(({ endOfEpoch }) => endOfEpoch).map(({ params }) => params)];
      // Update `error.update` was the last one with a finite batch loss, so its epoch began with a finite loss.
      const epoch = Math.ceil(error.update / Math.ceil(30 / batchSize)) - 1;
      expect(bits(error.params)).toEqual(bits(begins[epoch]!));
      expect(error.params.every(Number.isFinite)).toBe(true);
      late = Math.max(late, epoch);
      expect(error.learningRate).toBe(rate(error.update));
    }
    expect(late).toBeGreaterThan(0); // some runs diverge after their first epoch
  });
});

describe("other reasons", () => {
  it("a loss that is NaN at the start", () => {
    const nan = problemOf(() => Number.NaN, 2);
    const { shots, error } = until(nan, plain(0.1), { start: Float64Array.of(3, 4) });
    expect(shots).toEqual([]);
    expect([error.update, error.learningRate, ...error.params]).toEqual([0, 0, 3, 4]);
    expect(error.message).toMatch(
      /^train: the loss became NaN at the start, before any update\. Start from other parameters, or /,
    );
  });

  it("a user's function that becomes NaN", () => {
    // √x: the third step goes below 0.
    const root = (x: Float64Array | Float32Array, gradient: Float64Array | Float32Array): number => {
      gradient[0] = 0.5 / Math.sqrt(x[0]!);
      return Math.sqrt(x[0]!);
    };
    const error = thrown(() => minimize(root, { start: [1], optimizer: plain(0.8) })) as DivergenceError;
    expect(error).toBeInstanceOf(DivergenceError);
    const second = 1 - 0.4;
    expect(error.update).toBe(3);
    expect(error.params[0]).toBeCloseTo(second - 0.4 / Math.sqrt(second), 15);
    expect(error.message).toMatch(/the objective became NaN at update 3 \(learning rate 0\.8\)/);
  });

  it("a parameter that overflows without an effect on the loss", () => {
    const flat = problemOf((_, gradient) => {
      gradient[0] = 1e308;
      return 1;
    }, 1);
    const { error, shots } = until(flat, plain(1), { trace: "running" });
    expect(error.message).toMatch(/^train: a parameter is not finite at update 2 /);
    expect([...error.params]).toEqual([-1e308]);
    expect(shots.length).toBe(1);
  });

  it("a validation loss that overflows first", () => {
    const one = dense({ data: Float64Array.of(1e200), rows: 1, columns: 1 });
    const zero = dense({ data: Float64Array.of(0), rows: 1, columns: 1 });
    const far = risk({ predictor: linear(1), loss: halfSquared(), inputs: one, targets: zero });
    const { error } = until(regression(9, 1).problem, plain(0.1), { stop: { validation: { problem: far } } });
    expect(error.message).toMatch(/^train: the validation loss became Infinity at update 1 \(learning rate 0\.1\)/);
    expect([...error.params]).toEqual([0, 0]);
  });
});
