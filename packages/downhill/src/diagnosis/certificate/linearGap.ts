import { dot } from "../../core/dot.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { allCorrect } from "../../losses/slopeChange.ts";
import type { BoundRun } from "../../training/objective/objective.ts";
import { type Bound, bindGap } from "./dualityGap.ts";
import { dualPoint } from "./dualPoint.ts";
import { afterRun, hingeSlopes } from "./hingeSlopes.ts";
import { type LinearProblem, linearProblem, type Point } from "./linearProblem.ts";
import type { LinearRows } from "./linearRows.ts";
import { movedBy, newtonStep } from "./newtonStep.ts";

const TIGHT = 3; // the bound is at most this multiple of the gap
const TIGHT_ENOUGH = 6; // the same with the Newton step of the run: a closer bound would cost many passes over the rows
const CLOSE = 1e-3; // of the objective: of the hinge, whose runs end with such a bound
const NEGLIGIBLE = 1e-12; // of the objective: a smaller bound is small enough
const WIDTHS = [0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]; // of the smoothed hinge

/** The objective at some parameters, and a bound of objective − optimum. */
export interface LinearGap extends Pick<Bound, "gap" | "radius"> {
  readonly objective: number;
  /** Whether no optimum exists, because there is no penalty and a plane separates the classes. */
  readonly separable?: boolean;
}

/**
 * The objective of a linear model at some parameters, and a proven upper bound of objective − optimum.
 *
 * The bound is the difference from the dual objective at a point that is made of the slopes of the loss at some scores: those of
 * steps of Newton's method from the parameters. A step also shows how much the objective can fall at least, so the steps end when
 * the bound is at most three times as large as this.
 *
 * The hinge has no second derivatives, so it is smoothed, less and less. The slopes of the smoothed hinge are a point of the dual
 * problem of the hinge itself. With l2 they are those of a run of `automatic`.
 *
 * The scores of a loss with a target for each score have objectives of their own, which are certified one by one.
 *
 * The first slopes are those after the Newton step of the run, if there is one. The bound is proven for any numbers there.
 *
 * @param most  about the largest number of products with the rows
 */
export function linearGap(
  rows: LinearRows,
  run: Pick<BoundRun, "problem" | "params" | "newtonStep" | "value">,
  most: number,
): LinearGap {
  const { newtonStep: newton, value } = run;
  const params = Float64Array.from(run.params);
  const { loss, d, k } = rows;
  let again: Float64Array | undefined;
  const runAgain = (): Float64Array => (again ??= afterRun(run.problem));
  if (k === 1 || loss.loss === "crossEntropy") return gapOfAll(rows, params, newton, most, value, runAgain);
  let sum: LinearGap = { objective: 0, gap: 0, radius: Infinity };
  for (let c = 0; c < k; c++) {
    const own = (all: Float64Array): Float64Array =>
      Float64Array.from([...all.subarray(c * d, (c + 1) * d), all[k * d + c]!]);
    const part = gapOfAll(rows.ofScore(c), own(params), newton && own(newton), most, null, () => own(runAgain()));
    sum = {
      objective: sum.objective + part.objective,
      gap: sum.gap + part.gap,
      radius: Math.min(sum.radius, part.radius),
    };
  }
  return sum;
}

function gapOfAll(
  rows: LinearRows,
  params: Float64Array,
  newton: Float64Array | null,
  most: number,
  value: number | null,
  runAgain: () => Float64Array,
): LinearGap {
  const problem = linearProblem(rows);
  const { loss, n, k, l2, l1 } = rows;
  const after = newton && movedBy(newton, problem, params);
  const step = after && params.map((w, j) => w - after[j]!);
  const z = new Float64Array(n * k);
  const slopes = new Float64Array(step ? n * k : 0);
  const isHinge = loss.loss === "hinge";
  const own = step && !isHinge ? rows.slopesAfter({ params, z }, step, slopes) : null;
  if (own === null) rows.scores({ params, z });
  const start = problem.pointOf({ params, z }, value);
  const objective = start.value;
  if (separates(problem, start)) return { objective, gap: objective, radius: Infinity, separable: true };
  const { gapOf, tolerance } = bindGap(problem, start);
  const free = l2 === 0 && l1 === 0;
  const solved = loss.loss === "halfSquared" && free; // the dual point is the optimum
  let best: Pick<Bound, "gap" | "radius" | "rounding"> = {
    gap: objective * (1 + 1e-12),
    radius: Infinity,
    rounding: 0,
  };
  let lowest = objective;
  function add(bound: Bound): void {
    if (bound.gap < best.gap) best = bound;
  }
  function isEnough(value: number, tight = TIGHT): boolean {
    if (value < lowest) lowest = value; // false for NaN
    return best.gap <= Math.max(tight * (objective - lowest), tight * best.rounding, NEGLIGIBLE * objective);
  }
  const found = (): LinearGap => ({ objective, gap: best.gap, radius: best.radius });
  if (isHinge && l2 > 0 && l1 === 0) {
    for (const parametersOf of after === null ? [runAgain] : [() => after, runAgain]) {
      for (const slopes of hingeSlopes(rows, parametersOf())) {
        const bound = gapOf(dualPoint(problem, slopes, 0, tolerance));
        if (bound.gap > best.gap && best.gap <= CLOSE * objective) break;
        add(bound);
      }
      if (best.gap <= CLOSE * objective) break;
    }
    return found();
  }
  if (own) {
    // Without penalties the slopes are first used as they are, because the moves that make their sums 0 are expensive.
    for (const products of free && !solved ? [0, most] : [0]) {
      const point = dualPoint(problem, slopes, products, tolerance, own);
      const bound = gapOf(point);
      add(bound);
      // Where the second derivatives change little, the step lowers the objective by this.
      const gain = dot(own.gradient, step!) + bound.excess + problem.penalty(params) - problem.penalty(after!);
      if (isEnough(objective - gain, TIGHT_ENOUGH)) return found();
      if (point.off > 0) {
        add(gapOf({ ...point, gradient: null, off: 0 }));
        if (isEnough(objective - gain, TIGHT_ENOUGH)) return found();
      }
    }
  }
  let left = most;
  let at = params;
  for (const spec of specsOf(loss)) {
    const smooth = spec === loss ? problem : linearProblem(rows, spec);
    let point = smooth === problem ? start : smooth.pointAt(at);
    for (let before = Infinity; ; ) {
      const step = solved ? null : newtonStep(smooth, point, left);
      if (step !== null) {
        ({ point } = step);
        left -= step.products;
      } else if (before < Infinity) break;
      const bound = gapOf(dualPoint(smooth, point.s.slice(), left, tolerance));
      add(bound);
      const value = smooth === problem ? point.value : problem.pointAt(point.params).value;
      if (isEnough(value) || left <= 0) return found();
      if (step === null || (smooth !== problem && bound.gap > before / 2)) break;
      before = bound.gap;
    }
    at = point.params;
  }
  return found();
}

function separates({ loss, weights, targets, l2, l1, n }: LinearProblem, { z }: Point): boolean {
  if (l2 > 0 || l1 > 0 || !(loss.loss === "logistic" || loss.loss === "crossEntropy")) return false;
  return allCorrect(loss, { scores: z, targets, weights, n });
}

/** The losses whose slopes are used. */
const specsOf = (spec: LossSpec): readonly LossSpec[] =>
  spec.loss === "hinge" ? WIDTHS.map((width) => ({ ...spec, width })) : [spec];
