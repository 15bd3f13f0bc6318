import type { DivergenceError } from "../../core/check.ts";
import { allRows } from "../../core/rows.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../objective/objective.ts";
import type { Exact } from "../run/fullObjective.ts";
import { divergedAt, type Run, solutionOf } from "../state/run.ts";
import { writeStart } from "../state/start.ts";
import type { Settings } from "../trainOptions.ts";

/** How many times the objective of the start, and of constant scores, a run may end at: batches are noisy. */
const FAR = 1.5;
const ROUNDING = 1e-12; // of the objective of scores 0: below it, where constant scores fit perfectly, a rise means nothing

/**
 * The error of a run that ends now and has diverged, although its numbers are finite; null when it has not.
 *
 * It has when its objective is above 1.5 times that of the best constant scores and above 1.5 times that of its start. Plain
 * descent at a rate that suits a smooth objective does not rise at all but for the noise of batches, so there the least
 * objective at the end of an epoch takes the place of the start where it is lower. Momentum swings, and may rise; so may a
 * hinge, whose corners a step of fixed length climbs again, and a network, whose curvature is not known.
 * With validation rows, the objective is that of the parameters kept, which are the best on that part.
 * A run that ends well pays for a look at its targets only: the start is evaluated where the end is above constant scores.
 * With the trace "running" the mean of the last epoch's batches decides whether to look. A problem whose loss is not ours
 * has no constant scores, and is not looked at.
 */
export function bindRise(
  run: Run,
  problem: Problem,
  optimizer: Optimizer,
  settings: Settings,
  exact: Exact,
): () => DivergenceError | null {
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
    const { best, zero } = objective.constant();
    const high = FAR * best + ROUNDING * zero;
    if ((settings.trace === "exact" ? exact.atSolution().value : progress.history.batchLoss.at(-1)!) <= high)
      return null;
    const solution = progress.validation.best < Infinity ? run.best! : solutionOf(run);
    const value = solution === run.best ? run.evaluate(solution, all, gradient) : exact.atSolution().value;
    if (value <= high) return null;
    let from = valueAtStart();
    if (optimizer.rate && objective.curvature)
      for (const met of progress.history.objective ?? []) from = Math.min(from, met);
    if (value <= FAR * from) return null;
    const rounded = (x: number): number => Number(x.toPrecision(4));
    return divergedAt(run, `the objective rose from ${rounded(from)} to ${rounded(value)}`, solution);
  };
}
