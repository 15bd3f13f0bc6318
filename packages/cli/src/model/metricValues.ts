// The metrics of predictions: which a regression has, and what they are computed from.
import type { Matrix } from "downhill";
import type { ErrorMetric } from "./errorMetric.ts";

/** Metrics by name, in the order of the output. A metric that is undefined for the rows is NaN. */
export type Metrics = Readonly<Record<string, number>>;

/** The scores for the second of two classes: the only score, or the second score minus the first. */
export function secondScores({ data, rows, columns }: Matrix): ArrayLike<number> {
  return columns === 1 ? data : Float64Array.from({ length: rows }, (_, i) => data[2 * i + 1]! - data[2 * i]!);
}

/** The values of the metrics of a regression; `own` is the error that belongs to its loss. */
export interface NumberValues {
  readonly rmse: number;
  readonly mae: number;
  readonly own: number;
  readonly r2: () => number;
  readonly d2: () => number;
  readonly below: () => number;
}

/** The metrics that suit an error, in the order of the output. */
export function numberMetrics(task: "regression" | "ratings", error: ErrorMetric, values: NumberValues): Metrics {
  const common = { rmse: values.rmse, mae: values.mae };
  if (task === "ratings") return common;
  if (error.d2 === null) return { r2: values.r2(), ...common };
  const first = { d2: values.d2(), [error.metric]: values.own };
  if (error.metric === "pinballLoss") return { ...first, below: values.below() };
  const r2 = values.r2();
  return error.metric === "mae" ? { ...first, r2, rmse: common.rmse } : { ...first, r2, ...common };
}

/** The share of the targets that are below their predictions. */
export const shareBelow = (prediction: Float64Array, target: Float64Array): number =>
  target.filter((value, i) => value < prediction[i]!).length / target.length;
