import { InputTypeError, requireFinite, requireLength } from "../../core/check.ts";
import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { PredictorSpec } from "../../predictors/predictor.ts";
import type { LinearData, Problem } from "../../training/objective/objective.ts";

/** Options of `hessianTimes`. */
export interface HessianOptions {
  /** The functions that do the numerical work [those of the WebAssembly module]. */
  readonly kernels?: BindKernels;
}

/** A problem in memory of its own, for many products with its Hessian. */
export interface BoundHessian {
  /** H v at the parameters of the last `moveTo`; the next product overwrites the result. */
  times(v: ArrayLike<number>): Vector;
  moveTo(params: ArrayLike<number>): void;
}

/** @throws TypeError when the second derivatives of the problem are not known */
export function bindHessianOf(functionName: string, problem: Problem, kernels: BindKernels): BoundHessian {
  return allocate(kernels, problem.elementType, (arena) => {
    const { hessian } = problem.bind(arena);
    if (!hessian) throw unknownHessian(functionName);
    const { times } = hessian(arena);
    const params = arena.vector(problem.size);
    const along = arena.vector(problem.size);
    const out = arena.vector(problem.size);
    return {
      moveTo: (at) => params.set(at),
      times(v) {
        along.set(v);
        times(params, along, out);
        return out;
      },
    };
  });
}

/**
 * The predictor of a risk, and its data if the scores are linear.
 *
 * @throws TypeError when a part is not the library's
 */
export function partsOf(
  functionName: string,
  problem: Problem,
  kernels: BindKernels,
): { predictor: PredictorSpec; data: LinearData | undefined } {
  const { spec, linearData } = allocate(kernels, problem.elementType, (arena) => problem.bind(arena));
  if (!spec) throw unknownHessian(functionName);
  return { predictor: spec.predictor, data: linearData?.() };
}

const unknownHessian = (functionName: string): Error =>
  new InputTypeError(
    `${functionName}: second derivatives are known only for a predictor and a loss of the library, got a function, a ` +
      "predictor or a loss of your own. Make the problem with risk.",
  );

/**
 * H v, the product of the Hessian H of a risk with a vector: the change of the gradient along v. It needs about the time of two
 * gradients, plus a copy of the data, and the matrix H is never stored. It is exact up to rounding (R-operator). At the kinks of a loss or of a ReLU the
 * Hessian is that of one side, l1 has none, and for hinge only the penalty l2 has one.
 *
 * @param params  the parameters at which H is computed, one number each
 * @param v  one number per parameter
 * @throws TypeError when a predictor or a loss is not the library's; RangeError when a length is wrong or a number is not finite
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, hessianTimes, linear, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(new Float64Array(3)) });
 * hessianTimes(problem, [0, 0], [3, 0]); // [14, 6]
 * ```
 *
 * Source: Pearlmutter, “Fast Exact Multiplication by the Hessian”, 1994.
 */
export function hessianTimes(
  problem: Problem,
  params: ArrayLike<number>,
  v: ArrayLike<number>,
  { kernels = wasmKernels }: HessianOptions = {},
): Float64Array {
  requireParameters("hessianTimes", "params", params, problem);
  requireParameters("hessianTimes", "v", v, problem);
  const hessian = bindHessianOf("hessianTimes", problem, kernels);
  hessian.moveTo(params);
  return Float64Array.from(hessian.times(v));
}

/** @throws RangeError unless there is one finite number per parameter */
export function requireParameters(
  functionName: string,
  name: string,
  numbers: ArrayLike<number>,
  { size }: Problem,
): void {
  requireLength(functionName, name, numbers, "parameter", size);
  const view = numbers instanceof Float32Array || numbers instanceof Float64Array;
  requireFinite(functionName, name, view ? numbers : Float64Array.from(numbers));
}
