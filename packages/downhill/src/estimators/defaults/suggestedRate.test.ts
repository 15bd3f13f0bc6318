import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../test/cases.ts";
import { linearModels, scaledRows } from "../../../test/scaledRows.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import { random } from "../../core/random.ts";
import {
  adam,
  linearRegression,
  matrixFactorization,
  momentum,
  nesterov,
  networkRegression,
  plain,
} from "../../index.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";

/** The result of an action, or the error that it throws. */
function outcome(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

/** The error of a fit that diverges. */
function divergence(fit: () => unknown): DivergenceError {
  const error = outcome(fit);
  expect(error).toBeInstanceOf(DivergenceError);
  return error as DivergenceError;
}

describe("a run that ends far above its start", () => {
  const two = { X: [[10], [20]], y: [10, 20] };
  const options = { standardize: false, l2: 0, epochs: 20 };
  const { X, y } = two;

  it("throws, although its numbers are finite", () => {
    const error = divergence(() => linearRegression({ ...options, optimizer: plain(0.02) }).fit(X, y));
    expect(error.what).toMatch(/^the objective rose from 125 to 1\.\d+e\+26$/);
    expect([error.update, error.learningRate]).toEqual([20, 0.02]);
    expect(error.params.every(Number.isFinite)).toBe(true);
    expect(error.message).toMatch(
      /^train: the objective rose .* at update 20 \(learning rate 0\.02\)\. Use a learning rate of 0\.00\d+ or lower, or leave the optimizer out\.$/,
    );
    // The largest eigenvalue of [x 1]ᵀ[x 1]/n is 250.9.
    expect(error.suggestedRate).toBeLessThan(2 / 250.9);
    expect(error.suggestedRate).toBeGreaterThan(1.4 / 250.9);
    const followed = linearRegression({ ...options, optimizer: plain(error.suggestedRate!) }).fit(X, y);
    expect(followed.history.objective!.at(-1)).toBeLessThan(1);
    expect(
      linearRegression({ ...options, optimizer: undefined })
        .fit(X, y)
        .history.objective!.at(-1),
    ).toBeLessThan(1);
  });

  it("has a last step with stopped: diverged, which has the model", () => {
    const stopped: unknown[] = [];
    let kept: number[] = [];
    const error = divergence(() => {
      for (const step of linearRegression({ ...options, optimizer: plain(0.02) }).train(X, y)) {
        stopped.push(step.stopped);
        if (step.stopped) kept = [...step.fitted().params()];
      }
    });
    expect(stopped).toEqual([...Array(19).fill(null), "diverged"]);
    expect(kept).toEqual([...error.params]);
  });

  it('is detected with trace: "running", in batches, with an average and with validation rows', () => {
    const draw = random(1);
    const many = Array.from({ length: 60 }, () => [10 * draw.normal(), 10 * draw.normal()]);
    const sums = many.map(([a, b]) => a! + b! + draw.normal());
    const base = { standardize: false, optimizer: plain(0.05), epochs: 8 };
    for (const more of [
      { trace: "running" },
      { trace: "running", batchSize: 20 },
      { batchSize: 20, average: {} },
      { stop: { validation: { share: 0.2, patience: 50 } } },
    ] as const) {
      const error = divergence(() => linearRegression({ ...base, ...more }).fit(many, sums));
      expect(error.suggestedRate).toBeLessThan(0.05);
      expect(error.what).toMatch(/^the objective rose from /);
    }
  });

  it("can be plain descent that first falls and then rises above the best constant", () => {
    // The objective falls while the intercept converges; it rises when the diverging direction, which began near 0, is large.
    const draw = random(2);
    const a = Array.from({ length: 100 }, () => draw.normal());
    const pairs = a.map((z) => [z + 0.1 * draw.normal(), z + 0.1 * draw.normal()]);
    const far = a.map((z) => 1000 + 0.1 * z + draw.normal());
    const error = divergence(() => linearRegression({ optimizer: plain(1.2), epochs: 20 }).fit(pairs, far));
    const [, from, to] = /rose from (\S+) to (\S+)$/.exec(error.what)!;
    expect(Number(to)).toBeLessThan(0.5 * 1000 ** 2); // below the start, which is half the mean square
    expect(Number(from)).toBeLessThan(Number(to) / 2);
    const followed = linearRegression({ optimizer: plain(error.suggestedRate!), epochs: 20 }).fit(pairs, far);
    expect(followed.history.objective!.at(-1)).toBeLessThan(1);
  });

  it("is not a run that has only begun, nor a run from a good start", () => {
    const high = [1000, 1001, 1002];
    const slow = linearRegression({ optimizer: plain(1e-3), epochs: 3 }).fit([[1], [2], [3]], high);
    expect(slow.history.objective!.at(-1)).toBeGreaterThan(1e5); // far above the variance of the targets
    expect(slow.stopped).toBe("epochs");
    const flat = linearRegression({ optimizer: plain(0.3), epochs: 300, stop: { gradient: 0 } });
    expect(flat.fit([[1], [2], [4]], [7.1, 7.1, 7.1]).predict([[3]])[0]).toBeCloseTo(7.1, 12); // the objective is 0 up to rounding
    const fitted = linearRegression({ l2: 0 }).fit([[1], [2], [3], [4]], [1, 2, 3, 4]);
    expect(() => fitted.partialFit([[1], [2]], [1.1, 2.2])).not.toThrow();
  });

  it("suggests no learning rate if no bound is known", () => {
    const rated = { users: ["a", "b", "a"], items: ["x", "y", "y"], ratings: [1, 5, 3] };
    for (const fit of [
      () =>
        networkRegression({ hidden: [3], optimizer: plain(1e4), epochs: 50, batchSize: "full" }).fit(
          [[1], [2], [3]],
          [1, 9, 3],
        ),
      () => linearRegression({ optimizer: adam(1e4), epochs: 5 }).fit(X, y),
    ]) {
      const error = divergence(fit);
      expect(error.suggestedRate).toBeUndefined();
      expect(error.message).toMatch(/Lower the learning rate or standardize the columns of X\.$/);
    }
    expect(divergence(() => matrixFactorization({ optimizer: plain(1e3) }).fit(rated))).toBeInstanceOf(DivergenceError);
  });
});

const optimizers: Record<string, (rate: number) => Optimizer> = {
  plain,
  momentum,
  nesterov: (rate) => nesterov(rate, { decay: 0.8 }),
};

it("with the suggested learning rate every diverged run ends below its start", () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(
      fc.record({
        model: fc.constantFrom(...Object.keys(linearModels)),
        descent: fc.constantFrom(...Object.keys(optimizers)),
        rows: fc.integer({ min: 8, max: 60 }),
        columns: fc.integer({ min: 1, max: 5 }),
        scale: fc.integer({ min: -4, max: 5 }),
        offset: fc.constantFrom(0, 3),
        batchSize: fc.constantFrom("full", 1, 4),
        epochs: fc.integer({ min: 1, max: 30 }),
        l2: fc.constantFrom(undefined, 0, 0.3),
        seed: fc.nat(1000),
      }),
      ({ model, descent, rows, columns, scale, seed, l2, ...chosen }) => {
        // With an offset, ten epochs of batches lower the objective by less than the noise of the batches.
        const full = chosen.batchSize === "full";
        const { offset: chosenOffset, ...run } = { ...chosen, epochs: full ? chosen.epochs : chosen.epochs + 9 };
        const offset = full ? chosenOffset : 0;
        const { X, signal } = scaledRows({ rows, columns, scale, offset, seed });
        const y = model === "linear" ? signal : signal.map((z, i) => (i === 0 ? 0 : i === 1 ? 1 : z > 0 ? 1 : 0));
        const make = (rate: number) =>
          linearModels[model]!({ ...run, l2, standardize: false, optimizer: optimizers[descent]!(rate) });
        const error = outcome(() => make(1e9).fit(X, y));
        if (!(error instanceof DivergenceError)) return; // a hinge can reach 0 at any learning rate if a plane separates the classes
        seen[`${model} ${run.batchSize}`] = (seen[`${model} ${run.batchSize}`] ?? 0) + 1;
        const start =
          { linear: signal.reduce((sum, z) => sum + (z * z) / (2 * rows), 0), hinge: 1, squaredHinge: 1 }[model] ??
          Math.LN2;
        const end = make(error.suggestedRate!).fit(X, y).history.objective!.at(-1)!;
        expect(end).toBeLessThan(full ? start : 1.1 * start); // 1.1: the noise of batches
      },
    ),
    { numRuns: cases(150, 500), seed: 1 },
  );
  expect(Object.keys(seen).length).toBe(15);
});
