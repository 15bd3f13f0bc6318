import { DivergenceError } from "../../core/divergenceError.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";

/** The most rows of a short run: more rows would cost more time and hardly change the result. */
export const PILOT_ROWS = 10_000;

export const PILOT_AVERAGE = { weight: "t8" } as const;

const MOST_DOUBLINGS = 12; // without a penalty, separable classes have no largest useful rate
const MOST_HALVINGS = 40;

/**
 * A learning rate for descent in mini-batches, from short runs: the rate is doubled as long as the objective after a short
 * run falls, or else halved as long as it falls. A bound such as 1/𝓛 is often much too small: it holds for all parameters and
 * the longest row.
 *
 * The solution of a short run should be `PILOT_AVERAGE`. Then the noise of the batches hardly counts, and a rate at which the run
 * becomes unstable has a high objective.
 *
 * Source: Bottou, “Stochastic Gradient Descent Tricks”, 2012 (learning rates by short runs on some of the rows).
 *
 * @param first  the rate to begin with
 * @param objectiveAfter  the objective after a short run with a rate
 */
export function pilotRate(first: number, objectiveAfter: (rate: number) => number): number {
  let rate = first;
  let lowest = objectiveAfter(first);
  const follow = (factor: number, most: number): void => {
    for (let i = 0; i < most; i++) {
      const value = objectiveAfter(rate * factor);
      if (!(value < lowest || (factor < 1 && lowest === Infinity))) return;
      rate *= factor;
      lowest = value;
    }
  };
  follow(2, MOST_DOUBLINGS);
  if (rate === first) follow(0.5, MOST_HALVINGS);
  return rate;
}

/** The objective at the solution of a run; Infinity for a run that diverges. */
export function objectiveAfter(
  problem: Problem,
  optimizer: Optimizer,
  {
    kernels = wasmKernels,
    ...options
  }: Pick<TrainOptions, "batchSize" | "epochs" | "order" | "start" | "seed" | "kernels" | "average">,
): number {
  return inKeptMemory(kernels, (own) => {
    const run = { ...options, kernels: own, trace: "running", every: "epoch" } as const;
    let value = Infinity;
    try {
      for (const step of train(problem, optimizer, run)) {
        if (step.epoch === options.epochs) value = step.objective();
      }
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      return Infinity;
    }
    return value;
  });
}
