import { allRows } from "../../core/rows.ts";
import type { Measure } from "../state/progress.ts";
import { diverged, type Run, solutionOf } from "../state/run.ts";

/**
 * Measures the objective over all rows at the solution, or at the parameters if the run keeps its lowest objective. The
 * gradient there overwrites `run.gradient`. With l1, `largest` and `norm` are those of the proximal gradient w − prox(w − g):
 * it is g + l1 · sign(w) where prox(w − g) has the sign of w, and 0 at an optimum. It does not depend on the learning rate.
 *
 * @throws DivergenceError when the objective is not finite
 */
export function measure(run: Run, examples: number): Measure {
  const { kernels, objective, gradient, scratch } = run;
  const at = run.lowest ? run.params : solutionOf(run);
  const value = run.evaluate(at, allRows(examples), gradient);
  if (!Number.isFinite(value)) throw diverged(run, `the objective became ${value}`);
  const n = gradient.length;
  let slope = gradient;
  if (objective.proximal && scratch) {
    scratch.set(at);
    kernels.axpy(-1, gradient.byteOffset, scratch.byteOffset, n);
    objective.proximal(scratch, 1);
    kernels.axpy(-1, at.byteOffset, scratch.byteOffset, n);
    kernels.scale(-1, scratch.byteOffset, n);
    slope = scratch;
  }
  const norm = Math.sqrt(kernels.dot(slope.byteOffset, slope.byteOffset, n));
  return { value, largest: kernels.maxAbsolute(slope.byteOffset, n), norm };
}
