import { requirePositive, requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

export interface AdamOptions {
  /** Decay of the mean of gradients, in [0, 1). */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1). */
  readonly beta2?: number;
  /** Added to the root, > 0. */
  readonly epsilon?: number;
}

/** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; direction (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε). */
export function scaleByAdam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Transform {
  requireWithin("scaleByAdam", "beta1", beta1, 0, 1);
  requireWithin("scaleByAdam", "beta2", beta2, 0, 1);
  requirePositive("scaleByAdam", "epsilon", epsilon);
  const transform: Transform = {
    slots: 2,
    scalars: 2,
    apply(direction, [m, v], { scalars, kernels }) {
      // 1 − βᵗ without a power: c ← β c + (1 − β) from c = 0, as the moving averages themselves.
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
 * Adam: momentum over RMSProp, both corrected for their start at zero.
 *
 * Source: Kingma and Ba, “Adam: A Method for Stochastic Optimization”, 2015.
 */
export const adam = (rate: number | Schedule, options?: AdamOptions): Optimizer =>
  named("adam", rate, scaleByAdam(options));
