import { type Vector, viewOf } from "../../core/vector.ts";
import type { FactorsOptions } from "../../predictors/factors.ts";
import { numberText } from "../numberText.ts";
import type { ForecastPoint } from "./forecastPoint.ts";
import { type Forecast, nothingKnown } from "./forecastReport.ts";
import type { OptimizerFacts } from "./updateRule.ts";
import { zonesOf } from "./zones.ts";

/** The arguments of a predictor `factors`. */
type FactorsSpec = FactorsOptions & { readonly users: number; readonly items: number; readonly rank: number };

/**
 * The forecast for a factorization with half the squared error: the rate up to which a step on one rating does not overshoot, at
 * the parameters of the start. For a rating with error e of a user p and an item q, the largest curvature of ½ e² is at most
 * ‖p‖² + ‖q‖² + |e|, plus 2 with biases, plus the penalty. It changes during the run: pass later parameters of a run as `start` to get its value there.
 */
export function ratingForecast(
  point: ForecastPoint,
  { rate: first, constant }: OptimizerFacts,
  tolerance: number,
): Forecast {
  const { problem, objective, params, value } = point;
  const { X, y, l2 } = objective.spec!;
  const {
    rank,
    mean = 0,
    biases = false,
    perRating = 0,
    l2Terms,
    rateTerms,
  } = objective.spec!.predictor as unknown as FactorsSpec;
  const buffer = params.buffer as ArrayBuffer;
  const pairs = new Uint32Array(buffer, X.address, 2 * problem.examples);
  const targets: Vector = viewOf(problem.elementType, buffer, y.address, problem.examples);
  const largestOf = (terms: FactorsOptions["l2Terms"]): number => (terms ? Math.max(...Object.values(terms)) : 1);
  let steepest = 0;
  for (let i = 0; i < problem.examples; i++) {
    const [p, q] = [pairs[2 * i]!, pairs[2 * i + 1]!];
    let [score, squares] = [mean, 0];
    for (let f = 0; f < rank; f++) {
      score += params[p + f]! * params[q + f]!;
      squares += params[p + f]! * params[p + f]! + params[q + f]! * params[q + f]!;
    }
    if (biases) score += params[p + rank]! + params[q + rank]!;
    steepest = Math.max(steepest, squares + Math.abs(score - targets[i]!) + (biases ? 2 : 0));
  }
  const limit = 2 / (largestOf(rateTerms) * (steepest + perRating * largestOf(l2Terms) + l2));
  const rate = constant ? first : null;
  const stable = rate !== null && rate <= limit;
  return {
    ...nothingKnown(first, tolerance),
    band: rate === null ? "not known" : stable ? "stable at the start" : "unstable steps",
    limit,
    start: value,
    zones: zonesOf([
      ["steady", limit],
      ["not guaranteed", Infinity],
    ]),
    sentences: [
      rate === null
        ? `The learning rate changes during the run. With the parameters of the start, a step on one rating can overshoot above ${numberText(limit)}.`
        : stable
          ? `The learning rate ${numberText(rate)} is at most ${numberText(limit)}, so at the start no step on one rating overshoots.`
          : `The learning rate ${numberText(rate)} is above ${numberText(limit)}, so at the start a step on one rating can overshoot.`,
      "This limit changes during the run, because it depends on the length of the factors.",
    ],
  };
}
