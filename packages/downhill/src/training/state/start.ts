import { InputRangeError, requireFinite, requireSize } from "../../core/check.ts";
import { random } from "../../core/random.ts";
import type { Vector } from "../../core/vector.ts";
import type { Problem } from "../objective/objective.ts";
import type { Settings } from "../trainOptions.ts";
import type { Run } from "./run.ts";
import { restoreState } from "./state.ts";

/**
 * Puts a run at its start, or at the state from which it resumes.
 *
 * @throws RangeError when the start is not finite or has the wrong length, or the state does not fit the run
 */
export function begin(run: Run, problem: Problem, settings: Settings): void {
  const { clock, resume, epochs } = settings;
  if (resume !== undefined) {
    restoreState(run, resume, settings);
    requireSize("train", "epochs", epochs, run.progress.epoch + 1);
    return;
  }
  writeStart(run.params, problem, settings);
  run.kept.set(run.params);
  run.progress.t = clock;
}

/** Overwrites `params` with the start. */
export function writeStart(params: Vector, problem: Problem, { start, seed }: Pick<Settings, "start" | "seed">): void {
  if (start === "zeros") params.fill(0);
  else if (start === "random" || !ArrayBuffer.isView(start)) {
    problem.init(params, random(seed).fork("init"));
    if (start !== "random") for (let i = 0; i < params.length; i++) params[i]! *= start.random;
  } else {
    if (start.length !== problem.size) {
      throw new InputRangeError(
        `train: start must have one number per parameter (${problem.size}), got ${start.length}. ` +
          `Pass a list of ${problem.size} numbers.`,
      );
    }
    params.set(start);
    requireFinite("train", "start", params);
  }
}
