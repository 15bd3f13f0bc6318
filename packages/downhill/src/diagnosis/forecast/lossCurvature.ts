import { random } from "../../core/random.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { largestCurvature } from "../../losses/slopeChange.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { lanczos, shortfall } from "../curvature/lanczos.ts";
import { spectrum } from "../curvature/spectrum.ts";

const EXACT_SIZE = 1000;
const STEPS = 80;
const FAILURE = 1e-12; // the probability that the bound for more columns is too small

/**
 * The largest eigenvalue λ of G = Σ weight x̃ x̃ᵀ / n, with x̃ a row and a 1: exact up to rounding for at most 1000 columns, else
 * an upper bound.
 */
export function largestOfRows(data: LinearData, kernels: BindKernels): number {
  const m = data.d + 1;
  if (m <= EXACT_SIZE) {
    const squares = { ...data, loss: { loss: "halfSquared", outputs: 1 }, k: 1, l2: 0 } as const;
    return spectrum(squares, [], kernels)[0]!.values[0]!;
  }
  const { value, steps, complete } = lanczos((v) => rowsTimes(data, v), m, STEPS, random(0).fork("curvature"), kernels);
  return complete ? value : value / (1 - shortfall(m, steps, FAILURE));
}

/** G v. */
function rowsTimes({ X, n, d, weights }: LinearData, v: Float64Array): Float64Array {
  const out = new Float64Array(d + 1);
  for (let i = 0; i < n; i++) {
    let score = v[d]!;
    for (let j = 0; j < d; j++) score += v[j]! * X[i * d + j]!;
    score *= (weights ? weights[i]! : 1) / n;
    for (let j = 0; j < d; j++) out[j]! += score * X[i * d + j]!;
    out[d]! += score;
  }
  return out;
}

/** An upper bound c λ + l2 of the curvature at all parameters; null for a loss without one: poisson and hinge. */
export function curvatureBound(data: LinearData, kernels: BindKernels): number | null {
  const c = largestCurvature(data.loss);
  return c === undefined || c === Infinity ? null : c * largestOfRows(data, kernels) + data.l2;
}
