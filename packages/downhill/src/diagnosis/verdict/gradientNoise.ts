import { requireOneOf, requireSize } from "../../core/check.ts";
import { dot } from "../../core/dot.ts";
import { random } from "../../core/random.ts";
import { allRows } from "../../core/rows.ts";
import { allocate } from "../../kernels/arena.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { bindEvaluate, taskMemory } from "../../training/objective/evaluate.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { batchRows } from "../../training/order/batchSize.ts";
import { writeRandom } from "../../training/order/rowOrder.ts";
import { requireParameters } from "../curvature/hessianTimes.ts";

/** The gradients of random batches, compared with the gradient over all rows. */
export interface GradientNoise {
  /** ‖g‖², the squared norm of the gradient over all rows. */
  readonly signal: number;
  /** The mean of ‖g_B − g‖² over the batches B. */
  readonly noise: number;
  /** signal / noise; Infinity without noise. Below 1, a single batch says little about the direction. */
  readonly signalToNoise: number;
}

/** Options of `gradientNoise`. */
export interface GradientNoiseOptions {
  /** Rows of a batch, at most all rows. */
  readonly batchSize: number;
  /** "shuffled": the rows of a batch are different; "replacement": each is drawn from all rows ["shuffled"]. */
  readonly order?: "shuffled" | "replacement";
  /** The number of random batches [8]. */
  readonly batches?: number;
  /** The seed of the batches [0]. */
  readonly seed?: number;
  /** The functions that do the numerical work [those of the WebAssembly module]. */
  readonly kernels?: BindKernels;
}

/**
 * The noise of the gradients of batches at some parameters: the signal-to-noise ratio for `verdict`. It takes one pass over all
 * rows, and one over each batch. The ratio falls to 0 near an optimum, so its value is meaningful only together with the
 * parameters.
 *
 * @throws RangeError when an option or the number of parameters is wrong
 *
 * @example
 * ```ts
 * import { column, dense, gradientNoise, halfSquared, linear, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * gradientNoise(problem, [2, 3], { batchSize: 1 }).signal; // 0
 * ```
 *
 * Source: McCandlish et al., “An Empirical Model of Large-Batch Training”, 2018.
 */
export const gradientNoise = (
  problem: Problem,
  params: ArrayLike<number>,
  options: GradientNoiseOptions,
): GradientNoise => gradientNoiseTracker(problem, options)(params);

/**
 * Makes a function that computes `gradientNoise` at the parameters of a run. It reserves its memory once, and each call uses the same
 * random batches.
 *
 * @throws RangeError when an option is wrong; the function throws RangeError for a wrong number of parameters
 *
 * @example
 * ```ts
 * import { column, dense, gradientNoiseTracker, halfSquared, linear, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * const noiseAt = gradientNoiseTracker(problem, { batchSize: 1 });
 * noiseAt([2, 3]).noise < noiseAt([0, 0]).noise; // true: [2, 3] is the optimum, and no row has an error there
 * ```
 */
export function gradientNoiseTracker(
  problem: Problem,
  { batchSize, order = "shuffled", batches = 8, seed = 0, kernels = wasmKernels }: GradientNoiseOptions,
): (params: ArrayLike<number>) => GradientNoise {
  const { size, examples, elementType } = problem;
  const rows = batchRows(batchSize, examples);
  requireOneOf("gradientNoise", "order", order, ["shuffled", "replacement"]);
  requireSize("gradientNoise", "batches", batches);
  requireSize("gradientNoise", "seed", seed, 0);
  const { evaluate, at, gradient, drawn } = allocate(kernels, elementType, (arena) => {
    const objective = problem.bind(arena);
    return {
      evaluate: bindEvaluate(arena, objective, taskMemory(arena, objective, size, examples)),
      at: arena.vector(size),
      gradient: arena.vector(size),
      drawn: arena.indices(examples),
    };
  });
  const full = new Float64Array(size);
  const stream = random(seed).fork("gradientNoise");
  return (params) => {
    requireParameters("gradientNoise", "params", params, problem);
    at.set(params);
    evaluate(at, allRows(examples), gradient);
    full.set(gradient);
    const signal = dot(full, full);
    let sum = 0;
    for (let b = 0; b < batches; b++) {
      writeRandom(order, stream.fork(b), drawn);
      evaluate(at, { order: drawn, from: 0, to: rows }, gradient);
      for (let j = 0; j < size; j++) sum += (gradient[j]! - full[j]!) * (gradient[j]! - full[j]!);
    }
    const noise = sum / batches;
    return { signal, noise, signalToNoise: noise > 0 ? signal / noise : Infinity };
  };
}
