import { allRows } from "../core/rows.ts";
import { diverged, type Run, solutionOf } from "./run.ts";

/** The exact objective over all examples at a run's solution. */
export interface Measure {
  readonly value: number;
  /** Largest absolute entry of the gradient, or with l1 of the proximal gradient. */
  readonly largest: number;
  /** Euclidean norm of the same. */
  readonly norm: number;
}

/**
 * Measures a run; its gradient at the solution overwrites `run.gradient`.
 * With l1 the gradient is replaced by (w − prox(w − rate · g)) / rate: equal to it where l1 has a gradient, 0 at an
 * optimum.
 *
 * @throws DivergenceError when the objective is not finite
 */
export function measure(run: Run, examples: number): Measure {
  const { kernels, objective, gradient, scratch, progress } = run;
  const at = solutionOf(run);
  const value = run.evaluate(at, allRows(examples), gradient);
  if (!Number.isFinite(value)) throw diverged(run, `the objective became ${value}`);
  const n = gradient.length;
  let slope = gradient;
  if (objective.proximal && scratch) {
    const rate = progress.learningRate;
    scratch.set(at);
    kernels.axpy(-rate, gradient.byteOffset, scratch.byteOffset, n);
    objective.proximal(scratch, rate);
    kernels.axpy(-1, at.byteOffset, scratch.byteOffset, n);
    kernels.scale(-1 / rate, scratch.byteOffset, n);
    slope = scratch;
  }
  const norm = Math.sqrt(kernels.dot(slope.byteOffset, slope.byteOffset, n));
  return { value, largest: kernels.maxAbsolute(slope.byteOffset, n), norm };
}
