import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { BoundRun } from "../../training/objective/objective.ts";
import { afterNewRun } from "./afterNewRun.ts";
import { type Bound, bindGap, curvatureBound, separates, type Top } from "./dualityGap.ts";
import { type DualPoint, dualPoint, fewRows, unmoved } from "./dualPoint.ts";
import { type LinearProblem, linearProblem, type Point } from "./linearProblem.ts";
import type { LinearRows } from "./linearRows.ts";
import { movedBy, newtonStep } from "./newtonStep.ts";

const TIGHT = 3; // the bound is at most this multiple of the gap
const TIGHT_ENOUGH = 6; // the same with the Newton step of the run: a closer bound would cost many passes over the rows
const OF_CLASSES = 2 / 3; // the share of such a step: H can be twice the matrix, which has no products of two classes
const ROUNDS = 3; // steps in the metric of the run, before steps that need products
const CLOSE = 1e-3; // of the objective: of the hinge, whose runs end with such a bound
const NEGLIGIBLE = 1e-12; // of the objective: a smaller bound is small enough
const OF_FLOAT32 = 1e-8; // the same after a run in float32, which knows its objective to 6e-8
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
 * The bound is the fall of the objective from the parameters to another point, and the duality gap there, from the slopes of the loss
 * at this point. The first point is that after the Newton step of the run, if there is one, so the bound takes one pass over the rows. If
 * it is not close, steps of Newton's method lead to other points. The largest fall shows how much the objective can fall at least, so
 * the steps end when the bound is at most three times as large as this.
 *
 * The hinge has no second derivatives, so it is smoothed, less and less. The slopes of the smoothed hinge are a point of the dual
 * problem of the hinge itself. With l2 they are those of the lower bound of a run of `automatic`: of the run itself, or else of a new one.
 *
 * The scores of a loss with a target for each score have objectives of their own, which are certified one by one.
 *
 * @param run  its Newton step may be any numbers: the bound is proven for all of them
 * @param most  about the largest number of products with the rows
 */
export function linearGap(
  rows: LinearRows,
  run: Omit<BoundRun, "objective" | "memory" | "kernels" | "bindKernels">,
  most: number,
): LinearGap {
  const { newtonStep: newton } = run;
  const params = Float64Array.from(run.params);
  const { loss, d, k } = rows;
  const isFloat32 = run.params instanceof Float32Array;
  const runs: (BoundRun["hingeSlopes"] | undefined)[] = [run.hingeSlopes, undefined]; // and that of a new run
  const hinge =
    (c: number): HingeSlopes =>
    (isNew) => {
      if (isNew && runs[1] === undefined) runs[1] = afterNewRun(run.problem);
      return runs[isNew ? 1 : 0]?.()?.[c];
    };
  if (k === 1 || loss.loss === "crossEntropy") return gapOfAll(rows, { ...run, params, isFloat32 }, most, hinge(0));
  let sum: LinearGap = { objective: 0, gap: 0, radius: Infinity };
  for (let c = 0; c < k; c++) {
    const own = (all: Float64Array): Float64Array =>
      Float64Array.from([...all.subarray(c * d, (c + 1) * d), all[k * d + c]!]);
    const ofScore = { isFloat32, params: own(params), newtonStep: newton && own(newton), value: null, solve: null };
    const part = gapOfAll(rows.ofScore(c), ofScore, most, hinge(c));
    sum = {
      objective: sum.objective + part.objective,
      gap: sum.gap + part.gap,
      radius: Math.min(sum.radius, part.radius),
    };
  }
  return sum;
}

/** Slopes of the hinge, of the run or of a new one. */
type HingeSlopes = (isNew: boolean) => Float64Array | undefined;

/** What a run knows about one objective. */
interface OwnRun extends Pick<BoundRun, "newtonStep" | "value" | "solve"> {
  readonly params: Float64Array;
  readonly isFloat32: boolean;
}

function gapOfAll(
  rows: LinearRows,
  { params, isFloat32, newtonStep: newton, value, solve }: OwnRun,
  most: number,
  hinge: HingeSlopes,
): LinearGap {
  const problem = linearProblem(rows);
  const { loss, n, k, l2, l1 } = rows;
  const curvature = largestCurvature(loss) ?? Infinity;
  // Only the objective is needed at the parameters, if the errors of its scores have a bound.
  const start = newton && curvature < Infinity ? null : problem.pointAt(params);
  const after = newton && movedBy(newton, problem, params);
  const count = usesFewRows(rows) ? fewRows(n) : n;
  const next = after && problem.pointsAt(after, start || value !== null ? null : params, count);
  const objective = start?.value ?? value ?? next!.otherValue;
  const top: Top = start
    ? { ...start, curvature: curvatureBound(problem, start.z, start.s) }
    : { params, value: objective, size: Math.sqrt(2 * curvature * objective), curvature }; // losses are at least 0
  const free = l2 === 0 && l1 === 0;
  const solved = loss.loss === "halfSquared" && free; // the dual point is the optimum
  let best: Bound = { gap: Infinity, radius: Infinity, rounding: 0 };
  const negligible = objective * (isFloat32 ? OF_FLOAT32 : NEGLIGIBLE);
  let lowest = objective;
  const found = (): LinearGap => ({ objective, gap: best.gap, radius: best.radius });
  function add(bound: Bound): Bound {
    if (bound.gap < best.gap) best = bound;
    return bound;
  }
  const isEnough = (tight: number): boolean =>
    best.gap <= Math.max(tight * (objective - lowest), tight * best.rounding, negligible);

  /** Adds bounds from slopes at a point of the loss, which may be a smoothed one, with at most so many products with the rows. */
  function addAt(smooth: LinearProblem, point: Point, most: number, tight: number): Bound {
    const own = smooth === problem ? point : problem.pointAt(point.params);
    if (own.value < lowest) lowest = own.value; // false for NaN
    const { gapOf, tolerance, ofAll } = bindGap(problem, own, top);
    add(ofAll);
    const wanted = objective - lowest;
    if (free && smooth === problem && !rows.shares?.includes(0)) {
      // First without the moves that make the sums of the slopes 0, because they are expensive.
      const bound = add(gapOf(unmoved(point), wanted));
      if (isEnough(tight)) return bound;
    }
    const dual = dualPoint(smooth, point, most, tolerance);
    return dual ? add(gapOf(dual, wanted)) : addAt(smooth, smooth.pointAt(point.params), most, tight);
  }

  if (loss.loss === "hinge" && l2 > 0 && l1 === 0) {
    const { gapOf, ofAll } = bindGap(problem, start!, top);
    add(ofAll);
    for (const isNew of [false, true]) {
      const s = best.gap > CLOSE * objective && hinge(isNew);
      if (s) add(gapOf(slopesOf(problem, s), 0));
    }
    return found();
  }
  let point = next?.point ?? start!;
  if (free && (loss.loss === "logistic" || loss.loss === "crossEntropy") && separates(problem, point)) {
    return { objective, ...bindGap(problem, point, top).ofAll, separable: true };
  }
  if (next) {
    addAt(problem, point, 0, TIGHT_ENOUGH);
    for (let round = 0; round < ROUNDS && solve && l1 === 0 && !isEnough(TIGHT_ENOUGH); round++) {
      const step = problem.gradientAt(point);
      solve(step);
      point = problem.pointAt(movedBy(step, problem, point.params, k > 1 ? OF_CLASSES : 1), count);
      addAt(problem, point, 0, TIGHT_ENOUGH);
    }
    if (isEnough(TIGHT_ENOUGH)) return found();
    if (!(point.value < objective)) point = start ?? problem.pointAt(params);
    else if (count < n) point = problem.pointAt(point.params);
  }
  let left = most;
  let at = params;
  for (const spec of specsOf(loss)) {
    const smooth = spec === loss ? problem : linearProblem(rows, spec);
    if (smooth !== problem) point = smooth.pointAt(at);
    for (let before = Infinity; ; ) {
      const step = solved ? null : newtonStep(smooth, point, left);
      if (step !== null) {
        ({ point } = step);
        left -= step.products;
      } else if (before < Infinity) break;
      const bound = addAt(smooth, point, left, TIGHT);
      if (isEnough(TIGHT) || left <= 0) return found();
      if (step === null || (smooth !== problem && bound.gap > before / 2)) break;
      before = bound.gap;
    }
    at = point.params;
  }
  return found();
}

/** Whether the bound of a point needs the scores and slopes of a few rows only: those that `dualPoint` moves. */
const usesFewRows = ({ loss, l2, l1, shares, isInMemory }: LinearRows): boolean =>
  isInMemory &&
  !shares?.includes(0) &&
  (l2 > 0 ? largestCurvature(loss)! < Infinity && !slopeLimits(loss) : l1 === 0 && loss.loss === "halfSquared");

/** Slopes of all rows whose means are about 0. */
function slopesOf({ rows, d }: LinearProblem, s: Float64Array): DualPoint {
  const gradient = new Float64Array(d + 1);
  rows.back(s, gradient);
  return { s, ...rows.means(s), gradient, off: 0 };
}

/** The losses whose slopes are used. */
const specsOf = (spec: LossSpec): readonly LossSpec[] =>
  spec.loss === "hinge" ? WIDTHS.map((width) => ({ ...spec, width })) : [spec];
