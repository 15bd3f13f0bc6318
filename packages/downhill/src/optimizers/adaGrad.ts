import { requirePositive } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/** s += g²; direction g / (√s + ε). */
export function scaleByAdaGrad({ epsilon = 1e-8 }: { epsilon?: number } = {}): Transform {
  requirePositive("scaleByAdaGrad", "epsilon", epsilon);
  const transform: Transform = {
    slots: 1,
    apply: (direction, [s], { kernels }) =>
      kernels.adaGrad(direction.byteOffset, s!.byteOffset, direction.length, epsilon),
  };
  return withSpec(transform, { transform: "scaleByAdaGrad", epsilon });
}

/**
 * AdaGrad: each parameter's rate falls with the gradients it has seen.
 *
 * Source: Duchi, Hazan and Singer, “Adaptive Subgradient Methods”, 2011.
 */
export const adaGrad = (rate: number | Schedule, options?: { epsilon?: number }): Optimizer =>
  named("adaGrad", rate, scaleByAdaGrad(options));
