// Updates in the order of a grid: the history does not depend on how many updates one call does.
import { expect, test } from "vitest";
import { column } from "../../kernels/source.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { plain } from "../../optimizers/plain.ts";
import { factors } from "../../predictors/factors.ts";
import { risk } from "../objective/risk.ts";
import type { State } from "../state/state.ts";
import { train } from "../train.ts";
import type { TrainOptions } from "../trainOptions.ts";

const RATINGS = 60_000;
const predictor = factors(500, 300, 4, { biases: true, perRating: 0.1 });
const numbers = (size: number, step: number) => Uint32Array.from({ length: RATINGS }, (_, i) => (i * step) % size);
const problem = risk({
  predictor,
  loss: halfSquared(),
  inputs: predictor.inputs(numbers(500, 7919), numbers(300, 31)),
  targets: column(Float64Array.from({ length: RATINGS }, (_, i) => Math.sin(i))),
});

function runOf(options: TrainOptions, stateAt?: number) {
  const base = { epochs: 3, batchSize: 1, order: "grid", start: "random" } as const;
  let losses: readonly number[] = [];
  let state: State | undefined;
  for (const step of train(problem, plain(0.02), { ...base, ...options })) {
    losses = [...step.history.batchLoss];
    if (step.t === stateAt) state = step.state();
  }
  return { losses, state };
}

const expected = runOf({ every: "epoch" }).losses;

test.each<[string, TrainOptions]>([
  ["single updates", { every: 1 }],
  ["steps within blocks", { every: 7001 }],
  ["an average", { every: "epoch", average: { from: 2 } }],
  ["a list of all losses", { every: "epoch", batchLosses: true }],
])("the loss of an epoch has the same bits with %s", (_, options) => {
  expect(runOf(options).losses).toEqual(expected);
});

test("a run that resumes within a block has the same losses", () => {
  const { state } = runOf({ every: 7001 }, 7001 * 12);
  expect(state!.progress.blockSum).toBeGreaterThan(0);
  expect(runOf({ every: "epoch", resume: state! }).losses).toEqual(expected);
});

test("the loss of an epoch is the mean of the losses before each update", () => {
  const base = { epochs: 1, batchSize: 1, order: "grid", start: "random", batchLosses: true } as const;
  const [step] = train(problem, plain(0.02), { ...base, every: "epoch" });
  const losses = step!.history.batchLosses!;
  expect(losses).toHaveLength(RATINGS);
  expect(step!.history.batchLoss[0]! / (losses.reduce((sum, loss) => sum + loss, 0) / RATINGS)).toBeCloseTo(1, 12);
});
