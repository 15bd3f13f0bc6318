import type { Loss } from "../../losses/loss.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { expectedSmoothness, type SmoothnessData } from "./smoothness.ts";

/** A descent that diverged. */
export interface Descent {
  readonly predictor: Predictor;
  readonly loss: Loss;
  /** Largest second derivative of the loss in a score. */
  readonly curvature: number;
  readonly l2: number;
  readonly optimizer: Optimizer;
  readonly batchRows: number;
}

/**
 * A constant rate at which plain descent, momentum or Nesterov's gradient ends below its start on these data, with
 * batches up to their noise; undefined for other optimizers, and for predictors other than the linear one, where no bound
 * is known.
 *
 * In full batch 1.8/(gain · L) less a twentieth, L = c λ + l2 (see `expectedSmoothness`) and gain 1/(1 − decay) of the momentum: up to
 * 2/(gain · L) the sum f + decay/(2 rate) ‖last step‖² falls with every update. In batches 1/(4 gain (𝓛 + l2)). The hinge
 * has no curvature; 1/(gain (m + l2)), m the largest ‖x̃‖² of a row, moves no margin by more than 1 in a step.
 */
export function suggestedRate(
  { predictor, loss, curvature, l2, optimizer, batchRows }: Descent,
  data: Omit<SmoothnessData, "mostRows">,
): number | undefined {
  const { gain, fullBatch } = optimizer;
  if (predictor.spec?.predictor !== "linear" || loss.spec === undefined || gain === undefined || fullBatch) {
    return undefined;
  }
  const whole = { ...data, mostRows: Infinity };
  const full = batchRows === data.X.rows;
  const smooth = loss.spec.loss !== "hinge";
  const bound = smooth ? expectedSmoothness(curvature, batchRows, whole) : expectedSmoothness(1, 1, whole);
  const share = smooth ? (full ? 1.8 : 0.25) : 1;
  const rate = share / (gain * (bound + l2));
  if (!(rate > 0 && rate < Infinity)) return undefined;
  return Number((0.95 * rate).toPrecision(2)); // a number that is short to write, and not above the bound
}
