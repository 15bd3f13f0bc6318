import { requirePositive } from "../core/check.ts";
import type { Transform } from "./transform.ts";

/** direction ← direction · min(1, largest / ‖direction‖). */
export function clipByNorm(largest: number): Transform {
  requirePositive("clipByNorm", "largest", largest);
  return {
    slots: 0,
    proximal: true,
    apply(direction, _, { kernels }) {
      const { byteOffset, length } = direction;
      const norm = Math.sqrt(kernels.dot(byteOffset, byteOffset, length));
      if (norm > largest) kernels.scale(largest / norm, byteOffset, length);
    },
  };
}
