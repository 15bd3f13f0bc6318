import type { Vector } from "../../core/vector.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { train } from "../../training/train.ts";
import type { ForecastPoint } from "./forecastPoint.ts";

const EPOCHS = 1000;

/** The parameters of the lowest objective, or the reason why they are not known. */
export type Optimum = { readonly params: Vector } | { readonly params: null; readonly reason: string };

/** The optimum that the caller passes, or that of a run of `automatic` if it passes undefined. */
export function optimumOf(passed: Vector | null | undefined, { problem, kernels }: ForecastPoint): Optimum {
  if (passed) return { params: passed };
  if (passed === null) return { params: null, reason: "" };
  let found: { params: Vector; stopped: string | null } | undefined;
  const options = { epochs: EPOCHS, stop: { remaining: 1e-7 }, every: "epoch", kernels } as const;
  for (const { solution, stopped } of train(problem, automatic(), options)) found = { params: solution, stopped };
  const { params, stopped } = found!;
  if (stopped === "converged") return { params };
  const reason =
    stopped === "separable"
      ? "A plane separates the classes and there is no penalty, so no optimum exists: the weights grow without end, and the " +
        "curvature falls to 0. Every rate is stable in the end."
      : `The optimum was not found in ${EPOCHS} epochs, so the numbers that depend on it are not known.`;
  return { params: null, reason };
}
