import { elementOf } from "../../core/vector.ts";
import type { Measure, Run } from "./run.ts";

const ROUNDING = { float64: 1e-14, float32: 1e-7 }; // relative; values as near as this are told apart by their gradients

/**
 * Makes the parameters the solution of a run that may take its steps back, if they are better than all before: lower, or
 * as low up to rounding with no larger gradient. So such a run returns no step that would have been taken back.
 *
 * @param found  measured at the parameters
 * @returns  what was measured at the solution
 */
export function keepLeast({ least, params, progress }: Run, found: Measure): Measure {
  const best = progress.least;
  const asLow = found.value <= best.value + ROUNDING[elementOf(params)] * Math.abs(best.value);
  if (found.value < best.value || (asLow && found.largest <= best.largest)) {
    least!.set(params);
    progress.least = found;
  }
  return progress.least;
}
