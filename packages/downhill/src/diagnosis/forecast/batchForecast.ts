import type { Vector } from "../../core/vector.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { linearBounds } from "../curvature/linearBounds.ts";
import { numberText } from "../numberText.ts";
import type { ForecastPoint } from "./forecastPoint.ts";
import { type Band, type Forecast, nothingKnown } from "./forecastReport.ts";
import { optimumOf } from "./optimum.ts";
import { logVolume, meanOfLargest, rowCurvatures, smoothnessOfBatches } from "./rowCurvatures.ts";
import type { OptimizerFacts, UpdateRule } from "./updateRule.ts";
import { zonesOf, zonesUpTo } from "./zones.ts";

/** How the rows of a batch are drawn. */
export interface Draws {
  /** The number of rows. */
  readonly rows: number;
  /** Whether each row is drawn from all rows, also from those that the batch has. */
  readonly again: boolean;
}

const NOISE_ROWS = 2000; // rows whose gradients estimate the noise

/**
 * The forecast for batches of τ of n rows, with linear scores and a smooth loss.
 *
 * - Up to 1/(2𝓛), with the expected smoothness 𝓛 of batches (with replacement ((τ − 1) L + m) / τ; L of the full objective, m of a row), the mean distance to the optimum is proven to shrink until noise stops it.
 * - Up to 2/c, with c the mean of the τ largest curvatures of rows (with replacement the largest one), no step overshoots on its own batch.
 * - With one row per batch and half the squared error, an epoch multiplies volumes of parameters by a number that does not depend
 *   on the order of the rows. If it is above 1, a run diverges.
 *
 * Because of noise, a run with a constant rate stays at about rate/4 · E‖gradient of a batch at the optimum‖² above the optimum.
 *
 * Sources: Gower et al., “SGD: General Analysis and Improved Rates”, 2019; Mandt, Hoffman and Blei, “Stochastic Gradient Descent
 * as Approximate Bayesian Inference”, 2017 (the noise).
 */
export function batchForecast(
  data: LinearData,
  point: ForecastPoint,
  { rate: first, constant }: OptimizerFacts,
  rule: UpdateRule,
  draws: Draws,
  tolerance: number,
  optimum: Vector | null | undefined,
): Forecast {
  const { n } = data;
  const { rows: batchRows, again } = draws;
  const nothing = nothingKnown(first, tolerance);
  const full = linearBounds(data, { kernels: point.kernels }).everywhere?.largestBound ?? null;
  if (full === null || data.l1 > 0) {
    const cause = full === null ? `the loss ${data.loss.loss}` : "l1";
    return { ...nothing, sentences: [`With batches and ${cause}, no rate is proven to be stable.`] };
  }
  const rows = rowCurvatures(data);
  const largestRow = rows.reduce((a, b) => Math.max(a, b), 0);
  const smoothness = again
    ? ((batchRows - 1) * full + largestRow) / batchRows
    : smoothnessOfBatches(n, batchRows, full, largestRow);
  const guaranteed = 0.5 / smoothness;
  const limit = Math.max(guaranteed, 2 / (again ? largestRow : meanOfLargest(rows, batchRows)));
  const critical = Math.min(n, Math.round(largestRow / full) + 1);
  const best = Number((0.95 * guaranteed * (1 - rule.decay)).toPrecision(2));
  if (rule.name !== "plain") {
    const compared = `With the rate ${numberText(best)}, a step is about as long as a step of plain descent with a safe rate.`;
    return {
      ...nothing,
      best,
      start: point.value,
      criticalBatch: critical,
      zones: zonesOf([...zonesUpTo(best), ["not known", Infinity]]),
      sentences: [`With batches and momentum, no rate is proven to be stable. ${compared}`],
    };
  }
  const rate = constant ? first : null;
  const band = bandOf(rate, guaranteed, limit, data, batchRows);
  const noise = rate === null || (band !== "stable" && band !== "noisy") ? null : noiseAt(data, point, draws, optimum);
  const noiseFloor = noise === null ? null : 0.25 * rate! * noise;
  return {
    ...nothing,
    band,
    guaranteed,
    limit,
    best,
    start: point.value,
    noiseFloor,
    criticalBatch: critical,
    zones: zonesOf([...zonesUpTo(best), ["fast", guaranteed], ["not guaranteed", limit], ["not known", Infinity]]),
    sentences: [
      rate === null
        ? "The learning rate changes during the run. This forecast is for constant rates."
        : aboutRate(rate, band, guaranteed, limit),
      ...(noiseFloor === null
        ? []
        : [
            `Because of the noise of the batches, the objective stays up to about ${numberText(noiseFloor)} above the optimum with this rate.`,
          ]),
      batchRows < critical
        ? `Up to about ${critical} rows per batch, a larger batch allows a proportionally larger rate.`
        : `Above about ${critical} rows per batch, a larger batch does not allow a proportionally larger rate.`,
    ],
  };
}

function bandOf(rate: number | null, guaranteed: number, limit: number, data: LinearData, batchRows: number): Band {
  if (rate === null) return "not known";
  if (rate <= guaranteed) return "stable";
  if (rate <= limit) return "noisy";
  return data.loss.loss === "halfSquared" && batchRows === 1 && logVolume(rate, data) > 0
    ? "diverges"
    : "unstable steps";
}

function aboutRate(rate: number, band: Band, guaranteed: number, limit: number): string {
  const name = `The learning rate ${numberText(rate)}`;
  switch (band) {
    case "stable":
      return `${name} is at most the safe rate ${numberText(guaranteed)}, so on average the run comes closer to the optimum, until the noise of the batches stops it.`;
    case "noisy":
      return `${name} is above the safe rate ${numberText(guaranteed)}. No single step overshoots, but the noise of the batches can be large.`;
    case "diverges":
      return `With the learning rate ${numberText(rate)} the run diverges. Up to ${numberText(limit)}, no single step overshoots.`;
    default:
      return `${name} is above ${numberText(limit)}, so steps on some batches can overshoot. Rates up to ${numberText(guaranteed)} are safe.`;
  }
}

/** E‖gradient of a batch at the optimum‖²; null if the optimum is not known. */
function noiseAt(
  { n }: LinearData,
  point: ForecastPoint,
  { rows, again }: Draws,
  optimum: Vector | null | undefined,
): number | null {
  const { params } = optimumOf(optimum, point);
  if (params === null) return null;
  const { objective, params: at, gradient } = point;
  const before = at.slice();
  at.set(params);
  const every = Math.ceil(n / NOISE_ROWS);
  const mean = new Float64Array(at.length);
  let [squares, count] = [0, 0];
  for (let from = 0; from < n; from += every, count++) {
    objective.add(at, { order: null, from, to: from + 1 }, gradient.fill(0));
    for (let j = 0; j < mean.length; j++) {
      squares += gradient[j]! * gradient[j]!;
      mean[j]! += gradient[j]!;
    }
  }
  at.set(before);
  const ofMean = mean.reduce((sum, each) => sum + (each / count) * (each / count), 0);
  return (again ? 1 / rows : (n - rows) / (rows * (n - 1))) * (squares / count - ofMean);
}
