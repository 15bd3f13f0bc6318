import { requireKnown, requireLength, requireOneOf } from "../../core/check.ts";
import { random } from "../../core/random.ts";
import { zeros } from "../../core/vector.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import { linear } from "../../predictors/linear.ts";
import type { LinearData, Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { columnShares, ownersOf } from "./columnShares.ts";
import type { CurvatureReport } from "./curvatureReport.ts";
import { bindHessianOf, type HessianOptions, partsOf, requireParameters } from "./hessianTimes.ts";
import { lanczos, shortfall } from "./lanczos.ts";
import { exactReport } from "./spectrum.ts";

/** Options of `curvature`. */
export interface CurvatureOptions extends HessianOptions {
  /**
   * The parameters at which the curvature is computed [0 for linear scores, else the random start of `train` with this seed]. For
   * huber, absolute and pinball the default is the largest curvature: that of parameters where no slope is at a limit.
   */
  readonly params?: ArrayLike<number>;
  /** The seed of the random starts [0]. */
  readonly seed?: number;
  /** The name of each column of the inputs. The shares of columns with the same name, such as those of one category, are added. */
  readonly names?: readonly string[];
  /** "exact" for linear scores, or "lanczos" ["exact" for linear scores with at most 1000 parameters, else "lanczos"]. */
  readonly method?: CurvatureReport["method"];
}

/** The largest number of parameters of the exact method. With so many it takes seconds. */
export const EXACT_SIZE = 1000;
const LANCZOS_STEPS = 80; // the bound is then about 4 % above the estimate
const FAILURE = 1e-12;
const ROUNDING = { float64: 1e-12, float32: 1e-5 }; // relative error of a product with H, beside the largest eigenvalue

/**
 * The largest and the smallest curvature of an objective, and the columns of the steepest and of the flattest direction. Gradient
 * descent on a quadratic objective converges below the learning rate 2 / largest, and condition = largest / smallest decides how
 * slowly.
 *
 * For linear scores and at most 1000 parameters the eigenvalues are exact up to rounding. For others the largest one is estimated
 * with 80 products H v. For linear scores the estimate has an upper bound that fails with probability 1e-12. A network or a
 * factorization has no such bound, because its Hessian can have negative eigenvalues.
 *
 * Two kinds of directions count as flat, and are left out of `smallest`: directions with an eigenvalue of 0 up to rounding, and,
 * for crossEntropy, directions that add the same number to the scores of all classes. Training does not move along the latter. The
 * hinge has no curvature, so only that of the penalty counts.
 *
 * @throws TypeError when a predictor or a loss is not the library's; RangeError when an option or a number is wrong
 *
 * @example
 * ```ts
 * import { column, curvature, dense, halfSquared, linear, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(2, 0.5, -2, 0.5, 2, -0.5, -2, -0.5), rows: 4, columns: 2 });
 * const problem = risk({ predictor: linear(2), loss: halfSquared(), inputs, targets: column(new Float64Array(4)) });
 * const { largest, smallest, condition, steepest } = curvature(problem, { names: ["age", "dose"] });
 * [largest, smallest, condition]; // [4, 0.25, 16]
 * steepest[0]; // { column: "age", share: 1 }
 * ```
 *
 * Sources: Demmel and Veselić, 1992 (eigenvalues); Kuczyński and Woźniakowski, 1992 (the bound).
 */
export function curvature(problem: Problem, options: CurvatureOptions = {}): CurvatureReport {
  requireKnown("curvature", options, ["params", "seed", "names", "method", "kernels"]);
  const { seed = 0, names, kernels = wasmKernels } = options;
  const { predictor, data } = partsOf("curvature", problem, kernels);
  if (names) requireLength("curvature", "names", names, "column", Number(predictor["features"] ?? 0));
  const limits = data && slopeLimits(data.loss);
  if (data && limits && !options.params) return curvatureOfSquares(data, limits.curvature, options);
  const params = options.params ?? startOf(problem, predictor.predictor === "linear", seed);
  requireParameters("curvature", "params", params, problem);
  const { method = data && problem.size <= EXACT_SIZE ? "exact" : "lanczos" } = options;
  requireOneOf("curvature", "method", method, data ? ["exact", "lanczos"] : ["lanczos"]);
  if (data && method === "exact") return exactReport(data, params, names, kernels);

  const hessian = bindHessianOf("curvature", problem, kernels);
  hessian.moveTo(params);
  const stream = random(seed).fork("curvature");
  const { value, direction, steps, complete } = lanczos((v) => hessian.times(v), problem.size, LANCZOS_STEPS, stream);
  const share = complete ? 0 : shortfall(problem.size, steps, FAILURE);
  return {
    largest: value,
    largestBound: data ? (value * (1 + ROUNDING[problem.elementType])) / (1 - share) : Infinity,
    smallest: null,
    condition: null,
    method: "lanczos",
    failureProbability: data ? FAILURE : 0,
    steepest: value === 0 ? [] : columnShares(direction, ownersOf(predictor, names)),
    flattest: null,
  };
}

/** The curvature of c · G + l2, with G = Σ weight x̃ x̃ᵀ / n: that of half the squared error, times c. */
export function curvatureOfSquares(
  { X, n, d, weights, l2 }: LinearData,
  c: number,
  options: Omit<CurvatureOptions, "params">,
): CurvatureReport {
  const problem = risk({
    predictor: linear(d),
    loss: halfSquared(),
    inputs: dense({ data: X, rows: n, columns: d }),
    targets: column(new Float64Array(n)),
    ...(weights && { weights: column(weights) }),
    l2: l2 / c,
  });
  const report = curvature(problem, options);
  return {
    ...report,
    largest: c * report.largest,
    largestBound: c * report.largestBound,
    smallest: report.smallest && c * report.smallest,
  };
}

/** Parameters 0 for linear scores, else the random start of `train` with this seed. */
function startOf(problem: Problem, linear: boolean, seed: number): ArrayLike<number> {
  const start = zeros(problem.elementType, problem.size);
  if (!linear) problem.init(start, random(seed).fork("init"));
  return start;
}
