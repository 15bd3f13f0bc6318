import { random } from "../../core/random.ts";
import type { Vector } from "../../core/vector.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { train } from "../../training/train.ts";
import { bindHessianOf } from "../curvature/hessianTimes.ts";
import { lanczos } from "../curvature/lanczos.ts";
import { linearBounds } from "../curvature/linearBounds.ts";
import type { ForecastPoint } from "./forecastPoint.ts";
import { type Band, type Forecast, nothingKnown, type Zone } from "./forecastReport.ts";
import { short } from "./text.ts";
import { guaranteedRate, type OptimizerFacts, rateLimit, type UpdateRule } from "./updateRule.ts";
import { zonesOf, zonesUpTo } from "./zones.ts";

const SOLVE_EPOCHS = 2000;
const LANCZOS_STEPS = 40;

/** The rates that separate the bands; null where a rate is not known. */
interface Rates {
  readonly guaranteed: number | null;
  /** 2/λ for plain descent, with the largest curvature λ at the optimum. */
  readonly limit: number | null;
  /** From this rate on, the penalty alone makes the weights grow without end. */
  readonly divergent: number | null;
  /** Why `limit` is null. */
  readonly reason: string;
}

/**
 * The forecast for linear scores with a smooth convex loss that is not quadratic, in full batch.
 *
 * Up to the guaranteed rate every step decreases the objective. Up to the limit, a run that comes near the optimum stays there;
 * but it may end in a cycle instead. Above the limit the optimum repels a run. It need not diverge: if the slopes of the loss
 * have a bound, only the penalty can make the weights grow without end.
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
  const { guaranteed, limit, divergent } = rates;
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
      [beyond, divergent ?? Infinity],
      ["diverges", Infinity],
    ]),
    sentences: [
      rate === null
        ? "The learning rate changes during the run. This forecast is for constant rates."
        : aboutRate(rate, band, rates, rule),
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
  const bounded = loss.loss === "logistic" || loss.loss === "crossEntropy" || slopeLimits(loss) !== null;
  const rates = { guaranteed, divergent: bounded && l2 > 0 && l1 === 0 ? rateLimit(rule, l2) : null };
  if (l1 > 0) return { ...rates, limit: null, reason: "With l1, no limit is known above which a run cannot settle." };
  const kinked = slopeLimits(loss) !== null || loss.loss === "squaredHinge";
  if (kinked && l2 === 0) {
    return { ...rates, limit: null, reason: "Without l2 there can be many optima, so no limit is known." };
  }
  const found = optimum === undefined ? solve(point) : { params: optimum, reason: "" };
  if (found.params === null) return { ...rates, limit: l2 > 0 ? rateLimit(rule, l2) : null, reason: found.reason };
  const limit = rateLimit(rule, largestAt(found.params, point));
  return { ...rates, limit: limit < Infinity ? limit : null, reason: "" };
}

/** The parameters of the optimum by a run of `automatic`; null with the reason if it finds none. */
function solve({ problem, kernels }: ForecastPoint): { params: Vector | null; reason: string } {
  let found: { params: Vector; stopped: string | null } | undefined;
  const options = { epochs: SOLVE_EPOCHS, stop: { remaining: 1e-9 }, every: "epoch", kernels } as const;
  for (const { solution, stopped } of train(problem, automatic(), options)) found = { params: solution, stopped };
  const { params, stopped } = found!;
  if (stopped === "converged") return { params, reason: "" };
  const reason =
    stopped === "separable"
      ? "A plane separates the classes and there is no penalty, so no optimum exists: the weights grow without end, and the " +
        "curvature falls to 0. Every rate is stable in the end."
      : `The optimum was not found in ${SOLVE_EPOCHS} epochs, so the limit of the curvature there is not known.`;
  return { params: null, reason };
}

/** The largest curvature at some parameters, or slightly less. */
function largestAt(params: Vector, { problem, kernels }: ForecastPoint): number {
  const hessian = bindHessianOf("forecast", problem, kernels);
  hessian.moveTo(params);
  return lanczos((v) => hessian.times(v), problem.size, LANCZOS_STEPS, random(0).fork("curvature"), kernels).value;
}

function bandOf(rate: number | null, { guaranteed, limit, divergent, reason }: Rates): Band {
  if (rate === null) return "not known";
  if (divergent !== null && rate >= divergent) return "diverges";
  if (limit !== null && rate > limit) return "cannot settle";
  if (guaranteed !== null && rate <= guaranteed) return "certainly decreases";
  return limit !== null && reason === "" ? "locally stable, not guaranteed" : "not known";
}

function aboutRate(rate: number, band: Band, { guaranteed, limit, divergent }: Rates, rule: UpdateRule): string {
  const name = `The learning rate ${short(rate)}`;
  const above =
    guaranteed === null
      ? ""
      : ` is above ${short(guaranteed)}, up to which every step is proven to decrease the objective`;
  switch (band) {
    case "diverges":
      return `${name} is not below ${short(divergent!)}, so the penalty l2 makes the weights grow in every step, and the run diverges.`;
    case "cannot settle":
      return `${name} is above the limit ${short(limit!)} of the curvature at the optimum, so the run cannot settle there.`;
    case "certainly decreases":
      return rule.name === "plain"
        ? `${name} is below ${short(guaranteed!)}, so every step decreases the objective.`
        : `${name} is below ${short(guaranteed!)}, so the objective plus a multiple of the last step's square falls in every step.`;
    case "locally stable, not guaranteed":
      return (
        `${name}${above ? `${above}. It` : ""} is below the limit ${short(limit!)} of the curvature at the optimum. So a run that ` +
        "comes near the optimum stays there, but it can also end in a cycle around it."
      );
    default:
      return `${name}${above || " is not compared with a limit"}.`;
  }
}
