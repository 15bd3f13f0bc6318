import { requireKnown } from "../../core/check.ts";
import { random } from "../../core/random.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { bindHessianOf, type HessianOptions, requireParameters } from "./hessianTimes.ts";

const NOISE = 1e-4; // the length of the noise, relative to that of the step; it lowers the estimate by about its square

/** Options of `sharpnessTracker`. */
export interface SharpnessOptions extends HessianOptions {
  /** The seed of the random direction at the start, and of the noise [0]. */
  readonly seed?: number;
}

/**
 * Makes a function that estimates the sharpness, the largest eigenvalue of the Hessian, at the parameters of a run: with one product
 * H v per call, which takes about the time of two gradients. Each call continues the power iteration of the earlier calls, so the
 * estimate follows the run. It is never above the eigenvalue, up to rounding; the first calls can be far below it.
 *
 * The step is v ← H v + s v. The shift s = ‖Hv‖/4 + (‖Hv‖ − vᵀHv)/2, for v of length 1, makes negative eigenvalues smaller than the
 * largest one, and is small when v is near its eigenvector. A little noise in each step lets v leave a direction that is no longer
 * the steepest one.
 *
 * @throws TypeError when a predictor or a loss is not the library's; the function throws RangeError for wrong parameters
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, network, plain, risk, sharpnessTracker, train } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-2, -1, 0, 1, 2), rows: 5, columns: 1 });
 * const targets = column(Float64Array.of(0, 1, 0, -1, 0));
 * const problem = risk({ predictor: network(1, [8], 1, "tanh"), loss: halfSquared(), inputs, targets });
 * const sharpness = sharpnessTracker(problem);
 * let last = 0;
 * for (const step of train(problem, plain(0.2), { start: "random", epochs: 300 })) last = sharpness(step.params);
 * last < 2 / 0.2; // true: the learning rate is below the limit of stability here
 * ```
 */
export function sharpnessTracker(
  problem: Problem,
  options: SharpnessOptions = {},
): (params: ArrayLike<number>) => number {
  requireKnown("sharpnessTracker", options, ["seed", "kernels"]);
  const { seed = 0, kernels = wasmKernels } = options;
  const hessian = bindHessianOf("sharpnessTracker", problem, kernels);
  const stream = random(seed).fork("sharpness");
  const v = Float64Array.from({ length: problem.size }, () => stream.normal());
  normalize(v);
  return (params) => {
    requireParameters("sharpnessTracker", "params", params, problem);
    hessian.moveTo(params);
    const product = hessian.times(v);
    let [value, square] = [0, 0];
    for (let j = 0; j < v.length; j++) {
      value += v[j]! * product[j]!;
      square += product[j]! * product[j]!;
    }
    const length = Math.sqrt(square);
    if (!(length > 0 && length < Infinity)) return value;
    const shift = length / 4 + Math.max(0, length - value) / 2;
    const noise = (NOISE * length) / Math.sqrt(v.length);
    for (let j = 0; j < v.length; j++) v[j] = product[j]! + shift * v[j]! + noise * (stream.uniform() - 0.5);
    normalize(v);
    return value;
  };
}

function normalize(v: Float64Array): void {
  let square = 0;
  for (let j = 0; j < v.length; j++) square += v[j]! * v[j]!;
  const scale = 1 / Math.sqrt(square);
  for (let j = 0; j < v.length; j++) v[j]! *= scale;
}
