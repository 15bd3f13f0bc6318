import type { Vector } from "../../core/vector.ts";
import { keepLeast } from "../state/lowest.ts";
import { type Measure, type Run, solutionOf } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import { measure } from "./measure.ts";

/** The exact objective of a run, measured at most once between two updates. */
export interface Exact {
  /** At the solution. Throws DivergenceError when it is not finite. */
  atSolution(): Measure;
  /** The solution, where `run.gradient` holds the gradient of all examples there since it was measured; null elsewhere. */
  solutionInPlace(): Vector | null;
  /** The value at the parameters, where that is known and `run.gradient` holds the gradient of all examples there. */
  atParams(): number | undefined;
}

export function bindExact(run: Run, { examples, full }: Settings): Exact {
  const { gradient, local, params, progress } = run;
  let measuredAt = -1; // updates done when it was
  let found: Measure;
  let solution: Measure;
  let inPlace = false; // whether it was measured at the parameters, and is what the next update needs
  const exact: Exact = {
    atSolution() {
      if (measuredAt !== progress.t) {
        found = measure(run, examples);
        inPlace = full && (run.least !== null || solutionOf(run) === params);
        solution = run.least ? keepLeast(run, found) : found;
        if (local) gradient.fill(0);
        measuredAt = progress.t;
      }
      return solution;
    },
    solutionInPlace() {
      const measured = exact.atSolution();
      if (local || measured !== found) return null;
      return run.least ? params : solutionOf(run);
    },
    atParams: () => (inPlace && measuredAt === progress.t ? found.value : undefined),
  };
  return exact;
}
