import { random } from "../../core/random.ts";
import type { Vector } from "../../core/vector.ts";
import { hasBoundedSlopes } from "../../losses/boundedSlopes.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { bindHessianOf } from "../curvature/hessianTimes.ts";
import { type LargestEigenvalue, lanczos } from "../curvature/lanczos.ts";
import { linearBounds } from "../curvature/linearBounds.ts";
import { numberText } from "../numberText.ts";
import { type ForecastPoint, weightsMove } from "./forecastPoint.ts";
import { type Band, type Forecast, nothingKnown, type Zone } from "./forecastReport.ts";
import { optimumOf } from "./optimum.ts";
import { guaranteedRate, type OptimizerFacts, rateLimit, type UpdateRule } from "./updateRule.ts";
import { zonesOf, zonesUpTo } from "./zones.ts";

const PRODUCTS = 60; // of the Hessian at the optimum with a vector
const NO_PART = 1e-12; // of the squared length
const SMALL = 0.1; // of the best rate

/** The rates that separate the bands; null where a rate is not known. */
interface Rates {
  readonly guaranteed: number | null;
  /** 2/λ for plain descent, with the largest curvature λ at the optimum. */
  readonly limit: number | null;
  /** From this rate on, the penalty alone makes a run leave the optimum: the weights grow without end if `bounded` holds. */
  readonly penalty: number;
  /** Whether the slopes of the loss have a bound. */
  readonly bounded: boolean;
  /** Why `limit` is null. */
  readonly reason: string;
}

/**
 * The forecast for linear scores with a smooth convex loss that is not quadratic, in full batch.
 *
 * Up to the guaranteed rate every step decreases the objective. Up to the limit, a run that comes near the optimum stays near
 * it; but a run may end in a cycle instead. Above the limit, a run moves away from the optimum. It need not diverge: if the slopes
 * of the loss have a bound, only the penalty can make the weights grow without end.
 *
 * Source: Meng et al., “Gradient Descent on Logistic Regression with Non-Separable Data and Large Step Sizes”, 2024 (cycles).
 */
export function convexForecast(
  data: LinearData,
  point: ForecastPoint,
  { rate: first, constant }: OptimizerFacts,
  rule: UpdateRule,
  tolerance: number,
  optimum: Vector | null | undefined,
): Forecast {
  const rates = ratesOf(data, point, rule, optimum);
  const { guaranteed, limit, penalty, bounded } = rates;
  const rate = constant ? first : null;
  const band = bandOf(rate, rates);
  const best = guaranteed === null ? null : Number((0.95 * guaranteed).toPrecision(2));
  const beyond: Zone["name"] = limit === null ? "not known" : "cannot settle";
  return {
    ...nothingKnown(first, tolerance),
    band,
    guaranteed,
    limit,
    best,
    start: point.value,
    zones: zonesOf([
      ...zonesUpTo(best),
      ["fast", guaranteed],
      ["not guaranteed", limit],
      [beyond, bounded ? penalty : Infinity],
      ["diverges", Infinity],
    ]),
    sentences: [
      rate === null
        ? "The learning rate changes during the run. This forecast is for constant rates."
        : aboutRate(rate, band, rates, rule),
      ...(rate !== null && best !== null && rate < SMALL * best
        ? [
            `The learning rate ${numberText(best)} has the same guarantee, and its first step is ${numberText(best / rate, 2)} times as long.`,
          ]
        : []),
      ...(guaranteed === null
        ? [`The loss ${data.loss.loss} has no largest curvature, so no rate is proven to decrease the objective.`]
        : []),
      ...(rates.reason ? [rates.reason] : []),
    ],
  };
}

function ratesOf(data: LinearData, point: ForecastPoint, rule: UpdateRule, optimum: Vector | null | undefined): Rates {
  const { loss, l1, l2 } = data;
  const bound = linearBounds(data, { kernels: point.kernels }).everywhere?.largestBound ?? null;
  const guaranteed = bound === null || (l1 > 0 && rule.name !== "plain") ? null : guaranteedRate(rule, bound);
  const bounded = l1 === 0 && hasBoundedSlopes(loss);
  const rates = { guaranteed, bounded, penalty: l1 === 0 && weightsMove(data, point) ? rateLimit(rule, l2) : Infinity };
  if (l1 > 0)
    return { ...rates, limit: null, reason: "With l1, the largest rate with which a run can settle is not known." };
  if (slopeLimits(loss) !== null || loss.loss === "squaredHinge") {
    return {
      ...rates,
      limit: null,
      reason: "The curvature of this loss jumps, so the largest rate with which a run can settle is not known.",
    };
  }
  const found = optimumOf(loss.loss === "halfSquared" ? point.params : optimum, point); // its curvature is constant
  if (found.params === null) return { ...rates, limit: null, reason: found.reason };
  const { value, direction } = steepest(found.params, point);
  if (loss.loss !== "halfSquared" && !hasPart(point.params, found.params, direction)) {
    return {
      ...rates,
      limit: null,
      reason:
        "The change from the start to the optimum has no component along the steepest direction, so no limit is known.",
    };
  }
  return { ...rates, limit: value > 0 ? rateLimit(rule, value) : null, reason: "" };
}

/** The largest curvature at some parameters, or slightly less, and its direction. */
function steepest(params: Vector, { problem, kernels }: ForecastPoint): LargestEigenvalue {
  const hessian = bindHessianOf("forecast", problem, kernels);
  hessian.moveTo(params);
  return lanczos((v) => hessian.times(v), problem.size, PRODUCTS, random(0).fork("curvature"));
}

/** Whether the line from the start to the optimum has a part along a direction that is not a rounding error. */
function hasPart(start: Vector, optimum: Vector, direction: Float64Array): boolean {
  let [part, square] = [0, 0];
  for (let j = 0; j < direction.length; j++) {
    const distance = start[j]! - optimum[j]!;
    part += distance * direction[j]!;
    square += distance * distance;
  }
  return part * part > NO_PART * square;
}

function bandOf(rate: number | null, { guaranteed, limit, penalty, bounded }: Rates): Band {
  if (rate === null) return "not known";
  if (rate >= penalty) return bounded ? "diverges" : "cannot settle";
  if (limit !== null && rate > limit) return "cannot settle";
  if (guaranteed !== null && rate <= guaranteed) return "certainly decreases";
  return limit === null ? "not known" : "locally stable, not guaranteed";
}

function aboutRate(rate: number, band: Band, { guaranteed, limit, penalty }: Rates, rule: UpdateRule): string {
  const name = `The learning rate ${numberText(rate)}`;
  const above =
    guaranteed !== null &&
    `${name} is above ${numberText(guaranteed)}, the largest rate with which every step is proven to decrease the objective.`;
  switch (band) {
    case "diverges":
      return `${name} is at least ${numberText(penalty)}. From this rate on, the penalty l2 makes the weights grow without end, so the run diverges.`;
    case "cannot settle":
      return `${name} is above ${numberText(Math.min(limit ?? Infinity, penalty))}, the largest rate with which a run can settle at the optimum. So this run cannot settle.`;
    case "certainly decreases":
      return rule.name === "plain"
        ? `${name} is at most ${numberText(guaranteed!)}, so every step decreases the objective.`
        : `${name} is at most ${numberText(guaranteed!)}, so every step decreases the objective plus a multiple of the last step's squared length.`;
    case "locally stable, not guaranteed":
      return (
        `${above ? `${above} It` : name} is at most ${numberText(limit!)}, the largest rate with which a run can settle at the ` +
        "optimum. So the run can converge, but this is not proven: it can also end in a cycle around the optimum."
      );
    default:
      return above || `Nothing is known about the learning rate ${numberText(rate)}.`;
  }
}
