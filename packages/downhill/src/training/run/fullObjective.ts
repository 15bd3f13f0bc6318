import type { Vector } from "../../core/vector.ts";
import { keepLowest } from "../state/lowest.ts";
import type { Measure } from "../state/progress.ts";
import { type Run, solutionOf } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import { measure } from "./measure.ts";

/** The objective over all rows; it is computed at most once between two updates. */
export interface FullObjective {
  /** The measurement at the solution. Throws DivergenceError when it is not finite. */
  atSolution(): Measure;
  /** The solution if `run.gradient` holds the full gradient at the solution, else null. */
  solutionInPlace(): Vector | null;
  /** The value at the parameters, if it is known and `run.gradient` holds the full gradient at them. */
  atParams(): number | undefined;
}

export function bindFullObjective(run: Run, { examples, full }: Settings): FullObjective {
  const sameRows = full && run.objective.beginEpoch === undefined;
  const { gradient, sparse, params, progress } = run;
  let measuredAt = -1; // the number of updates at the last measurement
  let found: Measure;
  let solution: Measure;
  let reusable = false; // whether the next update can use `found`: its batch is full, and `found` is at its parameters
  const fullObjective: FullObjective = {
    atSolution() {
      if (measuredAt !== progress.t) {
        found = measure(run, examples);
        reusable = sameRows && (run.lowest !== null || solutionOf(run) === params);
        solution = run.lowest ? keepLowest(run, found) : found;
        if (sparse) gradient.fill(0);
        measuredAt = progress.t;
      }
      return solution;
    },
    solutionInPlace() {
      const measured = fullObjective.atSolution();
      if (sparse || measured !== found) return null;
      return run.lowest ? params : solutionOf(run);
    },
    atParams: () => (reusable && measuredAt === progress.t ? found.value : undefined),
  };
  return fullObjective;
}
