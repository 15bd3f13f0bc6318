import { InputRangeError } from "../../core/check.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import type { Vector } from "../../core/vector.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { train } from "../../training/train.ts";
import type { ForecastPoint } from "./forecastPoint.ts";

const EPOCHS = 1000;

/** The parameters of the lowest objective, or the reason why they are not known. */
export type Optimum = { readonly params: Vector } | { readonly params: null; readonly reason: string };

/** The optimum that the caller passes, or that of a run of `automatic` if it passes undefined. */
export function optimumOf(passed: Vector | null | undefined, { problem, kernels }: ForecastPoint): Optimum {
  if (passed) return { params: passed };
  if (passed === null) return { params: null, reason: "" };
  const { params, stopped } = lowest(problem, kernels);
  if (params !== null && stopped === "converged") return { params };
  const reason =
    stopped === "separable"
      ? "A plane separates the classes and there is no penalty, so no optimum exists: the weights grow without end, and the " +
        "curvature falls to 0. So after enough steps every learning rate is stable."
      : `The optimum was not found in ${EPOCHS} epochs, so the numbers that depend on it are not known.`;
  return { params: null, reason };
}

/** The last parameters of a run of `automatic`; null if it cannot go on, as where the parameters grow without end. */
function lowest(problem: Problem, kernels: BindKernels): { params: Vector | null; stopped: string | null } {
  let found: { params: Vector | null; stopped: string | null } = { params: null, stopped: null };
  const options = { epochs: EPOCHS, stop: { remaining: 1e-7 }, every: "epoch", kernels } as const;
  try {
    for (const { solution, stopped } of train(problem, automatic(), options)) found = { params: solution, stopped };
  } catch (error) {
    if (!(error instanceof InputRangeError || error instanceof DivergenceError)) throw error;
  }
  return found;
}
