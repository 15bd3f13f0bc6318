// The error by which a regression is measured: it belongs to the loss that the model minimised.
import {
  dSquared,
  type EstimatorModel,
  meanAbsoluteError,
  meanPinballLoss,
  meanPoissonDeviance,
  rootMeanSquaredError,
} from "downhill";

type Numbers = ArrayLike<number>;

/** An error, and the baseline whose expected error is lowest among all constants. */
export interface ErrorMetric {
  readonly metric: "rmse" | "mae" | "pinballLoss" | "deviance";
  /** The baseline's answer in words: "the median". */
  readonly constant: string;
  errorOf(prediction: Numbers, target: Numbers): number;
  /** The share of the error that a model saves, compared with the best constant; null for the RMSE, which has R². */
  readonly d2: ((prediction: Numbers, target: Numbers) => number) | null;
}

const rmse: ErrorMetric = { metric: "rmse", constant: "the mean", errorOf: rootMeanSquaredError, d2: null };

/** The error metric of a loss and its quantile. */
export function errorMetric(loss: unknown, quantile: unknown): ErrorMetric {
  if (loss === "huber" || loss === "absolute") {
    return {
      metric: "mae",
      constant: "the median",
      errorOf: meanAbsoluteError,
      d2: (prediction, target) => dSquared(prediction, target, "absolute"),
    };
  }
  if (loss === "quantile") {
    const q = quantile as number;
    return {
      metric: "pinballLoss",
      constant: `the quantile ${q}`,
      errorOf: (prediction, target) => meanPinballLoss(prediction, target, q),
      d2: (prediction, target) => dSquared(prediction, target, { quantile: q }),
    };
  }
  if (loss === "poisson") {
    return {
      metric: "deviance",
      constant: "the mean",
      errorOf: meanPoissonDeviance,
      d2: (prediction, target) => dSquared(prediction, target, "poisson"),
    };
  }
  return rmse;
}

/** The error metric of a fitted model. */
export function errorMetricOf(fitted: EstimatorModel): ErrorMetric {
  const { loss, quantile } = fitted.settings as Readonly<Record<string, unknown>>;
  return errorMetric(loss, quantile);
}
