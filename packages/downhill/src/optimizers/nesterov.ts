import { requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/** v ← decay · v + g; direction g + decay · v. */
export function addNesterov({ decay = 0.9 }: { decay?: number } = {}): Transform {
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
 * Nesterov's accelerated gradient, in the form that evaluates the gradient at the looked-ahead parameters, which are the
 * ones kept.
 *
 * Source: Sutskever et al., “On the importance of initialization and momentum in deep learning”, 2013.
 */
export const nesterov = (rate: number | Schedule, options?: { decay?: number }): Optimizer =>
  named("nesterov", rate, addNesterov(options));
