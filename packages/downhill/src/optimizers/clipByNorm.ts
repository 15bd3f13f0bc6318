import { requirePositive } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import type { Transform } from "./transform.ts";

/**
 * A transform that limits the length of the direction: direction ← direction · min(1, largest / ‖direction‖). It does not
 * work with l1, because the gradient is not 0 at the optimum then.
 *
 * @param largest  the largest length, above 0
 * @throws RangeError when largest is not above 0
 *
 * @example
 * ```ts
 * import { addMomentum, clipByNorm, descent } from "downhill";
 *
 * const optimizer = descent(0.01, clipByNorm(5), addMomentum());
 * optimizer.slots; // 1
 * ```
 */
export function clipByNorm(largest: number): Transform {
  requirePositive("clipByNorm", "largest", largest);
  const transform: Transform = {
    slots: 0,
    apply(direction, _, { kernels }) {
      const { byteOffset, length } = direction;
      const norm = (): number => Math.sqrt(kernels.dot(byteOffset, byteOffset, length));
      // If squares overflow, the entries are first scaled to at most 1.
      const overflows = norm() === Infinity;
      if (overflows) kernels.scale(1 / kernels.maxAbsolute(byteOffset, length), byteOffset, length);
      const size = norm();
      if (overflows || size > largest) kernels.scale(largest / size, byteOffset, length);
    },
  };
  return withSpec(transform, { transform: "clipByNorm", largest });
}
