import type { DivergenceError } from "../core/check.ts";
import { allRows } from "../core/rows.ts";
import type { Exact } from "./exact.ts";
import type { Problem } from "./objective.ts";
import { divergedAt, type Run, solutionOf } from "./run.ts";
import { writeStart } from "./start.ts";
import type { Settings } from "./trainOptions.ts";

/** How many times the objective of the start, and of constant scores, a run may end at: batches are noisy. */
const FAR = 1.5;

/**
 * The error of a run that ends now and has diverged, although its numbers are finite; null when it has not.
 *
 * It has when its objective is above 1.5 times that of its start and above 1.5 times that of the best constant scores.
 * With a held-out part, the objective is that of the parameters kept, which are the best on that part.
 * A run that ends well pays for a look at its targets only: the start is evaluated where the end is above constant scores.
 * With the trace "running" the mean of the last epoch's batches decides whether to look. A problem whose loss is not ours
 * has no constant scores, and is not looked at.
 */
export function bindRise(run: Run, problem: Problem, settings: Settings, exact: Exact): () => DivergenceError | null {
  const { objective, gradient, kept, progress } = run;
  const all = allRows(settings.examples);

  function valueAtStart(): number {
    const before = kept.slice(); // the start takes its place for a moment
    writeStart(kept, problem, settings);
    const value = run.evaluate(kept, all, gradient);
    kept.set(before);
    return value;
  }

  return () => {
    if (objective.constant === undefined) return null;
    const high = FAR * objective.constant().best;
    if ((settings.trace === "exact" ? exact.atSolution().value : progress.history.batchLoss.at(-1)!) <= high)
      return null;
    const solution = progress.heldOut.best < Infinity ? run.best! : solutionOf(run);
    const value = solution === run.best ? run.evaluate(solution, all, gradient) : exact.atSolution().value;
    if (value <= high) return null;
    const start = valueAtStart();
    if (value <= FAR * start) return null;
    const rounded = (x: number): number => Number(x.toPrecision(4));
    return divergedAt(run, `the objective rose from ${rounded(start)} to ${rounded(value)}`, solution);
  };
}
