// A run whose state is saved as bytes at any step and resumed has the same bits as the uninterrupted run: for every optimizer, batch size and
// option with a state.

import { describe, expect, it } from "vitest";
import { DivergenceError } from "../src/core/divergenceError.ts";
import { hinge } from "../src/losses/hinge.ts";
import { automatic } from "../src/optimizers/automatic.ts";
import { momentum } from "../src/optimizers/momentum.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { plain } from "../src/optimizers/plain.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { loadState, saveState } from "../src/training/state/savedState.ts";
import type { State } from "../src/training/state/state.ts";
import { type Step, train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { cases } from "./cases.ts";
import { optimizers } from "./optimizerTrial.ts";
import { classification, ratings, regression, run, type Shot, shot, thrown } from "./problems.ts";
import { expectStrictlyEqual } from "./strictlyEqual.ts";

const { problem } = classification(23, 3, { l2: 0.01 });
const validation = { problem: classification(9, 3, {}, 2).problem, patience: 3 };
const single = classification(23, 3, { l2: 0.01, elementType: "float32" }).problem;
const singleValidation = { problem: classification(9, 3, { elementType: "float32" }, 2).problem, patience: 3 };

const optionSets: readonly (readonly [string, TrainOptions])[] = [
  ["by itself", {}],
  ["with a uniform average", { average: { from: 1 } }],
  ["with an average weighted by t", { average: { weight: "t" } }],
  ["with validation rows", { stop: { validation } }],
  ["with an average and validation rows", { average: { from: 1 }, stop: { validation }, trace: "running" }],
  ["until it stalls, every batch kept", { stop: { change: { tolerance: 1e-3, patience: 2 } }, batchLosses: true }],
];

/** Every state of a run, and the steps after it. */
function followed(
  problem: Problem,
  make: () => ReturnType<(typeof optimizers)[number]["make"]>,
  options: TrainOptions,
) {
  const states: State[] = [];
  const shots: Shot[] = [];
  let history = "";
  for (const step of train(problem, make(), options)) {
    states.push(step.state());
    shots.push(shot(step));
    history = JSON.stringify(step.history);
  }
  return { states, shots, history };
}

/** Resumes from the ends of epochs, and from some states between them (with all cases from each); compares the bits of all later steps. */
function expectSame(problem: Problem, make: (typeof optimizers)[number]["make"], options: TrainOptions): number {
  const { states, shots, history } = followed(problem, make, options);
  const distance = cases(states.length > 20 ? 11 : 3, 1);
  for (const [i, state] of states.slice(0, -1).entries()) {
    if (i % distance > 0 && state.progress.epoch === states[i - 1]!.progress.epoch) continue;
    const rest = run(problem, make(), { ...options, resume: loadState(saveState(state)).state! });
    expectStrictlyEqual(rest.shots, shots.slice(i + 1), `resumed after update ${i + 1}`);
    expect(JSON.stringify(rest.last.history)).toBe(history);
  }
  return states.length;
}

describe.each(optimizers)("$name", ({ make }) => {
  describe.each(["full", 1, 7] as const)("batches of %s", (batchSize) => {
    it.each(optionSets)("%s", (_, more) => {
      const epochs = batchSize === "full" ? 5 : 3;
      const updates = expectSame(problem, make, { batchSize, epochs, seed: 5, ...more });
      if (more.stop === undefined) expect(updates).toBe({ full: 5, 1: 3 * 23, 7: 3 * 4 }[batchSize]);
    });
  });

  it.each(["full", 7] as const)(
    "of float32 numbers, with an average and validation rows, batches of %s",
    (batchSize) => {
      const options: TrainOptions = {
        batchSize,
        epochs: 4,
        seed: 5,
        average: { from: 1 },
        stop: { validation: singleValidation },
      };
      expectSame(single, make, options);
      expect(followed(single, make, options).states[0]!.kept).toBeInstanceOf(Float32Array);
    },
  );
});

it.each([1, 7])("rows drawn with replacement, batches of %i", (batchSize) => {
  const options: TrainOptions = { batchSize, order: "replacement", epochs: 3, seed: 5, stop: { validation } };
  for (const { make } of optimizers.slice(0, 2)) expectSame(problem, make, options);
});

describe.each(["float64", "float32"] as const)("a sparse run of a factorization in %s", (elementType) => {
  it.each([1, 8])("batches of %i", (batchSize) => {
    const rated = ratings(6, 5, 30, { biases: true, perRating: 0.05, elementType });
    const plain = optimizers[0]!;
    const options: TrainOptions = { batchSize, epochs: 3, start: "random", average: {} };
    expect(expectSame(rated, plain.make, options)).toBe(3 * Math.ceil(30 / batchSize));
  });
});

it("a run that ends after a step up: resumed, it has the parameters with the lowest objective", () => {
  const lasso = classification(23, 3, { l1: 0.05 }).problem;
  const { last } = run(lasso, automatic(), { epochs: 8 });
  expect(last.solution).not.toEqual(last.params);
  expectSame(lasso, automatic, { epochs: 8 });
});

// The rule reads numbers of earlier checks: for a smooth loss the limit of its first test, for the hinge the slopes of the largest lower bound.
describe("a run that the rule remaining ends", () => {
  const svm = (seed: number): Problem => classification(26, 4, { loss: hinge(), l2: 0.05 }, seed).problem;
  it.each([
    ["logistic loss and momentum", problem, () => momentum(0.3), ({ progress }) => progress.screen],
    ["hinge", svm(1), automatic, ({ bound }) => bound!.join()],
  ] as [string, Problem, () => Optimizer, (state: State) => unknown][])(
    "%s: resumed after any epoch, it ends at the same update with the same proof",
    (_, problem, make, numbersOf) => {
      const options: TrainOptions = { epochs: 400, stop: { remaining: 1e-6 } };
      const states: State[] = [];
      let last!: Step;
      for (const step of train(problem, make(), options)) {
        states.push(step.state());
        last = step;
      }
      const { newtonStep } = last.bound();
      expect(last.stopped).toBe("converged");
      expect(new Set(states.map(numbersOf)).size).toBeGreaterThan(1);
      for (const state of states.slice(0, -1)) {
        const resumed = run(problem, make(), { ...options, resume: loadState(saveState(state)).state! });
        expect(resumed.last.t).toBe(last.t);
        expect(resumed.last.bound().newtonStep).toEqual(newtonStep);
      }
    },
  );
});

describe("a run that diverges", () => {
  it.each([
    ["full batch", regression(23, 3, {}).problem, "full"],
    ["one rating per update", ratings(6, 5, 30, { biases: true, perRating: 0.05 }), 1],
  ] as const)(
    "%s: resumed from one of its last states, it has the same error with the same parameters",
    (_, problem, batchSize) => {
      const options: TrainOptions = { batchSize, epochs: 2000, start: "random" };
      const states: State[] = [];
      const errorOf = (more: TrainOptions): DivergenceError =>
        thrown(() => {
          for (const step of train(problem, plain(20), { ...options, ...more }))
            if (!more.resume) states.push(step.state());
        }) as DivergenceError;
      const whole = errorOf({});
      expect(whole).toBeInstanceOf(DivergenceError);
      expect(states.length).toBeGreaterThan(2);
      for (const state of states.slice(-cases(10, 40))) {
        const resumed = errorOf({ resume: state });
        expectStrictlyEqual([resumed.message, resumed.params], [whole.message, whole.params]);
      }
    },
  );
});

describe("a state", () => {
  it("does not change while the run continues, or while another run resumes from it", () => {
    const { make } = optimizers.find(({ name }) => name === "adam")!;
    const options = { batchSize: 7, epochs: 3, average: {}, stop: { validation } };
    const runs = train(problem, make(), options);
    for (let i = 0; i < 5; i++) runs.next();
    const { value } = runs.next();
    const state = value!.state();
    const before = structuredClone(state);
    for (const _ of runs);
    expect(state).toEqual(before);
    run(problem, make(), { ...options, resume: state });
    expect(state).toEqual(before);
    expect(state.progress).toMatchObject({ t: 6, epoch: 1, position: 14 });
    const copied = run(problem, make(), { ...options, resume: structuredClone(state) }); // a copy that was sent to another thread
    expect(copied.shots).toEqual(run(problem, make(), { ...options, resume: state }).shots);
  });

  it("from the end of a run can be resumed for more epochs", () => {
    const { make } = optimizers.find(({ name }) => name === "momentum")!;
    const uninterrupted = run(problem, make(), { batchSize: 7, epochs: 6 });
    const half = run(problem, make(), { batchSize: 7, epochs: 3 });
    const rest = run(problem, make(), { batchSize: 7, epochs: 6, resume: half.last.state() });
    expect(rest.shots).toEqual(uninterrupted.shots.slice(half.shots.length));
    expect(rest.last.history).toEqual(uninterrupted.last.history);
  });
});
