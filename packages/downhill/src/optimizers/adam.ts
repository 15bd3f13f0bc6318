import { known, requirePositive, requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/** Options of `adam` and `scaleByAdam`. */
export interface AdamOptions {
  /** β₁, the decay of the moving average of gradients: at least 0 and below 1 [0.9]. */
  readonly beta1?: number;
  /** β₂, the decay of the moving average of squared gradients: at least 0 and below 1 [0.999]. */
  readonly beta2?: number;
  /** ε, which is added to the square root: above 0 [1e-8]. */
  readonly epsilon?: number;
}

/**
 * The transform of Adam: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; direction (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
 *
 * @throws RangeError for an option outside its range
 *
 * @example
 * ```ts
 * import { clipByNorm, descent, scaleByAdam } from "downhill";
 *
 * descent(0.1, clipByNorm(1), scaleByAdam()).slots; // 2
 * ```
 */
export function scaleByAdam(options: AdamOptions = {}): Transform {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = known("scaleByAdam", options, "beta1", "beta2", "epsilon");
  requireWithin("scaleByAdam", "beta1", beta1, 0, 1);
  requireWithin("scaleByAdam", "beta2", beta2, 0, 1);
  requirePositive("scaleByAdam", "epsilon", epsilon);
  const transform: Transform = {
    slots: 2,
    scalars: 2,
    apply(direction, [m, v], { scalars, kernels }) {
      // 1 − βᵗ without a power: c ← β c + (1 − β) from c = 0, like the moving averages themselves.
      const c1 = beta1 * scalars[0]! + (1 - beta1);
      const c2 = beta2 * scalars[1]! + (1 - beta2);
      scalars[0] = c1;
      scalars[1] = c2;
      const { byteOffset, length } = direction;
      kernels.adam(byteOffset, m!.byteOffset, v!.byteOffset, length, beta1, beta2, c1, c2, epsilon);
    },
  };
  return withSpec(transform, { transform: "scaleByAdam", beta1, beta2, epsilon });
}

/**
 * Adam: a moving average of the gradients, divided by the root of a moving average of their squares. Both averages start at 0
 * and are corrected for it. The formula is that of `scaleByAdam`.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @throws RangeError when rate is not above 0, or for an option outside its range; TypeError for an unknown option
 *
 * Source: Kingma and Ba, “Adam: A Method for Stochastic Optimization”, 2015.
 *
 * @example
 * ```ts
 * import { adam, cosine, logisticRegression } from "downhill";
 *
 * const optimizer = adam(cosine(0.1, { updates: 100 }), { beta1: 0.8 });
 * const model = logisticRegression({ optimizer, batchSize: 2, epochs: 50 });
 * model.fit([[0], [1], [4], [5]], ["no", "no", "yes", "yes"]).predict([[6]]); // ["yes"]
 * ```
 */
export const adam = (rate: number | Schedule, options?: AdamOptions): Optimizer =>
  named("adam", rate, options, scaleByAdam);
