import { elementOf } from "../../core/vector.ts";
import { diverged, type Run, solutionOf } from "../state/run.ts";
import { improves, type StopReason } from "../stopping/stopRules.ts";
import type { Settings } from "../trainOptions.ts";
import type { Exact } from "./fullObjective.ts";

/** What rounding leaves of an objective of squares, relative to that of scores 0. */
const RESOLUTION = { float64: 4e-30, float32: 1e-12 };
const PRODUCTS = 100; // and as many as there were epochs: so the checks do not cost more than the run
const RATES = 10; // the automatic rate meets all curvatures that matter in about so many updates

/**
 * The end of an epoch: records it in the history, and looks at the stopping rules; returns why the run ends, or null.
 *
 * @throws DivergenceError when the parameters or a loss are not finite
 */
export function bindEndEpoch(run: Run, { examples, epochs, trace, stop }: Settings, exact: Exact) {
  const { kernels, params, progress } = run;
  let constant: { readonly best: number; readonly zero: number } | undefined;

  function record(): void {
    const { history } = progress;
    history.updates.push(progress.t);
    history.learningRate.push(progress.learningRate);
    history.batchLoss.push(progress.epochSum / examples);
    if (trace === "exact") {
      const { value, norm } = exact.atSolution();
      history.objective!.push(value);
      history.gradientNorm!.push(norm);
    }
  }

  /** The later rule counts, where several hold. */
  function reasonToStop(): StopReason | null {
    let reason: StopReason | null = progress.epoch >= epochs ? "epochs" : null;
    if (stop.validation && epochsSinceBest() >= (stop.validation.patience ?? 10)) reason = "validation";
    if (stop.change && !improves(progress.change, exact.atSolution().value, stop.change.tolerance)) {
      if (progress.change.waited >= (stop.change.patience ?? 5)) reason = "stalled";
    }
    if (stop.gradient !== undefined && exact.atSolution().largest <= stop.gradient) reason = "converged";
    if (stop.remaining !== undefined && littleRemains(stop.remaining)) reason = "converged";
    return isSeparable(reason) ? "separable" : reason;
  }

  /** Whether what is left of the objective is known to be at most a share of it. */
  function littleRemains(share: number): boolean {
    const { value, norm } = exact.atSolution();
    const solution = exact.solutionInPlace();
    if (solution === null) return false;
    constant ??= run.objective.constant!();
    const nothing = share * share * constant.best + RESOLUTION[elementOf(params)] * constant.zero;
    const allowed = share * value + nothing;
    // A rate is about the inverse of a curvature, so that no rate of late should have more to gain.
    const longest = Math.max(...progress.history.learningRate.slice(-RATES));
    if (0.5 * norm * norm * longest > allowed) return false;
    const place = { params: solution, gradient: run.gradient, value, allowed, products: PRODUCTS + progress.epoch };
    return run.remains!(place, progress);
  }

  /**
   * Whether no optimum exists. It is looked at before a run ends as converged; and, where a rule asks for what remains, at
   * the last epoch, and for an optimizer that finds its own rate at epochs 64, 128, 256, ….
   */
  function isSeparable(reason: StopReason | null): boolean {
    const { curvature } = run;
    if (curvature === null || !curvature.unbounded) return false;
    if (reason !== "converged") {
      if (stop.remaining === undefined || reason === "validation") return false;
      if (reason === null) {
        if (!run.least || progress.epoch < 64 || (progress.epoch & (progress.epoch - 1)) !== 0) return false;
      }
    }
    return curvature.separates(solutionOf(run));
  }

  /** Epochs since the best validation loss, whose solution is kept. */
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
    if (run.least) exact.atSolution(); // the epoch may have met it
    record();
    const reason = reasonToStop();
    progress.epochSum = 0;
    progress.position = 0;
    return reason;
  };
}
