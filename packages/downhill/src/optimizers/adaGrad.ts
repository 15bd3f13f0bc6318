import { known, requirePositive } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/**
 * The transform of AdaGrad: s += g²; direction g / (√s + ε).
 *
 * @param options  epsilon: ε, above 0 [1e-8]
 * @throws RangeError when epsilon is not above 0
 *
 * @example
 * ```ts
 * import { clipByNorm, descent, scaleByAdaGrad } from "downhill";
 *
 * descent(0.1, clipByNorm(1), scaleByAdaGrad()).slots; // 1
 * ```
 */
export function scaleByAdaGrad(options: { epsilon?: number } = {}): Transform {
  const { epsilon = 1e-8 } = known("scaleByAdaGrad", options, "epsilon");
  requirePositive("scaleByAdaGrad", "epsilon", epsilon);
  const transform: Transform = {
    slots: 1,
    apply: (direction, [s], { kernels }) =>
      kernels.adaGrad(direction.byteOffset, s!.byteOffset, direction.length, epsilon),
  };
  return withSpec(transform, { transform: "scaleByAdaGrad", epsilon });
}

/**
 * AdaGrad: s += g²; params −= rate · g / (√s + ε). The steps of a parameter become shorter as its gradients add up.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @param options  epsilon, ε, above 0 [1e-8]
 * @throws RangeError when rate or epsilon is not above 0; TypeError for an unknown option
 *
 * Source: Duchi, Hazan and Singer, “Adaptive Subgradient Methods”, 2011.
 *
 * @example
 * ```ts
 * import { adaGrad, logisticRegression } from "downhill";
 *
 * const model = logisticRegression({ optimizer: adaGrad(0.1), batchSize: 2, epochs: 50 });
 * model.fit([[0], [1], [4], [5]], ["no", "no", "yes", "yes"]).predict([[6]]); // ["yes"]
 * ```
 */
export const adaGrad = (rate: number | Schedule, options?: { epsilon?: number }): Optimizer =>
  named("adaGrad", rate, options, scaleByAdaGrad);
