import { describe, expect, it } from "vitest";
import {
  apart,
  bits,
  classification,
  evaluated,
  type Linear,
  ratings,
  regression,
  run,
  shot,
} from "../../test/problems.ts";
import { referenceKernels } from "../kernels/reference.ts";
import { adam } from "../optimizers/adam.ts";
import { momentum } from "../optimizers/momentum.ts";
import { plain } from "../optimizers/plain.ts";
import { inverseTime } from "../optimizers/schedules.ts";
import { problemOf } from "./minimize.ts";
import { type Order, writeOrder } from "./order/rowOrder.ts";
import { type Step, train } from "./train.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** The formula of the mean logistic loss of some rows + l2/2 ‖w‖², and its gradient; the intercept is last. */
function byHand({ X, y, d }: Linear, x: readonly number[], rows: readonly number[], l2: number) {
  let value = 0;
  const gradient = x.map((w, j) => (j < d ? l2 * w : 0));
  for (const w of x.slice(0, d)) value += (l2 / 2) * w * w;
  for (const i of rows) {
    const features = [...X.subarray(i * d, (i + 1) * d), 1];
    const margin = y[i]! * features.reduce((z, feature, j) => z + feature * x[j]!, 0);
    value += Math.log1p(Math.exp(-margin)) / rows.length;
    for (const [j, feature] of features.entries()) {
      gradient[j]! -= (y[i]! * feature) / (1 + Math.exp(margin)) / rows.length;
    }
  }
  return { value, gradient };
}

/** Whether a batch has a row more than once. */
const hasRepeats = (order: Uint32Array, size: number): boolean =>
  order.some((row, at) => order.subarray(at - (at % size), at).includes(row));

const data = classification(23, 3, { l2: 0.1 });

describe("plain descent by hand", () => {
  it.each<readonly [string, number | "full", Exclude<Order, "grid">]>([
    ["batches of one row, in the order of the data", 1, "sequential"],
    ["batches of one row, shuffled", 1, "shuffled"],
    ["batches of five rows, and a last one of three", 5, "shuffled"],
    [
      "batches of five rows, in an order of the user",
      5,
      (epoch) => Array.from({ length: 23 }, (_, i) => (5 * i + epoch) % 23),
    ],
    ["a batch of all rows but one, and a batch of one row", 22, "shuffled"],
    ["batches of one row, drawn with replacement", 1, "replacement"],
    [
      "batches of five rows drawn with replacement, some of which have a row twice, and a last one of three",
      5,
      "replacement",
    ],
    ["full batch", "full", "shuffled"],
    ["batchSize equal to the number of rows", 23, "shuffled"],
  ])("%s", (_, batchSize, order) => {
    const { shots, last } = run(data.problem, plain(0.3), { batchSize, order, epochs: 3, seed: 4 });
    const size = batchSize === "full" ? 23 : batchSize;
    let x = [0, 0, 0, 0];
    let at = 0;
    for (let epoch = 0; epoch < 3; epoch++) {
      const rowOrder = Uint32Array.from({ length: 23 }, (_, i) => i);
      if (size < 23 && order !== "sequential") writeOrder(order, 4, epoch, rowOrder);
      if (order === "replacement" && size > 1) expect(hasRepeats(rowOrder, size)).toBe(true);
      let epochSum = 0;
      for (let from = 0; from < 23; from += size) {
        const rows = [...rowOrder.subarray(from, from + size)];
        const { value, gradient } = byHand(data, x, rows, 0.1);
        x = x.map((w, j) => w - 0.3 * gradient[j]!);
        const step = shots[at++]!;
        expect(Math.abs(step.batchLoss / value - 1)).toBeLessThan(1e-13);
        expect(apart(step.params, x)).toBeLessThan(1e-13);
        epochSum += value * rows.length;
      }
      expect(last.history.batchLoss[epoch]).toBeCloseTo(epochSum / 23, 13);
    }
    expect(at).toBe(shots.length);
  });
});

describe("a step", () => {
  it("has its number, its epoch, its learning rate, and whether the epoch ends", () => {
    const rate = inverseTime(0.5, { decay: 0.1 });
    const { shots, last } = run(data.problem, plain(rate), { batchSize: 10, epochs: 2 });
    expect(shots.map(({ t }) => t)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(shots.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(shots.map(({ endOfEpoch }) => endOfEpoch)).toEqual([false, false, true, false, false, true]);
    expect(shots.map(({ stopped }) => stopped)).toEqual([null, null, null, null, null, "epochs"]);
    expect(shots.map(({ learningRate }) => learningRate)).toEqual([1, 2, 3, 4, 5, 6].map(rate));
    expect(shots.every(({ best }) => best === null)).toBe(true);
    expect(last.history).toEqual({
      updates: [3, 6],
      learningRate: [rate(3), rate(6)],
      batchLoss: [0, 1].map((e) => {
        const [a, b, c] = shots.slice(3 * e).map(({ batchLoss }) => batchLoss);
        return (10 * a! + 10 * b! + 3 * c!) / 23;
      }),
      objective: [2, 5].map((i) => evaluated(data.problem, shots[i]!.params).value),
      gradientNorm: last.history.gradientNorm,
    });
  });

  it("has views that the next update overwrites", () => {
    const runs = train(data.problem, plain(0.5), { epochs: 2 });
    const first = runs.next().value as Step;
    const kept = [...first.params];
    runs.next();
    expect([...first.params]).not.toEqual(kept);
    expect(first.solution).toBe(first.params);
  });

  it.each<readonly [number | "epoch" | undefined, number[]]>([
    [undefined, [1, 2, 3, 4, 5, 6]],
    [1, [1, 2, 3, 4, 5, 6]],
    [2, [2, 3, 4, 6]],
    [4, [3, 4, 6]],
    [100, [3, 6]],
    ["epoch", [3, 6]],
  ])("is yielded every %s updates and at the end of each epoch", (every, expected) => {
    const options = { batchSize: 10, epochs: 2, ...(every === undefined ? {} : { every }) };
    const { shots } = run(data.problem, plain(0.5), options);
    expect(shots.map(({ t }) => t)).toEqual(expected);
    const all = run(data.problem, plain(0.5), { batchSize: 10, epochs: 2 }).shots;
    expect(shots).toEqual(all.filter(({ t }) => expected.includes(t)));
  });

  it("can be used after a break", () => {
    let last: Step | undefined;
    for (const step of train(data.problem, momentum(0.1), { batchSize: 7, epochs: 4, trace: "running" })) {
      last = step;
      if (step.t === 6) break;
    }
    expect([last!.t, last!.epoch, last!.endOfEpoch]).toEqual([6, 2, false]);
    expect(last!.objective()).toBe(evaluated(data.problem, last!.params).value);
    const uninterrupted = run(data.problem, momentum(0.1), { batchSize: 7, epochs: 4, trace: "running" });
    expect(shot(last!)).toEqual(uninterrupted.shots[5]);
    const rest = run(data.problem, momentum(0.1), { batchSize: 7, epochs: 4, trace: "running", resume: last!.state() });
    expect(rest.shots).toEqual(uninterrupted.shots.slice(6));
  });
});

describe("step.objective()", () => {
  const lasso = classification(23, 3, { l1: 0.05 });
  const local = ratings(6, 5, 30, { perRating: 0.1 });
  it.each<readonly [string, Linear["problem"], TrainOptions]>([
    ["full", data.problem, {}],
    ["full, running", data.problem, { trace: "running" }],
    ["full with an average", data.problem, { average: { from: 2 }, trace: "running" }],
    ["batches of 1", data.problem, { batchSize: 1, trace: "running" }],
    ["batches of 7 with an average", data.problem, { batchSize: 7, average: {} }],
    ["with l1", lasso.problem, { trace: "running" }],
    ["with l1 in batches", lasso.problem, { batchSize: 7, trace: "running" }],
    ["local", local, { batchSize: 4, start: "random", trace: "running" }],
    ["local, exact", local, { batchSize: 4, start: "random" }],
  ])("%s: equals an independent evaluation, and the call changes no bit", (_, problem, options) => {
    const quiet = run(problem, plain(0.2), { epochs: 4, ...options });
    let at = 0;
    for (const step of train(problem, plain(0.2), { epochs: 4, ...options })) {
      const value = step.objective();
      expect(value).toBe(evaluated(problem, step.solution).value);
      expect(step.objective()).toBe(value);
      expect(shot(step)).toEqual(quiet.shots[at++]);
    }
    expect(at).toBe(quiet.shots.length);
  });
});

describe("seeds", () => {
  const options: TrainOptions = { batchSize: 5, epochs: 3, start: "random" };
  const finalBits = (more: TrainOptions): string =>
    bits(run(data.problem, adam(0.1), { ...options, ...more }).last.params).join();

  it("the same seed gives the same bits, and another seed gives other bits", () => {
    expect(finalBits({ seed: 3 })).toBe(finalBits({ seed: 3 }));
    expect(new Set([0, 1, 2, 3].map((seed) => finalBits({ seed }))).size).toBe(4);
    expect(finalBits({})).toBe(finalBits({ seed: 0 }));
  });

  it("the start and the order depend on the seed", () => {
    const zeros = [0, 1].map((seed) => finalBits({ seed, start: "zeros" }));
    expect(zeros[0]).not.toBe(zeros[1]);
    const ordered = [0, 1].map((seed) => finalBits({ seed, order: "sequential" }));
    expect(ordered[0]).not.toBe(ordered[1]);
    const neither = [0, 1].map((seed) => finalBits({ seed, order: "sequential", start: "zeros" }));
    expect(neither[0]).toBe(neither[1]);
  });

  it("the order does not depend on the batch size", () => {
    const orderSeen = (batchSize: number): number[] => {
      const seen: number[] = [];
      const problem = {
        ...data.problem,
        bind: (arena: Parameters<typeof data.problem.bind>[0]) => {
          const objective = data.problem.bind(arena);
          const add: typeof objective.add = (params, rows, gradient) => {
            seen.push(...rows.order!.subarray(rows.from, rows.to));
            return objective.add(params, rows, gradient);
          };
          return { ...objective, add };
        },
      };
      run(problem, plain(0.1), { batchSize, epochs: 3, seed: 6, trace: "running" });
      return seen;
    };
    const rowOrder = orderSeen(1);
    expect(rowOrder.length).toBe(69);
    expect(orderSeen(7)).toEqual(rowOrder);
    expect(rowOrder.slice(0, 23)).not.toEqual(rowOrder.slice(23, 46));
  });
});

describe("starts", () => {
  const started = (options: TrainOptions): number[] => {
    const still = problemOf((_, gradient) => {
      gradient.fill(0);
      return 1;
    }, 4);
    return run(still, plain(1), { epochs: 1, ...options }).shots[0]!.params;
  };

  it("are zeros, random numbers or a list", () => {
    expect(started({})).toEqual([0, 0, 0, 0]);
    expect(started({ start: Float64Array.of(1, 2, 3, 4) })).toEqual([1, 2, 3, 4]);
    expect(started({ start: "random" }).every((x) => x !== 0)).toBe(true);
    expect(started({ start: "random", seed: 1 })).not.toEqual(started({ start: "random" }));
  });

  it("are random numbers times a scale, to the last bit", () => {
    const once = started({ start: "random", seed: 3 });
    expect(started({ start: { random: 1 }, seed: 3 })).toEqual(once);
    expect(started({ start: { random: 0.1 }, seed: 3 })).toEqual(once.map((x) => x * 0.1));
    expect(started({ start: { random: 5 }, seed: 4 })).not.toEqual(once.map((x) => x * 5));
  });

  it.each([
    [{ random: 0 }, "train: start.random must be a finite number above 0, got 0. Pass a number such as 0.1."],
    [
      { random: Infinity },
      "train: start.random must be a finite number above 0, got Infinity. Pass a number such as 0.1.",
    ],
    [{}, "train: start.random must be a finite number above 0, got undefined. Pass a number such as 0.1."],
    ["ones", 'train: start must be one of zeros, random, got "ones". Pass one of these names.'],
  ])("must exist: %j", (start, message) => {
    expect(() => started({ start: start as unknown as "zeros" })).toThrow(message);
  });

  it("must fit the parameters", () => {
    expect(() => started({ start: Float64Array.of(1, 2, 3) })).toThrow(
      new RangeError("train: start must have one number per parameter (4), got 3. Pass a list of 4 numbers."),
    );
    expect(() => started({ start: Float64Array.of(1, 2, Number.NaN, 0) })).toThrow(
      new RangeError("train: start must hold finite numbers, got NaN in row 2. Remove the row or supply the value."),
    );
  });
});

describe("the clock", () => {
  it("is the first number of the updates, for schedules, steps and history", () => {
    const rate = inverseTime(0.5, { decay: 0.1 });
    const { shots, last } = run(data.problem, plain(rate), { batchSize: 10, epochs: 2, clock: 40 });
    expect(shots.map(({ t }) => t)).toEqual([41, 42, 43, 44, 45, 46]);
    expect(shots.map(({ learningRate }) => learningRate)).toEqual([41, 42, 43, 44, 45, 46].map(rate));
    expect(shots.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(last.history.updates).toEqual([43, 46]);
  });
});

describe("kernels", () => {
  it("the reference trains to the same parameters, up to rounding", () => {
    for (const batchSize of ["full", 5] as const) {
      const options: TrainOptions = { batchSize, epochs: 20 };
      const module = run(data.problem, adam(0.05), options).last.params;
      expect(
        apart(run(data.problem, adam(0.05), { ...options, kernels: referenceKernels }).last.params, module),
      ).toBeLessThan(1e-12);
    }
  });

  it("a batch in lanes is the mean over its rows", () => {
    const { problem, X, y, n, d } = regression(100000, 2);
    const { shots } = run(problem, plain(0.1), {
      batchSize: 90000,
      epochs: 1,
      order: "sequential",
      start: Float64Array.of(1, -1, 2),
    });
    let x = [1, -1, 2];
    for (const [from, to] of [
      [0, 90000],
      [90000, n],
    ] as const) {
      const g = [0, 0, 0];
      for (let i = from; i < to; i++) {
        const features = [X[i * d]!, X[i * d + 1]!, 1];
        const slope = features.reduce((z, feature, j) => z + feature * x[j]!, -y[i]!);
        for (const [j, feature] of features.entries()) g[j]! += (slope * feature) / (to - from);
      }
      x = x.map((w, j) => w - 0.1 * g[j]!);
      expect(apart(shots[from === 0 ? 0 : 1]!.params, x)).toBeLessThan(1e-13);
    }
  });
});

describe("options", () => {
  const integerError = (name: string, lowest: number, got: unknown): RangeError =>
    new RangeError(
      `train: ${name} must be a whole number of at least ${lowest}, got ${got}. Pass a whole number, such as ${lowest}.`,
    );

  it.each<readonly [TrainOptions, Error]>([
    [{ epochs: 0 }, integerError("epochs", 1, 0)],
    [{ epochs: 1.5 }, integerError("epochs", 1, 1.5)],
    [{ seed: -1 }, integerError("seed", 0, -1)],
    [{ clock: -1 }, integerError("clock", 0, -1)],
    [{ every: 0 }, integerError("every", 1, 0)],
    [{ batchSize: 0 }, integerError("batchSize", 1, 0)],
    [{ average: { from: -1 } }, integerError("average.from", 0, -1)],
    [{ stop: { change: { tolerance: 1, patience: 0 } } }, integerError("stop.change.patience", 1, 0)],
    [{ stop: { validation: { problem: data.problem, patience: 0 } } }, integerError("stop.validation.patience", 1, 0)],
    [
      { stop: { gradient: -1 } },
      new RangeError("train: stop.gradient must be a finite number of at least 0, got -1. Pass 0 or more."),
    ],
    [
      { stop: { change: { tolerance: Number.NaN } } },
      new RangeError("train: stop.change.tolerance must be a finite number of at least 0, got NaN. Pass 0 or more."),
    ],
    [
      { trace: "none" } as unknown as TrainOptions,
      new TypeError('train: trace must be one of exact, running, got "none". Pass one of these names.'),
    ],
    [
      { average: { weight: "tail" } } as unknown as TrainOptions,
      new TypeError('train: average.weight must be one of uniform, t, t8, got "tail". Pass one of these names.'),
    ],
    [
      { stop: { loss: 1 } } as unknown as TrainOptions,
      new TypeError('train: option "loss" is unknown. Use only remaining, gradient, change, validation.'),
    ],
    [
      { stop: { change: { tolerance: 1, after: 2 } } } as unknown as TrainOptions,
      new TypeError('train: option "after" is unknown. Use only tolerance, patience.'),
    ],
  ])("%j throws", (options, error) => {
    expect(() => run(data.problem, plain(1), options)).toThrow(error);
  });

  it("an unknown option throws", () => {
    const options = { batchsize: 3 } as TrainOptions;
    expect(() => run(data.problem, plain(1), options)).toThrow(
      new TypeError('train: option "batchsize" is unknown. Use batchSize.'),
    );
  });
});
