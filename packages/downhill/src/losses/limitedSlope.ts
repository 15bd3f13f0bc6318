import { withSpec } from "../core/spec.ts";
import type { SlopeLimits } from "../kernels/kernels.ts";
import type { Loss, LossSpec } from "./loss.ts";

/** The limits of the slope of a loss that is quadratic in an interval and linear outside; null for other losses. */
export function slopeLimits({ loss, delta, quantile, width }: LossSpec): SlopeLimits | null {
  if (loss === "huber") return { curvature: 1, low: delta!, high: delta! };
  if (loss === "absolute") return { curvature: 2 / width!, low: 1, high: 1 };
  return loss === "pinball" ? { curvature: 1 / width!, low: quantile!, high: 1 - quantile! } : null;
}

/** The same for every loss, as the kernels of certificates need it: without limits they are 0, and the curvature is 1, or 1 / width of a smoothed hinge. */
export const kernelLimits = (spec: LossSpec): SlopeLimits =>
  slopeLimits(spec) ?? { curvature: 1 / (spec.width ?? 1), low: 0, high: 0 };

/** The loss of a spec that has such limits. */
export function limitedSlope(spec: LossSpec): Loss {
  const { outputs } = spec;
  const { curvature, low, high } = slopeLimits(spec)!;
  return withSpec(
    {
      outputs,
      targets: outputs,
      sumAndSlope: (kernels, scores, targets, weights, n) =>
        kernels.huber(scores, targets, weights, n, outputs, curvature, low, high),
    },
    spec,
  );
}
