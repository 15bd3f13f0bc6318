import { requireNonNegative } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { type AdamOptions, scaleByAdam } from "./adam.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/** direction += decay · params: every parameter is pulled to 0 beside the gradient, not through it. */
export function addDecayedParams({ decay }: { decay: number }): Transform {
  requireNonNegative("addDecayedParams", "decay", decay);
  const transform: Transform = {
    slots: 0,
    apply: (direction, _, { params, kernels }) =>
      kernels.axpy(decay, params.byteOffset, direction.byteOffset, direction.length),
  };
  return withSpec(transform, { transform: "addDecayedParams", decay });
}

/**
 * Adam with decoupled weight decay. The decay is no part of the objective, and reaches intercepts too; l2 is the penalty
 * that is and does not.
 *
 * Source: Loshchilov and Hutter, “Decoupled Weight Decay Regularization”, 2019.
 */
export const adamW = (
  rate: number | Schedule,
  { decay = 0.01, ...options }: AdamOptions & { decay?: number } = {},
): Optimizer => named("adamW", rate, scaleByAdam(options), addDecayedParams({ decay }));
