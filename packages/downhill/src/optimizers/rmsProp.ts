import { requirePositive, requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

export interface RmsPropOptions {
  /** Of the moving average of squares, in [0, 1). */
  readonly decay?: number;
  /** Added to the root, > 0. */
  readonly epsilon?: number;
}

/** s ← decay · s + (1 − decay) g²; direction g / (√s + ε). */
export function scaleByRmsProp({ decay = 0.9, epsilon = 1e-8 }: RmsPropOptions = {}): Transform {
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
 * RMSProp: each parameter's rate is divided by the root of a moving average of its squared gradients.
 *
 * Source: Tieleman and Hinton, lecture 6.5 of “Neural Networks for Machine Learning”, 2012.
 */
export const rmsProp = (rate: number | Schedule, options?: RmsPropOptions): Optimizer =>
  named("rmsProp", rate, scaleByRmsProp(options));
