import { hasBoundedSlopes } from "../../losses/boundedSlopes.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { type ForecastPoint, weightsMove } from "../forecast/forecastPoint.ts";
import { factsOf, rateLimit } from "../forecast/updateRule.ts";

/**
 * Whether no run of this optimizer can diverge: the scores are linear, the slopes of the loss are bounded, and the learning rate is
 * too small for the penalty to make the weights grow without end.
 */
export function staysFinite(point: ForecastPoint, optimizer: Optimizer): boolean {
  const data = point.objective.linearData?.();
  if (data === undefined || !hasBoundedSlopes(data.loss)) return false;
  const { rule, rate } = factsOf(optimizer);
  return rule === null || rate === null || !weightsMove(data, point) || rate < rateLimit(rule, data.l2);
}
