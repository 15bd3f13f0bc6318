import { requireWithin } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { Transform } from "./transform.ts";

/** v ← decay · v + g; direction v (the heavy ball). */
export function addMomentum({ decay = 0.9 }: { decay?: number } = {}): Transform {
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
 * Gradient descent with momentum. Steady gradients are amplified 1 / (1 − decay) times, so a rate is worth ten plain
 * ones at the default decay.
 *
 * Source: Polyak, “Some methods of speeding up the convergence of iteration methods”, 1964.
 */
export const momentum = (rate: number | Schedule, options?: { decay?: number }): Optimizer =>
  named("momentum", rate, addMomentum(options));
