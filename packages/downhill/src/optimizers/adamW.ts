import { known, requireNonNegative } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { type AdamOptions, scaleByAdam } from "./adam.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/**
 * A transform that adds weight decay to the direction: direction += decay · params. Every parameter moves towards 0,
 * intercepts too.
 *
 * @param options  decay: at least 0
 * @throws RangeError when decay is below 0
 *
 * @example
 * ```ts
 * import { addDecayedParams, descent } from "downhill";
 *
 * descent(0.1, addDecayedParams({ decay: 0.01 })).slots; // 0
 * ```
 */
export function addDecayedParams(options: { decay: number }): Transform {
  const { decay } = known("addDecayedParams", options, "decay");
  requireNonNegative("addDecayedParams", "decay", decay);
  const transform: Transform = {
    slots: 0,
    apply: (direction, _, { params, kernels }) =>
      kernels.axpy(decay, params.byteOffset, direction.byteOffset, direction.length),
  };
  return withSpec(transform, { transform: "addDecayedParams", decay });
}

/**
 * Adam with decoupled weight decay: params −= rate · (Adam's direction + decay · params). The decay is not part of the
 * objective, and it reaches intercepts too. The penalty l2 is part of the objective, and does not reach intercepts.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @param options  decay, at least 0 [0.01], and the options of Adam
 * @throws RangeError when rate is not above 0, or for an option outside its range; TypeError for an unknown option
 *
 * Source: Loshchilov and Hutter, “Decoupled Weight Decay Regularization”, 2019.
 *
 * @example
 * ```ts
 * import { adamW, logisticRegression } from "downhill";
 *
 * const model = logisticRegression({ optimizer: adamW(0.1, { decay: 0.001 }), batchSize: 2, epochs: 50 });
 * model.fit([[0], [1], [4], [5]], ["no", "no", "yes", "yes"]).predict([[6]]); // ["yes"]
 * ```
 */
export const adamW = (rate: number | Schedule, options?: AdamOptions & { decay?: number }): Optimizer =>
  named("adamW", rate, options, scaleByAdam, (own) => addDecayedParams({ decay: 0.01, ...own }));
