import { random } from "../../core/random.ts";
import { zeros } from "../../core/vector.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { bindHessianOf } from "./hessianTimes.ts";

const NOISE = 1e-4; // the length of the noise, relative to that of the step; it lowers the estimate by about its square

/**
 * Makes a function that estimates the largest eigenvalue of the Hessian (the sharpness) at changing parameters, with one product H v
 * per call. Each call continues the power iteration of the calls before, so the estimate follows the parameters of a run. It is never
 * above the eigenvalue, up to rounding; the first calls can be far below it.
 *
 * The step is v ← H v + s v. The shift s = ‖Hv‖/4 + (‖Hv‖ − vᵀHv)/2, for v of length 1, makes negative eigenvalues smaller than the
 * largest one, and is small when v is near its eigenvector. A little noise in each step lets v leave a direction that is no longer
 * the steepest one.
 *
 * @throws TypeError when a predictor or a loss is not the library's
 */
export function bindSharpness(
  problem: Problem,
  { seed = 0, kernels = wasmKernels }: { readonly seed?: number; readonly kernels?: BindKernels } = {},
): (params: ArrayLike<number>) => number {
  const hessian = bindHessianOf("sharpness", problem, kernels);
  const stream = random(seed).fork("sharpness");
  const v = zeros("float64", problem.size);
  for (let j = 0; j < v.length; j++) v[j] = stream.normal();
  normalize(v);
  return (params) => {
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

function normalize(v: ReturnType<typeof zeros>): void {
  let square = 0;
  for (let j = 0; j < v.length; j++) square += v[j]! * v[j]!;
  const scale = 1 / Math.sqrt(square);
  for (let j = 0; j < v.length; j++) v[j]! *= scale;
}
