import { allRows } from "../../core/rows.ts";
import { diverged, type Measure, type Run, solutionOf } from "../state/run.ts";

/**
 * Measures a run at its solution, or at its parameters where it keeps the least objective it met; the gradient there
 * overwrites `run.gradient`.
 * With l1 the gradient is replaced by w − prox(w − g): g + l1 · sign(w) where that does not pass 0, and 0 at an optimum.
 *
 * @throws DivergenceError when the objective is not finite
 */
export function measure(run: Run, examples: number): Measure {
  const { kernels, objective, gradient, scratch } = run;
  const at = run.least ? run.params : solutionOf(run);
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
