import { elementTypeOf } from "../../core/vector.ts";
import { diverged, type Run, solutionOf } from "../state/run.ts";
import { improves, type StopReason } from "../stopping/stopRules.ts";
import type { Settings } from "../trainOptions.ts";
import type { FullObjective } from "./fullObjective.ts";

/** The rounding error of an objective of squares, relative to its value for scores of 0. */
const RESOLUTION = { float64: 4e-30, float32: 1e-12 };
const PRODUCTS = 100; // the products with second derivatives that a check may compute, and one more per epoch, so it costs less than the run

/**
 * Makes a function that ends an epoch: it records the epoch in the history and checks the stopping rules. It returns the
 * reason why the run ends, or null.
 *
 * @throws DivergenceError when the parameters or a loss are not finite
 */
export function bindEndEpoch(run: Run, { examples, epochs, trace, stop }: Settings, fullObjective: FullObjective) {
  const { kernels, params, progress } = run;

  function record(): void {
    const { history } = progress;
    history.updates.push(progress.t);
    history.learningRate.push(progress.learningRate);
    history.batchLoss.push((progress.epochSum + progress.blockSum) / examples);
    if (trace === "exact") {
      const { value, norm } = fullObjective.atSolution();
      history.objective!.push(value);
      history.gradientNorm!.push(norm);
    }
  }

  /** If several rules hold, the last one below is the reason. */
  function reasonToStop(): StopReason | null {
    let reason: StopReason | null = progress.epoch >= epochs ? "epochs" : null;
    if (stop.validation && epochsSinceBest() >= (stop.validation.patience ?? 10)) reason = "validation";
    if (stop.change && !improves(progress.change, fullObjective.atSolution().value, stop.change.tolerance)) {
      if (progress.change.waited >= (stop.change.patience ?? 5)) reason = "stalled";
    }
    if (stop.gradient !== undefined && fullObjective.atSolution().largest <= stop.gradient) reason = "converged";
    if (stop.remaining !== undefined && littleRemains(stop.remaining)) reason = "converged";
    return isSeparable(reason) ? "separable" : reason;
  }

  /** Whether objective − optimum is at most this share of the objective. */
  function littleRemains(share: number): boolean {
    const { value } = fullObjective.atSolution();
    if (run.hingeSteps !== null) return value - run.hingeSteps.lowerBound() <= share * value;
    const solution = fullObjective.solutionInPlace();
    if (solution === null) return false;
    const constant = run.objective.constant!();
    const perfectFit = share * share * constant.best + RESOLUTION[elementTypeOf(params)] * constant.zero;
    const allowed = share * value + perfectFit;
    const point = { params: solution, gradient: run.gradient, value, allowed, maxProducts: PRODUCTS + progress.epoch };
    return run.remains!.holds(point, progress);
  }

  /**
   * Whether no optimum exists. This is checked before a run ends as converged; with the rule `remaining` also at the last
   * epoch, and for an optimizer that computes its own learning rate at epochs 64, 128, 256, ….
   */
  function isSeparable(reason: StopReason | null): boolean {
    const { curvature } = run;
    if (curvature === null || !curvature.unbounded) return false;
    if (reason !== "converged") {
      if (stop.remaining === undefined || reason === "validation") return false;
      if (reason === null) {
        if (!run.lowest || progress.epoch < 64 || (progress.epoch & (progress.epoch - 1)) !== 0) return false;
      }
    }
    return curvature.separates(solutionOf(run));
  }

  /** Measures the validation loss; returns the number of epochs since its minimum, and keeps the parameters of the minimum. */
  function epochsSinceBest(): number {
    const loss = run.validationLoss!();
    if (!Number.isFinite(loss)) throw diverged(run, `the validation loss became ${loss}`);
    progress.history.validation!.push(loss);
    if (improves(progress.validation, loss)) run.best!.set(solutionOf(run));
    return progress.validation.waited;
  }

  return (): StopReason | null => {
    progress.epoch++;
    if (!Number.isFinite(kernels.maxAbsolute(params.byteOffset, params.length))) {
      throw diverged(run, "a parameter is not finite");
    }
    if (run.lowest) fullObjective.atSolution(); // the objective may be the lowest so far
    record();
    const reason = reasonToStop();
    progress.epochSum = 0;
    progress.blockSum = 0;
    progress.position = 0;
    return reason;
  };
}
