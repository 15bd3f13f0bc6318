import { elementTypeOf } from "../../core/vector.ts";
import type { Measure } from "./progress.ts";
import type { Run } from "./run.ts";

const ROUNDING = { float64: 1e-14, float32: 1e-7 }; // relative; if two values differ by less, the gradients are compared

/**
 * Makes the parameters the solution of a run whose optimizer may take steps back, if they are better than all earlier
 * parameters: their value is lower, or it is equal up to rounding and their gradient is not larger.
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
