// A plain update on a few ratings changes only the parameters of their users and items, and others divide the gradient by the
// number of rows in the subtraction. The same optimizer without its `rate` takes the general path. The results must be the same.

import { describe, expect, it } from "vitest";
import { apart, bits, normals, type RatingsOptions, ratings, run, type Shot } from "../../../test/problems.ts";
import { matrix } from "../../core/matrix.ts";
import { random } from "../../core/random.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { crossEntropy } from "../../losses/crossEntropy.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { inverseTime } from "../../optimizers/schedules.ts";
import { network } from "../../predictors/network.ts";
import type { Problem } from "../objective/objective.ts";
import { risk } from "../objective/risk.ts";
import type { TrainOptions } from "../trainOptions.ts";

const [USERS, ITEMS, N, RANK] = [9, 7, 40, 3];
const rate = inverseTime(0.1, { decay: 0.05 });
const sparse = plain(rate);
const general: Optimizer = { ...sparse, rate: undefined };

/** A run, and the number of its sparse and of its general updates, and of those that divide the gradient by the number of rows. */
function counted(problem: Problem, optimizer: Optimizer, options: TrainOptions) {
  const calls = { sparse: 0, general: 0 };
  let divided = 0;
  const kernels: BindKernels = (memory, elementType) => {
    const module = wasmKernels(memory, elementType);
    return {
      ...module,
      descend(...args) {
        calls.general++;
        if (args[5] !== 1) divided++;
        module.descend(...args);
      },
      descendAt(...args) {
        calls.sparse++;
        module.descendAt(...args);
      },
    };
  };
  return { ...run(problem, optimizer, { ...options, kernels }), calls, divided };
}

function expectClose(one: readonly Shot[], other: readonly Shot[]): void {
  expect(one.length).toBe(other.length);
  for (const [i, shot] of one.entries()) {
    const twin = other[i]!;
    expect(apart(shot.params, twin.params)).toBeLessThan(1e-12);
    expect(apart(shot.solution, twin.solution)).toBeLessThan(1e-12);
    expect(Math.abs(shot.batchLoss / twin.batchLoss - 1)).toBeLessThan(1e-12);
    const rest = ({ t, epoch, endOfEpoch, learningRate, stopped }: Shot) => [
      t,
      epoch,
      endOfEpoch,
      learningRate,
      stopped,
    ];
    expect(rest(shot)).toEqual(rest(twin));
  }
}

const cases: readonly (readonly [string, RatingsOptions, TrainOptions])[] = [
  ["", {}, {}],
  ["with a penalty per rating", { perRating: 0.2 }, {}],
  ["with biases and a penalty", { perRating: 0.2, biases: true }, {}],
  ["with an average", { biases: true }, { average: { from: 1 } }],
  ["with the running trace", { perRating: 0.2 }, { trace: "running" }],
];

describe.each(cases)("a factorization %s", (_, ratingsOptions, more) => {
  const problem = ratings(USERS, ITEMS, N, { rank: RANK, ...ratingsOptions });
  const options: TrainOptions = { epochs: 5, start: "random", seed: 3, ...more };

  it.each([1, 2, 7, 39])("in batches of %i has the result of the general path", (batchSize) => {
    const [sparseRun, generalRun] = [sparse, general].map((optimizer) =>
      counted(problem, optimizer, { ...options, batchSize }),
    );
    const updates = 5 * Math.ceil(N / batchSize);
    expect([sparseRun!.calls, generalRun!.calls]).toEqual([
      { sparse: updates, general: 0 },
      { sparse: 0, general: updates },
    ]);
    expectClose(sparseRun!.shots, generalRun!.shots);
    for (const [name, list] of Object.entries(sparseRun!.last.history)) {
      expect(apart(list, (generalRun!.last.history as unknown as Record<string, number[]>)[name]!), name).toBeLessThan(
        1e-12,
      );
    }
  });

  it("changes no bit of users and items without a rating in the batch", () => {
    const width = ratingsOptions.biases ? RANK + 1 : RANK;
    // The general path shows which rows of parameters have a gradient that is not 0.
    const { shots } = run(problem, sparse, { ...options, batchSize: 1 });
    const dense = run(problem, general, { ...options, batchSize: 1 }).shots;
    const rows = USERS + ITEMS;
    const row = (params: readonly number[], at: number): string =>
      bits(params.slice(at * width, (at + 1) * width)).join();
    const changed = (list: readonly Shot[], i: number): number[] =>
      Array.from({ length: rows }, (_, at) => at).filter(
        (at) => row(list[i]!.params, at) !== row(list[i - 1]!.params, at),
      );
    for (let i = 1; i < shots.length; i++) {
      const reached = changed(shots, i);
      expect(reached).toEqual(changed(dense, i));
      expect(reached.length).toBe(2);
      expect(reached[0]).toBeLessThan(USERS - 1);
      expect(reached[1]).toBeGreaterThanOrEqual(USERS);
    }
    const start = run(problem, sparse, { ...options, epochs: 1, batchSize: 1 }).shots[0]!.params;
    expect(row(shots.at(-1)!.params, USERS - 1)).toBe(row(start, USERS - 1)); // this user has no ratings
  });
});

describe("the general path is used", () => {
  const problem = ratings(USERS, ITEMS, N, {});
  const calls = (problem: Problem, options: TrainOptions) => counted(problem, sparse, { epochs: 1, ...options }).calls;

  it("in full batch, for other penalties, and for batches larger than a block", () => {
    expect(calls(problem, { batchSize: "full" })).toEqual({ sparse: 0, general: 1 });
    expect(calls(problem, { batchSize: N })).toEqual({ sparse: 0, general: 1 });
    expect(calls(ratings(USERS, ITEMS, N, { l2: 0.1 }), { batchSize: 5 })).toEqual({ sparse: 0, general: 8 });
    expect(calls(ratings(USERS, ITEMS, N, { l1: 0.1 }), { batchSize: 5 })).toEqual({ sparse: 0, general: 8 });
    const many = ratings(USERS, ITEMS, 600, {});
    expect(calls(many, { batchSize: 256 })).toEqual({ sparse: 3, general: 0 });
    expect(calls(many, { batchSize: 257 })).toEqual({ sparse: 0, general: 3 });
    const [sparseRun, generalRun] = [sparse, general].map((optimizer) =>
      run(many, optimizer, { batchSize: 256, epochs: 3, start: "random" }),
    );
    expectClose(sparseRun!.shots, generalRun!.shots);
  });

  it("the gradient of a pair that occurs twice in a batch is subtracted once", () => {
    const dense = ratings(3, 2, 30, { perRating: 0.1 }); // four different pairs, thirty ratings
    const [sparseRun, generalRun] = [sparse, general].map((optimizer) =>
      run(dense, optimizer, { batchSize: 11, epochs: 6, start: "random" }),
    );
    expectClose(sparseRun!.shots, generalRun!.shots);
  });
});

describe("a plain update whose gradient stays a sum", () => {
  const inputs = dense(matrix(normals(random(1), 30 * 4), 30, 4));
  const targets = column(Float64Array.from({ length: 30 }, (_, i) => i % 3));
  const trained = (optimizer: Optimizer, l2: number, options: TrainOptions) => {
    const problem = risk({ predictor: network(4, [5], 3), loss: crossEntropy(3), inputs, targets, l2 });
    return counted(problem, optimizer, { epochs: 4, start: "random", seed: 1, ...options });
  };

  it.each<TrainOptions>([
    { batchSize: 7 },
    { batchSize: 1 },
    { batchSize: 7, trace: "running" },
    { batchSize: "full" },
    { batchSize: "full", trace: "running" },
  ])("has the bits of scale and update, with %j", (options) => {
    for (const l2 of [0, 0.1]) {
      const [sums, means] = [sparse, general].map((optimizer) => trained(optimizer, l2, options));
      expect(sums!.shots.map(({ params }) => bits(params))).toEqual(means!.shots.map(({ params }) => bits(params)));
      expect(sums!.shots.map(({ batchLoss }) => batchLoss)).toEqual(means!.shots.map(({ batchLoss }) => batchLoss));
      expect(sums!.divided > 0).toBe(l2 === 0 && options.batchSize !== 1);
      expect(means!.divided).toBe(0);
    }
  });
});
