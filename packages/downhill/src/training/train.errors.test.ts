import { describe, expect, it } from "vitest";
import { matrixFromRows } from "../core/matrix.ts";
import { matrixFactorization } from "../estimators/matrixFactorization.ts";
import type { Ranks } from "../kernels/ranks.ts";
import { column, dense } from "../kernels/source.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { halfSquared } from "../losses/halfSquared.ts";
import { automatic } from "../optimizers/automatic.ts";
import { descent } from "../optimizers/descent.ts";
import { plain } from "../optimizers/plain.ts";
import { linear } from "../predictors/linear.ts";
import { type Differentiable, minimize, problemOf } from "./minimize.ts";
import { risk } from "./objective/risk.ts";
import { type Step, train } from "./train.ts";

describe("train throws for", () => {
  const bowl = problemOf(([x], gradient) => {
    gradient[0] = x!;
    return 0.5 * x! * x!;
  }, 1);
  const descend = (rate: (t: number) => number): Step[] => [
    ...train(bowl, descent(rate), { start: Float64Array.of(1), epochs: 5 }),
  ];

  it("a learning rate that is not a finite number above 0", () => {
    for (const wrong of [0, -1, NaN, Infinity]) {
      expect(() => descend((t) => (t < 3 ? 0.1 : wrong))).toThrow(
        `train: learning rate must be a finite number above 0, got ${wrong} for update 3. Correct the schedule,`,
      );
    }
    expect(descend(() => 0.1).length).toBe(5);
  });

  it("an unknown name of an order", () => {
    const order = "random" as "shuffled";
    expect(() => [...train(bowl, plain(0.1), { order })]).toThrow(
      'train: order must be one of shuffled, replacement, sequential, grid, got "random". Pass one of these names.',
    );
  });

  it("rows drawn with replacement in full batch, in which every row is used once", () => {
    const error =
      'train: order "replacement" needs batches of fewer than all 3 examples, got batchSize %. Pass batchSize: 1, for example, or leave out order: "replacement".';
    const rows = Float64Array.of(1, 2, 3);
    const inputs = dense({ data: rows, rows: 3, columns: 1 });
    const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(rows) });
    const run = (batchSize?: number) => [
      ...train(problem, plain(0.1), { order: "replacement", epochs: 1, ...(batchSize && { batchSize }) }),
    ];
    expect(() => run()).toThrow(new TypeError(error.replace("%", '"full"')));
    expect(() => run(3)).toThrow(new TypeError(error.replace("%", "3")));
    expect(run(2).length).toBe(2);
  });

  it("a state of a run with another trace", () => {
    const [first] = [...train(bowl, plain(0.1), { epochs: 1, trace: "running" })];
    expect(() => [...train(bowl, plain(0.1), { epochs: 2, resume: first!.state() })]).toThrow(
      "train: the state to resume must have recorded batchLoss, gradientNorm, learningRate, objective, updates, got",
    );
  });
});

describe("local epochs", () => {
  const rows = 8;
  const inputs = Float64Array.from({ length: rows }, (_, i) => i);
  const problem = risk({
    predictor: linear(1),
    loss: halfSquared(),
    inputs: dense({ data: inputs, rows, columns: 1 }),
    targets: column(inputs),
  });
  const ranksOf = (size: number): Ranks => ({ rank: 0, size, allGather() {} });
  const run = (options: object, size = 3): Step[] => [
    ...train(problem, plain(0.01), { batchSize: 1, localEpochs: true, ranks: ranksOf(size), ...options }),
  ];

  it.each<[string, object]>([
    ["localEpochs must be true or false, got 2. Pass localEpochs: true, or leave it out.", { localEpochs: 2 }],
    [
      "localEpochs needs the option ranks. Pass ranks: connect() of @downhill/mpi, or leave out localEpochs.",
      { ranks: undefined },
    ],
    [
      'localEpochs needs batches, got batchSize "full". Pass batchSize: 1, for example, or leave out localEpochs.',
      { batchSize: "full" },
    ],
    [
      "with localEpochs, batchSize must be at most the number of rows of a rank (2), got 3. Use smaller batches or fewer ranks.",
      { batchSize: 3 },
    ],
    [
      'order, with localEpochs, must be one of shuffled, replacement, sequential, got "grid". Pass one of these names.',
      { order: "grid" },
    ],
    [
      'localEpochs has steps only at the end of an epoch, got every: 2. Pass every: "epoch", or leave out localEpochs.',
      { every: 2 },
    ],
    [
      "localEpochs has no list of batch losses. Pass batchLosses: false, or leave out localEpochs.",
      { batchLosses: true },
    ],
  ])("throw: %s", (sentence, options) => {
    expect(() => run(options)).toThrow(`train: ${sentence}`);
  });

  it("throw for a factorization, whose examples reach different parameters", () => {
    const users = Uint32Array.of(0, 1, 0, 1);
    const items = Uint32Array.of(0, 0, 1, 1);
    const ratings = { users, items, ratings: Float64Array.of(1, 2, 3, 4) };
    const options = { localEpochs: true } as object;
    expect(() => matrixFactorization(options).fit(ratings)).toThrow(/matrixFactorization: .*localEpochs/);
  });

  it("of one rank are descent in one process", () => {
    const options = { epochs: 3, every: "epoch" };
    const [local, alone] = [run(options, 1), run({ ...options, localEpochs: false, ranks: undefined })];
    expect(local.at(-1)!.state()).toEqual(alone.at(-1)!.state());
    expect(local).toHaveLength(3);
  });
});

describe("a risk whose parts have different shapes throws", () => {
  const X = matrixFromRows([
    [1, 2],
    [3, 4],
  ]);
  const fit = (changes: object): unknown =>
    risk({
      ...{ predictor: linear(2), loss: halfSquared(), inputs: dense(X), targets: column(Float64Array.of(1, 2)) },
      ...changes,
    });
  it.each([
    ["scores per example must be 1, got 2", { loss: crossEntropy(2) }],
    ["columns of inputs must be 3, got 2", { predictor: linear(3) }],
    ["columns of targets must be 1, got 2", { targets: dense(X) }],
    ["rows of targets must be 2, got 3", { targets: column(new Float64Array(3)) }],
    ["numbers of weights must be 2, got 1", { weights: column(new Float64Array(1)) }],
  ])("%s", (sentence, changes) => {
    expect(() => fit(changes)).toThrow(`risk: ${sentence}. Make predictor,`);
    expect(fit({})).toBeDefined();
  });
});

it("a learning rate that cannot be computed: the error names the cause, and its advice works", () => {
  for (const size of [1e-200, 1e200]) {
    const bowl =
      (unit: number): Differentiable =>
      (x, gradient) => {
        gradient[0] = unit * (x[0]! - 1);
        return 0.5 * gradient[0]! * (x[0]! - 1);
      };
    const options = { start: [0], optimizer: automatic(), updates: 50 };
    expect(() => minimize(bowl(size), options)).toThrow(
      /^train: the squares of gradients and steps .* got a learning rate of (0|Infinity|NaN)\. Multiply the data, or the objective/,
    );
    expect(minimize(bowl(size / size), options).params[0]).toBeCloseTo(1, 6);
  }
});
