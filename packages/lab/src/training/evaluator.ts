// The objective of a problem at any parameters, for surfaces and slices.

import { type Optimizer, type Problem, type Run, type TrainOptions, train } from "downhill";

/** Evaluates an objective over all training rows, or over some of them. */
export interface Evaluator {
  /** The number of rows. */
  readonly rows: number;
  /** Multiply-adds of one evaluation, about. */
  readonly work: number;
  /** The parameters before the first update. */
  readonly start: Float64Array;
  /** The objective at these parameters; NaN or infinite where it overflows. */
  at(params: ArrayLike<number>): number;
  /** The objective at these parameters; its gradient overwrites `gradient`. */
  gradientAt(params: ArrayLike<number>, gradient: Float64Array): number;
}

/**
 * Makes the evaluator: it reserves the memory of one run and evaluates in it.
 *
 * @param most  of more rows, this many random ones are used
 */
export function evaluatorOf(
  problem: Problem,
  { start, seed }: Pick<TrainOptions, "start" | "seed">,
  most = Number.POSITIVE_INFINITY,
): Evaluator {
  let run: Run | undefined;
  let begun = new Float64Array(problem.size);
  const probe: Optimizer = {
    slots: 2,
    scalars: 0,
    bind: (bound) => (t) => {
      run = bound;
      if (t === 1) begun = Float64Array.from(bound.params);
      return Number.MIN_VALUE;
    },
  };
  const options = { ...(start !== undefined && { start }), ...(seed !== undefined && { seed }) };
  const rows = Math.min(problem.examples, most);
  const batchSize = rows === problem.examples ? "full" : rows;
  const steps = train(problem, probe, { ...options, batchSize, epochs: 1, every: 1, trace: "running" });
  steps.next(); // until the next step, the run evaluates the rows of its first batch
  const { evaluate, memory } = run!;
  const [at, gradient] = [memory[0]!, memory[1]!];
  const gradientAt = (params: ArrayLike<number>, out: Float64Array | null): number => {
    at.set(params);
    const value = evaluate(at, gradient);
    out?.set(gradient);
    return value;
  };
  return { rows, work: rows * workOfRow(problem), start: begun, at: (params) => gradientAt(params, null), gradientAt };
}

const RATING_WORK = 16; // a rating reaches the factors of one user and of one item only

/** Multiply-adds for the objective of one row, about. */
export const workOfRow = (problem: Problem): number => (problem.grid === undefined ? problem.size : RATING_WORK);
