// Numbers of a loss that depend on the training rows: Huber's δ, the width of the smoothed losses, and starts.
import { InputRangeError, show } from "../../core/check.ts";
import { exp, log } from "../../core/elementary.ts";
import type { Vector } from "../../core/vector.ts";
import { linear } from "../../predictors/linear.ts";
import type { FitRows } from "../fit/fitRows.ts";
import type { CurvatureFacts, TrainingRows } from "../fit/model.ts";
import { lossOf, type RegressionLossOptions } from "../fit/regressionLoss.ts";
import type { FittedData } from "../fitted/fittedData.ts";

const DELTA = 1.35; // Huber's estimate then has a variance only 5 % above that of least squares for normal errors
/**
 * The width of the quadratic interval, as a share of the deviation of the errors. With a tenth of it one run in ten of hostile
 * tables (heavy tails, nearly dependent columns) needs more than 10 000 epochs, with this width one in a hundred.
 */
const WIDTH = 1e-2;
const NORMAL = 1.4826; // the deviation of normal numbers as a multiple of their median absolute deviation
const LOWEST = 1e-6; // the lowest deviation of the errors, as a share of that of the targets: a perfect fit has none

/** Settings that are computed from the training rows, and the parameters at which the run starts. */
export interface SettledLoss {
  readonly settings: FittedData["settings"];
  readonly start?: Vector;
}

/**
 * The settings of a loss for these rows. For "huber" without `delta`, "absolute" and "quantile" the unit is the robust deviation
 * s of the errors of a first fit: δ = 1.35 s, and the quadratic interval has the width s/100. The first fit is rough (at most
 * 100 epochs) and starts at the median. Its loss has the robust deviation of the targets as unit: δ is 1.35 times this, and the
 * interval is as wide. The run starts at the parameters of the first fit: far from the targets the loss has no curvature, so the
 * length of a step could not be computed from it. For "poisson" the run starts at the logarithm of the mean target.
 *
 * @throws RangeError for "poisson" if all targets are 0
 */
export function settledLoss({ loss, delta, quantile }: RegressionLossOptions, rows: TrainingRows): SettledLoss {
  const { y, weights, features } = rows;
  if (loss === "poisson") return { settings: { loss }, start: atMean(rows) };
  const wide = spread(y, weights) || 1;
  const settingsFor = (s: number, share: number, own?: number): FittedData["settings"] => {
    if (loss === "huber") return { loss, delta: own ?? DELTA * s };
    return loss === "quantile" ? { loss, quantile, width: share * s } : { loss, width: share * s };
  };
  const first = new Float64Array(features + 1);
  first[features] = median(Float64Array.from(y), weights);
  const { params, scores } = rows.roughFit(linear(features), lossOf(settingsFor(wide, 1)), first);
  const errors = scores.map((z, i) => z - y[i]!);
  return {
    settings: settingsFor(Math.max(spread(errors, weights), LOWEST * wide), WIDTH, delta),
    start: params,
  };
}

/** The robust deviation: 1.4826 times the median |x − median|, or the mean of these if it is 0. */
export function spread(x: Vector, weights: Float64Array | null): number {
  const center = median(Float64Array.from(x), weights);
  const distances = Float64Array.from(x, (each) => Math.abs(each - center));
  let mean = 0;
  for (let i = 0; i < distances.length; i++) mean += (distances[i]! * (weights ? weights[i]! : 1)) / distances.length;
  return NORMAL * median(distances, weights) || mean;
}

/** The lowest number with at least half of the total weight at or below it. Without weights it sorts the numbers in place. */
function median(x: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return x.sort()[Math.ceil(x.length / 2) - 1]!;
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  let total = 0;
  for (const weight of weights) total += weight;
  let at = 0;
  for (let below = weights[order[0]!]!; below < total / 2; below += weights[order[at]!]!) at++;
  return x[order[at]!]!;
}

/** The mean of the targets, with their weights of mean 1. */
export function meanTarget(rows: Pick<FitRows, "rows" | "each">): number {
  let mean = 0;
  rows.each(({ y: { data }, weights }) => {
    let sum = mean; // a number that functions share would be a new object after each row
    for (let i = 0; i < data.length; i++) sum += (data[i]! * (weights ? weights[i]! : 1)) / rows.rows;
    mean = sum;
  });
  return mean;
}

/** Weights of 0, and as intercept the logarithm of the mean target. */
function atMean(rows: TrainingRows): Float64Array {
  const mean = rows.mean();
  const { features } = rows;
  if (mean === 0) {
    throw new InputRangeError(
      'fit: the mean target must be above 0 with loss: "poisson", got 0. Supply rows with other targets.',
    );
  }
  const start = new Float64Array(features + 1);
  start[features] = log(mean);
  return start;
}

/**
 * The curvature of a loss for learning rates: 1 for "squared" and "huber"; 1/s and 2/s for "quantile" and "absolute", s the
 * deviation of the errors, because their curvature in the mean over the rows is about that of errors near 0; for "poisson"
 * the largest mean: of the targets, and of the predictions at the start.
 */
export function curvatureOf({ settings: { loss, width }, largest }: CurvatureFacts): number {
  if (loss === "absolute" || loss === "quantile") return ((loss === "absolute" ? 2 : 1) * WIDTH) / (width as number);
  if (loss !== "poisson") return 1;
  const { target, score } = largest();
  return Math.max(0, target, exp(Math.min(score, 40)));
}

const LARGEST_COUNT = 1e15;

/** @throws RangeError for a target of "poisson" that is negative or above 1e15 */
export function requireCounts(functionName: string, y: Vector): void {
  const at = y.findIndex((target) => target < 0 || target > LARGEST_COUNT);
  if (at < 0) return;
  throw new InputRangeError(
    `${functionName}: targets must be between 0 and 1e15 with loss: "poisson", got ${show(y[at])} in row ${at}. ` +
      "Correct the row, or use another loss.",
  );
}
