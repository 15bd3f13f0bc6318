import { requireFinite, requireSize } from "../core/check.ts";
import { random } from "../core/random.ts";
import type { Problem } from "./objective.ts";
import type { Run } from "./run.ts";
import { restoreState } from "./state.ts";
import type { Settings } from "./trainOptions.ts";

/**
 * Puts a run at its start, or where the state that it resumes was taken.
 *
 * @throws RangeError when given parameters are not finite or not as many as the problem has, or the state does not fit
 */
export function begin(run: Run, problem: Problem, { start, seed, clock, resume, epochs }: Settings): void {
  if (resume) {
    restoreState(run, resume);
    requireSize("train", "epochs", epochs, run.progress.epoch + 1);
    return;
  }
  if (start === "random") problem.init(run.params, random(seed).fork("init"));
  else if (start !== "zeros") {
    if (start.length !== problem.size) {
      throw new RangeError(
        `train: start must have one number per parameter (${problem.size}), got ${start.length}. Give one for each.`,
      );
    }
    run.params.set(start);
    requireFinite("train", "start", run.params);
  }
  run.kept.set(run.params);
  run.progress.t = clock;
}
