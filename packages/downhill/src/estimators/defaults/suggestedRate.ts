import type { Loss } from "../../losses/loss.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { expectedSmoothness, type SmoothnessData } from "./smoothness.ts";

/** A run that diverged. */
export interface DivergedRun {
  readonly predictor: Predictor;
  readonly loss: Loss;
  readonly l2: number;
  readonly optimizer: Optimizer;
  readonly batchRows: number;
}

/**
 * A constant learning rate with which plain descent, momentum or Nesterov's gradient ends below its start on these data (in
 * mini-batches up to their noise). Undefined for other optimizers and for predictors that are not linear: no bound is known.
 *
 * In full batch it is 0.95 · 1.8/(gain · L), with L = c λ + l2 (see `expectedSmoothness`) and the gain 1/(1 − decay) of the momentum:
 * below 2/(gain · L) the sum f + decay/(2 rate) ‖last step‖² falls in every update. In mini-batches it is
 * 0.95/(4 gain (𝓛 + l2)). The hinge has no curvature: with 0.95/(gain (m + l2)), m the largest ‖x̃‖² of a row, a step changes no
 * margin by more than 1. The curvature of poisson has no bound, so it has no rate either.
 */
export function suggestedRate(
  { predictor, loss, l2, optimizer, batchRows }: DivergedRun,
  data: Omit<SmoothnessData, "mostRows">,
): number | undefined {
  const { gain, fullBatch } = optimizer;
  if (predictor.spec?.predictor !== "linear" || loss.spec === undefined || gain === undefined || fullBatch) {
    return undefined;
  }
  const allRows = { ...data, mostRows: Infinity };
  const full = batchRows === data.rows.rows;
  const curvature = largestCurvature(loss.spec);
  const bound =
    curvature === undefined ? expectedSmoothness(1, 1, allRows) : expectedSmoothness(curvature, batchRows, allRows);
  const share = curvature !== undefined ? (full ? 1.8 : 0.25) : 1;
  const rate = share / (gain * (bound + l2));
  if (!(rate > 0 && rate < Infinity)) return undefined;
  return Number((0.95 * rate).toPrecision(2)); // two digits, below the bound
}
