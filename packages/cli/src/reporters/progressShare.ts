// How much of a run is done.
import { formatCount } from "@downhill/plots/format";
import type { ModelStep } from "../model/estimator.ts";

/** When a run ends. */
export interface RunLimits {
  /** The maximum number of epochs. */
  readonly epochs: number;
  /** Whether it ends earlier once it has converged: once at most a billionth of the loss can still be gained. */
  readonly awaitsConvergence: boolean;
}

/** A share of a run, from 0 to 1, and what it is a share of. */
export interface Share {
  readonly share: number;
  /** "converged", or "of 60 epochs". */
  readonly meaning: string;
}

const CONVERGED = 1e-9;
const RATES = 10; // a learning rate is about the inverse of a curvature; the longest of these stands for the smallest one
const FEW = 0.01; // a share of the epochs that says nothing about the end of a run that converges
const ALMOST = 0.99; // only the run itself decides that it has converged

/**
 * Measures a run: the share of its epochs, or, where it ends once it has converged, how near it is, if that is more. It never
 * falls. What can still be gained is estimated as ½ ‖gradient‖² · learning rate, relative to the loss. On a logarithmic scale
 * it goes from its value after the first epoch (0 %) to a billionth (100 %).
 */
export function shareMeter(limits: () => RunLimits): (step: ModelStep) => Share {
  let first: number | undefined;
  let convergence = 0;

  function update({ history, stopped }: ModelStep): void {
    const [loss, norm] = [history.objective?.at(-1), history.gradientNorm?.at(-1)];
    if (stopped === "converged") convergence = 1;
    if (stopped !== null || loss === undefined || norm === undefined) return;
    const remaining = (0.5 * norm * norm * Math.max(...history.learningRate.slice(-RATES))) / loss;
    if (!Number.isFinite(remaining)) return;
    first ??= Math.max(remaining, 10 * CONVERGED);
    const share = Math.log(first / Math.max(remaining, CONVERGED)) / Math.log(first / CONVERGED);
    convergence = Math.max(convergence, Math.min(ALMOST, share));
  }

  return (step) => {
    const { epochs, awaitsConvergence } = limits();
    if (awaitsConvergence && step.endOfEpoch) update(step);
    const done = (step.epoch - (step.endOfEpoch ? 0 : 1)) / epochs;
    return awaitsConvergence && (convergence >= done || done < FEW)
      ? { share: convergence, meaning: "converged" }
      : { share: Math.min(1, done), meaning: `of ${formatCount(epochs)} ${epochs === 1 ? "epoch" : "epochs"}` };
  };
}

/** "61 % converged", or "50 % of 60 epochs". */
export const shareText = ({ share, meaning }: Share): string => `${percentText(share)} ${meaning}`;

export const percentText = (share: number): string => `${Math.floor(100 * share)} %`;
