import { curvature } from "../curvature/curvature.ts";
import { numberText } from "../numberText.ts";
import type { ForecastPoint } from "./forecastPoint.ts";
import { type Forecast, nothingKnown } from "./forecastReport.ts";
import { type OptimizerFacts, rateLimit, type UpdateRule } from "./updateRule.ts";
import { zonesOf } from "./zones.ts";

/**
 * The forecast for a network, at the start of the run: the sharpness, which is the largest curvature of the objective over all rows,
 * and the rate above which steps overshoot. Both change during the run. In full batch the sharpness often rises until steps nearly
 * overshoot, and stays at this value while the objective falls (the edge of stability). With a rate between one and two times the
 * limit, a run usually jumps to parameters with less curvature in its first steps.
 *
 * Sources: Cohen et al., “Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability”, 2021; Lewkowycz et al.,
 * “The Large Learning Rate Phase of Deep Learning: the Catapult Mechanism”, 2020.
 */
export function networkForecast(
  point: ForecastPoint,
  { rate: first, constant }: OptimizerFacts,
  rule: UpdateRule,
  tolerance: number,
): Forecast {
  const { problem, params, kernels } = point;
  const sharpness = curvature(problem, { params, kernels }).largest;
  const limit = sharpness > 0 ? rateLimit(rule, sharpness) : null;
  const rate = constant ? first : null;
  const times = rate === null || limit === null ? null : rate / limit;
  return {
    ...nothingKnown(first, tolerance),
    band:
      times === null
        ? "not known"
        : times <= 1
          ? "stable at the start"
          : times <= 2
            ? "edge of stability"
            : "unstable steps",
    limit,
    start: point.value,
    zones:
      limit === null
        ? []
        : zonesOf([
            ["steady", limit],
            ["not guaranteed", 2 * limit],
            ["not known", Infinity],
          ]),
    sentences:
      limit === null
        ? ["The objective has no curvature at the start. A network needs a random start."]
        : [
            ...(rate === null
              ? ["The learning rate changes during the run."]
              : [
                  `The learning rate ${numberText(rate)} is ${numberText(rate / limit)} times the limit ${numberText(limit)}. ${meaning(rate / limit)}`,
                ]),
            `At the start the largest curvature is about ${numberText(sharpness)}, so steps with a rate above ${numberText(limit)} overshoot.`,
            "The curvature changes during the run. In full batch it often rises until steps nearly overshoot, and stays at this " +
              "value while the loss falls. This is called the edge of stability, and it is normal.",
          ],
  };
}

function meaning(times: number): string {
  if (times <= 1) return "The first steps do not overshoot.";
  if (times <= 2) return "The first steps overshoot, and the run usually jumps to parameters with less curvature.";
  return "The first steps overshoot far. With the squared error most such runs diverge.";
}
