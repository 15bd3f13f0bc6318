import { requireSize } from "../../core/check.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { spectrum } from "../curvature/spectrum.ts";
import { numberText } from "../numberText.ts";
import type { ForecastPoint } from "./forecastPoint.ts";
import { type Band, type Forecast, nothingKnown } from "./forecastReport.ts";
import { bestRate, epochsTo, finalFactor, type RateAndEpochs, remainingShare, type Spectrum } from "./quadraticRun.ts";
import { guaranteedRate, type OptimizerFacts, rateLimit, type UpdateRule } from "./updateRule.ts";
import { zonesOf, zonesUpTo } from "./zones.ts";

/** "726", or "about 3.18×10⁸" from a million on. */
const countOf = (epochs: number): string => (epochs < 1e6 ? numberText(epochs, 6) : `about ${numberText(epochs)}`);

const epochsText = (epochs: number): string => (epochs === 1 ? "1 epoch" : `${countOf(epochs)} epochs`);

const NO_SHARE = 1e-28; // smaller shares are squares of rounding errors

/**
 * The forecast for half the squared error of linear scores with l2, in full batch. All numbers are exact up to rounding: they
 * follow from the eigenvalues of the Hessian and from the gradient at the start.
 */
export function quadraticForecast(
  data: LinearData,
  { params, gradient, value, kernels }: ForecastPoint,
  { rate: first, constant }: OptimizerFacts,
  rule: UpdateRule,
  tolerance: number,
): Forecast {
  const { gap, ...directions } = startSpectrum(data, params, gradient, kernels);
  const limit = rateLimit(rule, directions.eigenvalues[0] ?? 0);
  const limitOfStart = rateLimit(rule, directions.eigenvalues.find((_, i) => directions.shares[i]! > NO_SHARE) ?? 0);
  const rate = constant ? first : null;
  const best = gap > 0 ? bestRate(tolerance, rule, directions) : null;
  const band = bandOf(rate, limit, limitOfStart);
  const epochs =
    rate === null || band !== "converges" ? null : gap > 0 ? epochsTo(tolerance, rule, rate, directions) : 0;
  const share = rate === null ? null : remainingShare(rule, rate, directions);
  const optimum = Math.max(0, value - gap);
  return {
    ...nothingKnown(first, tolerance),
    band,
    guaranteed: guaranteedRate(rule, directions.eigenvalues[0] ?? 0),
    limit,
    best: best?.rate ?? null,
    epochs,
    bestEpochs: best?.epochs ?? null,
    condition: conditionOf(directions.eigenvalues),
    start: value,
    optimum,
    ...(share && {
      objectiveAfter(epoch: number) {
        requireSize("objectiveAfter", "epoch", epoch, 0);
        return gap > 0 ? optimum + gap * share(epoch) : value;
      },
    }),
    zones: zonesOf([...zonesUpTo(best?.rate ?? null), [best ? "zigzag" : "steady", limit], ["diverges", Infinity]]),
    sentences: [
      ...(rate === null
        ? ["The learning rate changes during the run. This forecast is for constant rates."]
        : aboutRate(rate, band, epochs, tolerance, limit)),
      ...(band === "diverges"
        ? [
            `In the end, each epoch multiplies the distance to the optimum by ${numberText(finalFactor(rule, rate!, directions))}.`,
          ]
        : []),
      ...aboutBest(best, rate, epochs, rule),
      ...(band === "diverges" || (band === "not known" && rate !== null)
        ? []
        : [`With learning rates above ${numberText(limit)} a run diverges.`]),
    ],
  };
}

/** Largest / smallest, by falling size; null for no eigenvalue. */
const conditionOf = (eigenvalues: ArrayLike<number>): number | null =>
  eigenvalues.length === 0 ? null : eigenvalues[0]! / eigenvalues[eigenvalues.length - 1]!;

function bandOf(rate: number | null, limit: number, limitOfStart: number): Band {
  if (rate === null) return "not known";
  if (rate < limit) return "converges";
  if (rate === limit) return "cannot settle";
  return rate > limitOfStart ? "diverges" : "not known";
}

function aboutRate(rate: number, band: Band, epochs: number | null, tolerance: number, limit: number): string[] {
  const name = `The learning rate ${numberText(rate)}`;
  if (band === "diverges") return [`${name} is above the limit ${numberText(limit)}, so the run diverges.`];
  if (band === "not known") {
    return [
      `${name} is above the limit ${numberText(limit)}, but at the start the gradient has no part along the steepest direction. So only rounding errors grow.`,
    ];
  }
  if (band === "cannot settle") return [`${name} is the limit itself, so the run neither converges nor diverges.`];
  if (epochs === 0) return ["The start is as good as the optimum."];
  if (epochs === null)
    return [
      `With the learning rate ${numberText(rate)} the run converges, but so slowly that the number of epochs was not computed.`,
    ];
  return [
    `With the learning rate ${numberText(rate)} the run converges. After ${epochsText(epochs)}, at most ${numberText(tolerance)} of (objective at the start − optimum) remains.`,
  ];
}

function aboutBest(best: RateAndEpochs | null, rate: number | null, epochs: number | null, rule: UpdateRule): string[] {
  if (best === null || rate === best.rate || (epochs !== null && epochs <= best.epochs)) return [];
  const name = `The learning rate ${numberText(best.rate)} needs`;
  return [
    rule.decay === 0 ? `${name} the fewest epochs: ${countOf(best.epochs)}.` : `${name} ${epochsText(best.epochs)}.`,
  ];
}

/** The eigenvalues by falling size, the share of each eigenvector, and the objective at the start minus the optimum. */
function startSpectrum(
  data: LinearData,
  params: ArrayLike<number>,
  gradient: ArrayLike<number>,
  kernels: BindKernels,
): Spectrum & { readonly gap: number } {
  const { d, k } = data;
  const { values, vectors, m } = spectrum(data, params, kernels)[0]!; // the same for all outputs
  const gaps = values.map((value, i) => {
    let sum = 0;
    for (let c = 0; c < k; c++) {
      let along = vectors[i * m + d]! * gradient[k * d + c]!;
      for (let j = 0; j < d; j++) along += vectors[i * m + j]! * gradient[c * d + j]!;
      sum += along * along;
    }
    return (0.5 * sum) / value;
  });
  const gap = gaps.reduce((a, b) => a + b, 0);
  return { eigenvalues: values, shares: gaps.map((each) => (gap > 0 ? each / gap : 0)), gap };
}
