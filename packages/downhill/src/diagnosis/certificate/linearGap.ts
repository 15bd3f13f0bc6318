import type { LossSpec } from "../../losses/loss.ts";
import { type Bound, bindGap, type PrimalPoint } from "./dualityGap.ts";
import { dualPoint } from "./dualPoint.ts";
import { type LinearParts, linearProblem } from "./linearProblem.ts";
import { newtonStep } from "./newtonStep.ts";

const TIGHT = 3; // the bound is at most this multiple of the gap
const NEGLIGIBLE = 1e-12; // of the objective: a smaller bound is small enough
const WIDTHS = [0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]; // of the smoothed hinge
const STEPS = 2; // with each width

/**
 * The objective of a linear model at some parameters, and a proven upper bound of objective − optimum.
 *
 * The bound is the difference from the dual objective at a point that is made of the slopes of the loss at some scores. The first
 * scores are those of the parameters, then those of steps of Newton's method from there. A step also shows how much the objective
 * can fall at least, so the steps end when the bound is at most three times as large as this.
 *
 * The hinge has no second derivatives, so it is smoothed, less and less. The slopes of the smoothed hinge are a point of the dual
 * problem of the hinge itself.
 *
 * @param most  about the largest number of products with the rows
 */
export function linearGap(parts: LinearParts, params: Float64Array, most: number): Bound & { objective: number } {
  const problem = linearProblem(parts);
  const z = new Float64Array(problem.n * problem.k);
  parts.rows.scores(params, z);
  const objective = problem.value(z, params);
  let point: PrimalPoint = { params, z, value: objective };
  const gapOf = bindGap(problem, point);
  let best: Bound = { gap: objective * (1 + 1e-9), radius: Infinity };
  let lowest = objective;
  let left = most;
  for (const spec of specsOf(parts.loss)) {
    const smooth = linearProblem(parts, spec);
    point = { ...point, value: smooth.value(point.z, point.params) };
    for (let steps = 0; ; steps++) {
      const bound = gapOf(dualPoint(smooth, point.z, left));
      if (bound.gap < best.gap) best = bound;
      lowest = Math.min(lowest, problem.value(point.z, point.params));
      const enough = Math.max(TIGHT * (objective - lowest), NEGLIGIBLE * objective);
      if (best.gap <= enough || left <= 0) return { objective, ...best };
      const step = spec.loss === "hinge" && steps === STEPS ? null : newtonStep(smooth, point, left);
      if (step === null) break;
      left -= step.products + 2;
      ({ point } = step);
    }
  }
  return { objective, ...best };
}

/** The losses whose slopes are used. */
const specsOf = (spec: LossSpec): readonly LossSpec[] =>
  spec.loss === "hinge" ? WIDTHS.map((width) => ({ ...spec, width })) : [spec];
