import { elementTypeOf, type Vector } from "../core/vector.ts";
import type { Run } from "./optimizer.ts";

const PROBE_GAIN = 1e-2; // share of the value by which a probe should fall: far above rounding, in float32 too
const PROBES = 20; // the maximum number of probes; each is a tenth as long as the one before

/** The largest factor by which a learning rate, or the length of a step, grows in one update. */
export const GROWTH = 1000;
/** Relative; a smaller rise of the value is a rounding error. */
export const ROUNDING = { float64: 1e-14, float32: 1e-7 };

/**
 * Makes a function that computes the first learning rate: s·s / s·y of a probe, a small step s along the gradient that is not
 * kept. The probe's length has the units of the problem, because the value should fall by a hundredth of itself. The function
 * overwrites two vectors; it returns 0 if the square of the gradient is too small.
 */
export function bindFirstRate({ params, gradient, kernels, evaluate }: Run) {
  const n = gradient.length;
  const rounding = ROUNDING[elementTypeOf(gradient)];
  return (value: number, probed: Vector, slope: Vector): number => {
    const square = kernels.dot(gradient.byteOffset, gradient.byteOffset, n);
    if (square === 0) return kernels.maxAbsolute(gradient.byteOffset, n) === 0 ? 1 : 0; // train throws for a learning rate of 0
    let rate = value === 0 ? 1 / Math.sqrt(square) : (PROBE_GAIN * Math.abs(value)) / square;
    for (let probe = 1; ; probe++) {
      probed.set(params);
      kernels.axpy(-rate, gradient.byteOffset, probed.byteOffset, n);
      if (evaluate(probed, slope) <= value + rounding * Math.abs(value) || probe === PROBES) break;
      rate /= 10; // the probe passed the lowest point, where the curvature may differ
    }
    kernels.axpy(-1, gradient.byteOffset, slope.byteOffset, n);
    const fall = -kernels.dot(gradient.byteOffset, slope.byteOffset, n);
    return fall > 0 ? Math.min((rate * square) / fall, GROWTH * rate) : GROWTH * rate;
  };
}
