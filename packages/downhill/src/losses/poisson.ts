import { withSpec } from "../core/spec.ts";
import type { Loss } from "./loss.ts";

/**
 * Half the Poisson deviance: Σ e^z − y − y (z − ln y) over the outputs; for y = 0 it is e^z [nats]. The predicted mean is e^z,
 * and the slope is dloss/dz = e^z − y. The loss is 0 where e^z = y.
 *
 * Its targets are counts or other numbers of at least 0, one for each output. Above z = 40 each loss continues as its tangent,
 * so it is finite for every finite score. At an optimum with an intercept, the weighted sum of the means is that of the
 * targets, so no mean of a row with weight 1 reaches e^40 unless the targets sum up to 2e17.
 *
 * Source: McCullagh and Nelder, “Generalized Linear Models”, 1989.
 *
 * @param outputs  scores per example [1]
 *
 * @example
 * ```ts
 * import { poisson } from "downhill";
 *
 * poisson().targets; // 1
 * ```
 */
export const poisson = (outputs = 1): Loss =>
  withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) => kernels.poisson(scores, targets, weights, n, outputs),
    },
    { loss: "poisson", outputs },
  );
