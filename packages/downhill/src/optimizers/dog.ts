import { withSpec } from "../core/spec.ts";
import type { Vector } from "../core/vector.ts";
import type { Optimizer } from "./optimizer.ts";

const INITIAL = 1e-6; // the first distance, as a share of 1 + ‖params₀‖

// ---- indices in `scalars`
const FARTHEST = 0;
const SQUARES = 1;

/**
 * Distance over gradients (DoG): gradient descent that computes its learning rate from the run. The learning rate of update t is
 * max ‖params_i − params_0‖ / √(Σ ‖g_i‖²) over the updates i ≤ t: the largest distance from the start, divided by the root of
 * the sum of the squared gradients. The distance is at least 1e-6 (1 + ‖params_0‖), so that the first step has a length.
 *
 * It is for stochastic and mini-batch descent of convex problems, smooth or not, and it has no learning rate to choose. The
 * last parameters are noisy, so average them: `average: { weight: "t8" }`.
 *
 * Source: Ivgi, Hinder and Carmon, “DoG is SGD's Best Friend: A Parameter-Free Dynamic Step Size Schedule”, 2023.
 *
 * @example
 * ```ts
 * import { dog, logisticRegression } from "downhill";
 *
 * const model = logisticRegression({ optimizer: dog(), average: { weight: "t8" }, batchSize: 1, epochs: 100 });
 * model.fit([[0], [1], [4], [5]], ["no", "no", "yes", "yes"]).predict([[6]]); // ["yes"]
 * ```
 */
export function dog(): Optimizer {
  const optimizer: Optimizer = {
    slots: 2,
    scalars: 2,
    name: "dog",
    bind({ params, gradient, memory, scalars, kernels }) {
      const [start, moved] = memory as [Vector, Vector];
      const n = params.length;
      const norm = (x: Vector): number => Math.sqrt(kernels.dot(x.byteOffset, x.byteOffset, n));
      return () => {
        if (scalars[FARTHEST] === 0) {
          start.set(params);
          scalars[FARTHEST] = INITIAL * (1 + norm(start));
        }
        moved.set(params);
        kernels.axpy(-1, start.byteOffset, moved.byteOffset, n);
        scalars[FARTHEST] = Math.max(scalars[FARTHEST]!, norm(moved));
        scalars[SQUARES]! += kernels.dot(gradient.byteOffset, gradient.byteOffset, n);
        return scalars[FARTHEST]! / (Math.sqrt(scalars[SQUARES]!) || 1); // 1: all gradients so far are 0
      };
    },
  };
  return withSpec(optimizer, { optimizer: "dog" });
}
