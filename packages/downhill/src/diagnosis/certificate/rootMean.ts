import type { Vector } from "../../core/vector.ts";
import type { LinearProblem } from "./linearProblem.ts";

/** The root of the weighted mean of ‖a − b‖² of the rows; without b of ‖a‖². */
export function rootMean({ parts, n, k }: LinearProblem, a: Float64Array, b?: Vector): number {
  const { weights } = parts;
  let sum = 0;
  for (let i = 0, at = 0; i < n; i++) {
    let square = 0;
    for (let c = 0; c < k; c++, at++) {
      const apart = a[at]! - (b ? b[at]! : 0);
      square += apart * apart;
    }
    sum += (weights ? weights[i]! : 1) * square;
  }
  return Math.sqrt(sum / n);
}
