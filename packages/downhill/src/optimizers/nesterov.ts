import { known, requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/**
 * The transform of Nesterov's momentum: v ← decay · v + g; direction g + decay · v.
 *
 * @param options  decay: at least 0 and below 1 [0.9]
 * @throws RangeError for a decay outside its range
 *
 * @example
 * ```ts
 * import { addNesterov, descent } from "downhill";
 *
 * descent(0.1, addNesterov({ decay: 0.5 })).gain; // 2
 * ```
 */
export function addNesterov(options: { decay?: number } = {}): Transform {
  const { decay = 0.9 } = known("addNesterov", options, "decay");
  requireWithin("addNesterov", "decay", decay, 0, 1);
  const transform: Transform = {
    slots: 1,
    gain: 1 / (1 - decay),
    apply: (direction, [v], { kernels }) =>
      kernels.nesterov(direction.byteOffset, v!.byteOffset, direction.length, decay),
  };
  return withSpec(transform, { transform: "addNesterov", decay });
}

/**
 * Gradient descent with Nesterov's momentum: v ← decay · v + g; params −= rate · (g + decay · v). In this form the parameters
 * of the run are the points at which Nesterov's method evaluates the gradient.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @param options  decay, at least 0 and below 1 [0.9]
 * @throws RangeError when rate is not above 0, or for a decay outside its range; TypeError for an unknown option
 *
 * Source: Sutskever et al., “On the importance of initialization and momentum in deep learning”, 2013.
 *
 * @example
 * ```ts
 * import { linearRegression, nesterov } from "downhill";
 *
 * const fitted = linearRegression({ optimizer: nesterov(0.05), epochs: 500 }).fit([[1], [2], [3]], [3, 5, 7]);
 * Math.round(fitted.predict([[10]])[0]!); // 21
 * ```
 */
export const nesterov = (rate: number | Schedule, options?: { decay?: number }): Optimizer =>
  named("nesterov", rate, options, addNesterov);
