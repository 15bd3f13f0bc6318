// The loss of a linear regression: its options, and the settings of a fitted model that it can be made of.
import { InputTypeError, requireFraction, requireOneOf, requirePositive, show } from "../../core/check.ts";
import { absolute } from "../../losses/absolute.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { huber } from "../../losses/huber.ts";
import type { Loss } from "../../losses/loss.ts";
import { pinball } from "../../losses/pinball.ts";
import { poisson } from "../../losses/poisson.ts";
import type { FittedData } from "../fitted/fittedData.ts";

/** The names of the losses. */
export const regressionLosses = ["squared", "huber", "absolute", "quantile", "poisson"] as const;

/** Options that choose the loss of a regression. */
export interface RegressionLossOptions {
  /**
   * The loss of a row: "squared" is half the squared error, "huber" counts rows with large errors less, "absolute" predicts the median,
   * "quantile" predicts a quantile, and "poisson" predicts the mean of counts as e^z ["squared"].
   */
  readonly loss?: (typeof regressionLosses)[number];
  /**
   * Only for "huber": the error δ from which a row counts less, in the unit of the targets
   * [1.35 times the robust deviation of the errors of a first fit].
   */
  readonly delta?: number;
  /** Only for "quantile", which needs it: the predicted quantile, above 0 and below 1. */
  readonly quantile?: number;
}

/** The names of these options. */
export const regressionLossNames = ["loss", "delta", "quantile"];

/** @throws TypeError or RangeError for a value that is not allowed, or an option that the loss does not have */
export function checkRegressionLoss(functionName: string, options: RegressionLossOptions): void {
  const { loss = "squared", delta, quantile } = options;
  requireOneOf(functionName, "loss", loss, regressionLosses);
  if (delta !== undefined) {
    requireLoss(functionName, "delta", delta, loss, "huber");
    requirePositive(functionName, "delta", delta);
  }
  if (quantile !== undefined) requireLoss(functionName, "quantile", quantile, loss, "quantile");
  if (loss === "quantile") requireFraction(functionName, "quantile", quantile);
}

/** @throws TypeError if an option is passed with a loss that does not have it */
function requireLoss(functionName: string, name: string, value: unknown, loss: string, own: string): void {
  if (loss === own) return;
  throw new InputTypeError(
    `${functionName}: ${name} must be left out with loss: "${loss}", got ${show(value)}. Leave it out, or pass loss: "${own}".`,
  );
}

/** The loss of a fitted model's settings. */
export function lossOf({ loss, delta, quantile, width }: FittedData["settings"]): Loss {
  if (loss === "huber") return huber(delta as number);
  if (loss === "absolute") return absolute(width as number);
  if (loss === "quantile") return pinball(quantile as number, width as number);
  return loss === "poisson" ? poisson() : halfSquared();
}
