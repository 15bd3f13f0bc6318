import { known, requirePositive, requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/** Options of `rmsProp` and `scaleByRmsProp`. */
export interface RmsPropOptions {
  /** The decay of the moving average of squares: at least 0 and below 1 [0.9]. */
  readonly decay?: number;
  /** ε, which is added to the square root: above 0 [1e-8]. */
  readonly epsilon?: number;
}

/**
 * The transform of RMSProp: s ← decay · s + (1 − decay) g²; direction g / (√s + ε).
 *
 * @throws RangeError for an option outside its range
 *
 * @example
 * ```ts
 * import { clipByNorm, descent, scaleByRmsProp } from "downhill";
 *
 * descent(0.1, clipByNorm(1), scaleByRmsProp()).slots; // 1
 * ```
 */
export function scaleByRmsProp(options: RmsPropOptions = {}): Transform {
  const { decay = 0.9, epsilon = 1e-8 } = known("scaleByRmsProp", options, "decay", "epsilon");
  requireWithin("scaleByRmsProp", "decay", decay, 0, 1);
  requirePositive("scaleByRmsProp", "epsilon", epsilon);
  const transform: Transform = {
    slots: 1,
    apply: (direction, [s], { kernels }) =>
      kernels.rmsProp(direction.byteOffset, s!.byteOffset, direction.length, decay, epsilon),
  };
  return withSpec(transform, { transform: "scaleByRmsProp", decay, epsilon });
}

/**
 * RMSProp: s ← decay · s + (1 − decay) g²; params −= rate · g / (√s + ε). The gradient of each parameter is divided by the
 * root of a moving average of its squares.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @throws RangeError when rate is not above 0, or for an option outside its range; TypeError for an unknown option
 *
 * Source: Tieleman and Hinton, lecture 6.5 of “Neural Networks for Machine Learning”, 2012.
 *
 * @example
 * ```ts
 * import { logisticRegression, rmsProp } from "downhill";
 *
 * const model = logisticRegression({ optimizer: rmsProp(0.05), batchSize: 2, epochs: 50 });
 * model.fit([[0], [1], [4], [5]], ["no", "no", "yes", "yes"]).predict([[6]]); // ["yes"]
 * ```
 */
export const rmsProp = (rate: number | Schedule, options?: RmsPropOptions): Optimizer =>
  named("rmsProp", rate, options, scaleByRmsProp);
