import { elementTypeOf } from "../../core/vector.ts";
import type { Measure } from "./progress.ts";
import type { Run } from "./run.ts";

const ROUNDING = { float64: 1e-14, float32: 1e-7 }; // relative; of values as close as this, the gradients decide

/**
 * Makes the parameters the solution of a run whose optimizer may take steps back, if they are better than all before: the
 * value is lower, or as low up to rounding with no larger gradient. So the run returns no parameters that the optimizer
 * would leave again.
 *
 * @param found  the measurement at the parameters
 * @returns  the measurement at the solution
 */
export function keepLowest({ lowest, params, progress }: Run, found: Measure): Measure {
  const best = progress.lowest;
  const asLow = found.value <= best.value + ROUNDING[elementTypeOf(params)] * Math.abs(best.value);
  if (found.value < best.value || (asLow && found.largest <= best.largest)) {
    lowest!.set(params);
    progress.lowest = found;
  }
  return progress.lowest;
}
