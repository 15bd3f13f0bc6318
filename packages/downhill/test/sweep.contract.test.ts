// Bulk updates have the same bits as single updates, so the option `every` changes no result.

import { describe, expect, it } from "vitest";
import { DivergenceError } from "../src/core/divergenceError.ts";
import type { BindKernels } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { column, dense } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { plain } from "../src/optimizers/plain.ts";
import { inverseTime } from "../src/optimizers/schedules.ts";
import { linear } from "../src/predictors/linear.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { risk } from "../src/training/objective/risk.ts";
import type { State } from "../src/training/state/state.ts";
import { train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { cases } from "./cases.ts";
import { drawTrial, type Kind, kinds } from "./objectiveTrial.ts";
import { classification, ratings, thrown } from "./problems.ts";
import { expectStrictlyEqual } from "./strictlyEqual.ts";

const both: readonly (readonly [string, BindKernels])[] = [
  ["module", wasmKernels],
  ["reference", referenceKernels],
];

/** Runs; returns the states at the ends of the epochs, and the number of updates that sweeps did. */
function ends(problem: Problem, options: TrainOptions, kernels: BindKernels) {
  let swept = 0;
  const counting: BindKernels = (memory, elementType) => {
    const all = kernels(memory, elementType);
    return {
      ...all,
      sweepLinear(sweep) {
        const done = all.sweepLinear(sweep);
        swept += done;
        return done;
      },
      sweepPairs(sweep) {
        const done = all.sweepPairs(sweep);
        swept += done;
        return done;
      },
    };
  };
  const states: State[] = [];
  const steps = train(problem, plain(inverseTime(0.02, { decay: 0.01 })), { ...options, kernels: counting });
  for (const step of steps) if (step.endOfEpoch) states.push(step.state());
  return { states, swept };
}

const optionSets: readonly (readonly [string, TrainOptions])[] = [
  ["", {}],
  ["sequential", { order: "sequential" }],
  ["with replacement", { order: "replacement" }],
  ["with an average", { average: { from: 1, weight: "t" } }],
  ["with every batch's value", { batchLosses: true, trace: "running" }],
];

/** All three without further options; with options the smallest and the largest. */
const batchSizes = (options: TrainOptions): number[] =>
  options === optionSets[0]![1] ? [1, 2, 5] : cases([1, 5], [1, 2, 5]);

const swept = kinds.filter((kind) => kind.predictor === "linear");

describe.each(both)("%s", (name, kernels) => {
  const isModule = name === "module";

  describe.each(swept)("$name", (kind: Kind) => {
    it.each(optionSets)("%s", (_, options) => {
      for (const seed of cases(isModule ? [0, 3] : [3], [0, 1, 2, 3])) {
        const rows = 14 + seed;
        const { problem } = drawTrial(kind, seed, rows);
        for (const batchSize of batchSizes(options)) {
          const common: TrainOptions = { batchSize, epochs: 3, seed, start: "random", ...options };
          const one = ends(problem, { ...common, every: 1 }, kernels);
          const many = ends(problem, { ...common, every: "epoch" }, kernels);
          const everyThird = ends(problem, { ...common, every: 3 }, kernels);
          expect(one.swept).toBe(0);
          expect(many.swept).toBe(3 * (Math.ceil(rows / batchSize) - 1));
          expect(everyThird.swept).toBeGreaterThan(0);
          expectStrictlyEqual(many.states, one.states);
          expectStrictlyEqual(everyThird.states, one.states);
        }
      }
    });
  });

  describe.each(kinds.filter((kind) => kind.predictor === "factors"))("$name", (kind: Kind) => {
    const grids = kind.loss === "crossEntropy" ? [] : [["in a grid", { order: "grid" }] as const]; // one item per example
    it.each([...optionSets, ...grids])("%s", (_, options) => {
      for (const seed of cases(isModule ? [0, 3, 5, 6] : [5, 6], [0, 1, 2, 3, 4, 5, 6, 7])) {
        const rows = 14 + seed;
        const { problem, l2 } = drawTrial(kind, seed, rows);
        for (const batchSize of l2 > 0 ? [2] : batchSizes(options)) {
          const common: TrainOptions = { batchSize, epochs: 3, seed, start: "random", ...options };
          const one = ends(problem, { ...common, every: 1 }, kernels);
          const many = ends(problem, { ...common, every: "epoch" }, kernels);
          const everyThird = ends(problem, { ...common, every: 3 }, kernels);
          // A penalty on all parameters excludes sweeps. The first update of an epoch is single, because it copies the parameters.
          expect(many.swept).toBe(l2 > 0 ? 0 : 3 * (Math.ceil(rows / batchSize) - 2));
          expect([one.swept, everyThird.swept > 0]).toEqual([0, l2 === 0]);
          expectStrictlyEqual(many.states, one.states);
          expectStrictlyEqual(everyThird.states, one.states);
        }
      }
    });
  });

  it("with l1", () => {
    const { problem } = classification(60, 7, { l1: 0.4, l2: 0.01 });
    for (const batchSize of [1, 4]) {
      const options: TrainOptions = { batchSize, epochs: 4 };
      const many = ends(problem, { ...options, every: "epoch" }, kernels);
      expect(many.swept).toBeGreaterThan(0);
      expectStrictlyEqual(many.states, ends(problem, { ...options, every: 1 }, kernels).states);
      expect([...many.states.at(-1)!.params].some((w) => w === 0)).toBe(true);
    }
  });

  it("a run longer than one call, resumed in the middle of an epoch", () => {
    const { problem } = classification(2500, 3, { l2: 1e-3 });
    const options: TrainOptions = { batchSize: 1, epochs: 2, seed: 2 };
    const uninterrupted = ends(problem, { ...options, every: "epoch" }, kernels);
    for (const step of train(problem, plain(inverseTime(0.02, { decay: 0.01 })), { ...options, kernels, every: 700 })) {
      if (step.t !== 1400) continue;
      const rest = ends(problem, { ...options, every: "epoch", resume: step.state() }, kernels);
      expectStrictlyEqual(rest.states.at(-1), uninterrupted.states.at(-1));
      expect(rest.swept).toBe(1099 + 2499);
    }
  });

  it("a loss that overflows: the same update, learning rate, parameters and message as single updates", () => {
    const n = 40;
    const huge = Float64Array.from({ length: n }, (_, i) => (i < 17 ? 1e-3 : 1e120));
    const problem = risk({
      predictor: linear(1),
      loss: halfSquared(),
      inputs: dense({ data: huge, rows: n, columns: 1 }),
      targets: column(new Float64Array(n).fill(1)),
    });
    const seen = (every: 1 | "epoch", batchSize: number): DivergenceError => {
      const error = thrown(() => [
        ...train(problem, plain(0.5), { batchSize, order: "sequential", epochs: 9, every, kernels }),
      ]);
      expect(error).toBeInstanceOf(DivergenceError);
      return error as DivergenceError;
    };
    for (const batchSize of [1, 3]) {
      const [one, many] = [seen(1, batchSize), seen("epoch", batchSize)];
      expect(one.update).toBeGreaterThan(4);
      expect([many.message, many.update, many.learningRate]).toEqual([one.message, one.update, one.learningRate]);
      expectStrictlyEqual(many.params, one.params);
    }
  });

  it.each(["shuffled", "grid"] as const)(
    "a factorization, %s, longer than one call, resumed in the middle of an epoch",
    (order) => {
      const problem = ratings(40, 30, 2500, { rank: 5, biases: true, perRating: 0.05 });
      const options: TrainOptions = { batchSize: 1, epochs: 2, seed: 2, start: "random", order };
      const uninterrupted = ends(problem, { ...options, every: "epoch" }, kernels);
      for (const step of train(problem, plain(inverseTime(0.02, { decay: 0.01 })), {
        ...options,
        kernels,
        every: 700,
      })) {
        if (step.t !== 1400) continue;
        const rest = ends(problem, { ...options, every: "epoch", resume: step.state() }, kernels);
        expectStrictlyEqual(rest.states.at(-1), uninterrupted.states.at(-1));
        expect(rest.swept).toBe(1099 + 2498);
      }
    },
  );

  it("a factorization whose loss overflows in the first epoch, or later: the same error as single updates", () => {
    const late = new Set<boolean>();
    for (const rate of [1.5, 4, 30, 0.7]) {
      const problem = ratings(6, 5, 30, { scale: 3, perRating: 0.01 });
      const start = Float64Array.from({ length: problem.size }, (_, i) => 1 + 0.1 * Math.sin(i));
      for (const batchSize of [1, 3]) {
        const seen = (every: 1 | "epoch"): DivergenceError => {
          const options: TrainOptions = { batchSize, epochs: 10000, every, kernels, start, trace: "running" };
          const error = thrown(() => [...train(problem, plain(rate), options)]);
          expect(error).toBeInstanceOf(DivergenceError);
          return error as DivergenceError;
        };
        const [one, many] = [seen(1), seen("epoch")];
        expect([many.message, many.update, many.learningRate]).toEqual([one.message, one.update, one.learningRate]);
        expectStrictlyEqual(many.params, one.params);
        late.add(one.update > 30 / batchSize);
      }
    }
    expect(late.size).toBe(2);
  });

  it("a schedule with an invalid learning rate: the same error as single updates", () => {
    const { problem } = classification(30, 2);
    const message = (every: 1 | "epoch"): string => {
      const optimizer = plain((t) => (t === 11 ? 0 : 0.1));
      return String(thrown(() => [...train(problem, optimizer, { batchSize: 1, every, kernels })]));
    };
    expect(message("epoch")).toBe(message(1));
    expect(message(1)).toContain("for update 11");
  });
});
