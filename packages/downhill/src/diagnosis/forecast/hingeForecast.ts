import type { LinearData } from "../../training/objective/objective.ts";
import { numberText } from "../numberText.ts";
import { type ForecastPoint, weightsMove } from "./forecastPoint.ts";
import { type Forecast, nothingKnown } from "./forecastReport.ts";
import { rowCurvatures } from "./rowCurvatures.ts";
import { type OptimizerFacts, rateLimit, type UpdateRule } from "./updateRule.ts";
import { zonesOf, zonesUpTo } from "./zones.ts";

/**
 * The forecast for the hinge with linear scores. Its slope jumps, so a run with a constant rate does not settle: on
 * average the objective of plain descent is at most rate/2 · G² above the optimum, with the mean square G² of the lengths of the
 * subgradients. Each length is at most ‖x̃‖; with a penalty, l2 ‖w‖ ≤ ‖x̃‖ is added.
 * With the recommended rate, a step changes no margin by more than 1.
 *
 * Source: Shalev-Shwartz et al., “Pegasos”, 2011.
 */
export function hingeForecast(
  data: LinearData,
  point: ForecastPoint,
  { rate: first, constant }: OptimizerFacts,
  rule: UpdateRule,
  tolerance: number,
): Forecast {
  const { l2, l1, n, k, weights } = data;
  const rate = constant ? first : null;
  const penalty = l1 === 0 && weightsMove(data, point) ? rateLimit(rule, l2) : Infinity;
  const diverges = rate !== null && rate >= penalty;
  const squares = rowCurvatures({ ...data, l2: 0 });
  const meanSquare = squares.reduce((sum, square, i) => sum + (k * square * (weights ? weights[i]! : 1)) / n, 0);
  const bounded = rate !== null && !diverges && rule.name === "plain" && l1 === 0;
  const noiseFloor = bounded ? 0.5 * rate * meanSquare * (l2 > 0 ? 4 : 1) : null;
  const best = (0.95 * (1 - rule.decay)) / (squares.reduce((a, b) => Math.max(a, b), 0) + l2);
  return {
    ...nothingKnown(first, tolerance),
    band: rate === null ? "not known" : diverges ? "diverges" : "noisy",
    limit: penalty < Infinity ? penalty : null,
    best: Number(best.toPrecision(2)),
    start: point.value,
    noiseFloor,
    zones: zonesOf([...zonesUpTo(best), ["not guaranteed", penalty], ["diverges", Infinity]]),
    sentences: [
      ...(diverges
        ? [
            `The learning rate ${numberText(rate)} is at least ${numberText(penalty)}, so the penalty l2 makes the weights grow without end.`,
          ]
        : noiseFloor === null
          ? []
          : [
              `With this constant rate, the objective is on average at most ${numberText(noiseFloor)} above the optimum.`,
            ]),
      "The slope of the hinge loss jumps, so with a constant rate a run does not settle at the optimum." +
        (l2 > 0 ? " It settles if the rate falls like 1/(l2 · t) in update t." : " It settles if the rate falls."),
    ],
  };
}
