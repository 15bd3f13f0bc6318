// The share of a run that is done.
import { formatCount } from "@downhill/plots/format";
import type { ModelStep } from "../model/estimator.ts";

/** The rules that end a run. */
export interface RunLimits {
  /** The maximum number of epochs. */
  readonly epochs: number;
  /** The share of the loss that is left when the run converges; null for a run that does not stop then. */
  readonly awaited: number | null;
}

/** A share from 0 to 1, and its meaning. */
export interface Share {
  readonly share: number;
  /** "converged", or "of 60 epochs". */
  readonly meaning: string;
}

const RATES = 10; // the largest of the last ten learning rates is about the inverse of the smallest curvature
const FIRST_EPOCHS = 0.01; // below this share of the epochs, a run that can converge shows its convergence
const MAX_ESTIMATE = 0.99; // only the run itself decides that it has converged

/**
 * Measures a run. The share is that of the epochs; in a run that ends when it has converged, it is the larger of this share
 * and the convergence. The share falls only if the loss rises above its value at the start: such a run does not converge, so its
 * share is that of the epochs.
 *
 * The convergence is the position, on a logarithmic scale, of ½ ‖gradient‖² · learning rate / loss, an estimate of the share by
 * which the loss can still fall: 0 for its value after the first epoch, 1 for the share that is awaited. It counts
 * only where the loss has a new lowest value.
 */
export function shareMeter(limits: () => RunLimits): (step: ModelStep) => Share {
  let first: number | undefined;
  let convergence = 0;
  let lowest = Infinity; // loss
  let isRising = false;

  function update({ history, stopped }: ModelStep, enough: number): void {
    const [loss, norm] = [history.objective?.at(-1), history.gradientNorm?.at(-1)];
    if (stopped === "converged") convergence = 1;
    if (stopped !== null || loss === undefined || norm === undefined) return;
    isRising = loss > history.batchLoss[0]!;
    if (loss > lowest) return;
    lowest = loss;
    const remaining = (0.5 * norm * norm * Math.max(...history.learningRate.slice(-RATES))) / loss;
    if (!Number.isFinite(remaining)) return;
    first ??= Math.max(remaining, 10 * enough);
    const share = Math.log(first / Math.max(remaining, enough)) / Math.log(first / enough);
    convergence = Math.max(convergence, Math.min(MAX_ESTIMATE, share));
  }

  return (step) => {
    const { epochs, awaited } = limits();
    if (awaited !== null && step.endOfEpoch) update(step, awaited);
    const done = (step.epoch - (step.endOfEpoch ? 0 : 1)) / epochs;
    return awaited !== null && !isRising && (convergence >= done || done < FIRST_EPOCHS)
      ? { share: convergence, meaning: "converged" }
      : { share: Math.min(1, done), meaning: `of ${formatCount(epochs)} ${epochs === 1 ? "epoch" : "epochs"}` };
  };
}

/** "61 % converged", or "50 % of 60 epochs". */
export const shareText = ({ share, meaning }: Share): string => `${percentText(share)} ${meaning}`;

export const percentText = (share: number): string => `${Math.floor(100 * share)} %`;
