import type { Exact } from "./exact.ts";
import { diverged, type Run, solutionOf } from "./run.ts";
import { improves, type StopReason } from "./stopping.ts";
import type { Settings } from "./trainOptions.ts";

/**
 * The end of an epoch: records it in the history, and looks at the stopping rules; returns why the run ends, or null.
 *
 * @throws DivergenceError when the parameters or a loss are not finite
 */
export function bindEndEpoch(run: Run, { examples, epochs, trace, stop }: Settings, exact: Exact) {
  const { kernels, params, progress } = run;

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
    if (stop.heldOut && heldOutWaited() >= (stop.heldOut.patience ?? 10)) reason = "heldOut";
    if (stop.change && !improves(progress.change, exact.atSolution().value, stop.change.tolerance)) {
      if (progress.change.waited >= (stop.change.patience ?? 5)) reason = "stalled";
    }
    if (stop.gradient !== undefined && exact.atSolution().largest <= stop.gradient) reason = "converged";
    return reason;
  }

  /** Epochs since the best held-out loss, whose solution is kept. */
  function heldOutWaited(): number {
    const loss = run.heldOutLoss!();
    if (!Number.isFinite(loss)) throw diverged(run, `the held-out loss became ${loss}`);
    progress.history.heldOut!.push(loss);
    if (improves(progress.heldOut, loss)) run.best!.set(solutionOf(run));
    return progress.heldOut.waited;
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
