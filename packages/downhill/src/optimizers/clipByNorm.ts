import { requirePositive } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import type { Transform } from "./transform.ts";

/** direction ← direction · min(1, largest / ‖direction‖). With l1 it has no meaning: at an optimum the gradient is not 0. */
export function clipByNorm(largest: number): Transform {
  requirePositive("clipByNorm", "largest", largest);
  const transform: Transform = {
    slots: 0,
    apply(direction, _, { kernels }) {
      const { byteOffset, length } = direction;
      const norm = (): number => Math.sqrt(kernels.dot(byteOffset, byteOffset, length));
      // Entries whose squares overflow are first brought to at most 1.
      const overflows = norm() === Infinity;
      if (overflows) kernels.scale(1 / kernels.maxAbsolute(byteOffset, length), byteOffset, length);
      const size = norm();
      if (overflows || size > largest) kernels.scale(largest / size, byteOffset, length);
    },
  };
  return withSpec(transform, { transform: "clipByNorm", largest });
}
