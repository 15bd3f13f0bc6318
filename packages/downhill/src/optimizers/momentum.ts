import { known, requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/**
 * The transform of momentum: v ← decay · v + g; direction v.
 *
 * @param options  decay: at least 0 and below 1 [0.9]
 * @throws RangeError for a decay outside its range
 *
 * @example
 * ```ts
 * import { addMomentum, descent } from "downhill";
 *
 * descent(0.1, addMomentum({ decay: 0.5 })).gain; // 2
 * ```
 */
export function addMomentum(options: { decay?: number } = {}): Transform {
  const { decay = 0.9 } = known("addMomentum", options, "decay");
  requireWithin("addMomentum", "decay", decay, 0, 1);
  const transform: Transform = {
    slots: 1,
    gain: 1 / (1 - decay),
    apply: (direction, [v], { kernels }) =>
      kernels.momentum(direction.byteOffset, v!.byteOffset, direction.length, decay),
  };
  return withSpec(transform, { transform: "addMomentum", decay });
}

/**
 * Gradient descent with momentum (the heavy ball): v ← decay · v + g; params −= rate · v. A steady gradient is multiplied by
 * 1 / (1 − decay), so with the default decay it moves the parameters ten times as far as `plain` at the same learning rate.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @param options  decay, at least 0 and below 1 [0.9]
 * @throws RangeError when rate is not above 0, or for a decay outside its range; TypeError for an unknown option
 *
 * Source: Polyak, “Some methods of speeding up the convergence of iteration methods”, 1964.
 *
 * @example
 * ```ts
 * import { minimize, momentum } from "downhill";
 *
 * const parabola = (x: ArrayLike<number>, gradient: { [i: number]: number }) => {
 *   gradient[0] = 2 * (x[0]! - 3);
 *   return (x[0]! - 3) ** 2;
 * };
 * const { params } = minimize(parabola, { start: [0], optimizer: momentum(0.01) });
 * Math.round(params[0]!); // 3
 * ```
 */
export const momentum = (rate: number | Schedule, options?: { decay?: number }): Optimizer =>
  named("momentum", rate, options, addMomentum);
