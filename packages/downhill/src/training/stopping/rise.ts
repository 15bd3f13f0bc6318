import type { DivergenceError } from "../../core/divergenceError.ts";
import { allRows } from "../../core/rows.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../objective/objective.ts";
import type { FullObjective } from "../run/fullObjective.ts";
import { divergedAt, type Run, solutionOf } from "../state/run.ts";
import { writeStart } from "../state/start.ts";
import type { Settings } from "../trainOptions.ts";

/** Only a rise to more than 1.5 times is a divergence, because the noise of batches raises the objective too. */
const FACTOR = 1.5;
const ROUNDING = 1e-12; // a smaller objective, relative to that of scores of 0, is a rounding error, as for a perfect fit

/**
 * Makes a function that returns the error of a run that ends now and has diverged although its numbers are finite; null when
 * it has not diverged.
 *
 * A run has diverged when its objective is above 1.5 times that of the best constant scores and above 1.5 times that of its
 * start. Plain descent on a smooth objective rises only through the noise of batches, so the lowest objective at the end of
 * an epoch replaces that of the start, if it is lower. It does not replace that of the start for momentum, which may
 * overshoot, for a hinge, on which a step of fixed length can rise again, and for a network, whose curvature is not known.
 * With validation rows, the objective is that of `step.best`.
 *
 * For a run that ends well this costs a pass over the targets: the start is evaluated only if the end is above constant
 * scores. With the trace "running" the mean of the last epoch's batches decides whether to evaluate. A problem whose loss is
 * not the library's has no constant scores, and is not checked.
 */
export function bindRise(
  run: Run,
  problem: Problem,
  optimizer: Optimizer,
  settings: Settings,
  fullObjective: FullObjective,
): () => DivergenceError | null {
  const { objective, gradient, kept, progress } = run;
  const all = allRows(settings.examples);

  function valueAtStart(): number {
    const before = kept.slice(); // `kept` holds the start during the evaluation
    writeStart(kept, problem, settings);
    const value = run.evaluate(kept, all, gradient);
    kept.set(before);
    return value;
  }

  return () => {
    if (objective.constant === undefined) return null;
    const { best, zero } = objective.constant();
    const high = FACTOR * best + ROUNDING * zero;
    if ((settings.trace === "exact" ? fullObjective.atSolution().value : progress.history.batchLoss.at(-1)!) <= high)
      return null;
    const solution = progress.validation.best < Infinity ? run.best! : solutionOf(run);
    const value = solution === run.best ? run.evaluate(solution, all, gradient) : fullObjective.atSolution().value;
    if (value <= high) return null;
    let start = valueAtStart();
    if (optimizer.rate && objective.curvature)
      for (const value of progress.history.objective ?? []) start = Math.min(start, value);
    if (value <= FACTOR * start) return null;
    const rounded = (x: number): number => Number(x.toPrecision(4));
    return divergedAt(run, `the objective rose from ${rounded(start)} to ${rounded(value)}`, solution);
  };
}
