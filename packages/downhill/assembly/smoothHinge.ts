// Sums over the rows of a smoothed hinge. All numbers are float64.

import { bytesOf } from "./lanes";

/**
 * out_0 ← Σ w a (1 + x r) and out_1 ← Σ w a² r³ with x = u + t a and r = 1/√(x² + square), for n rows, an even number. The rows are computed
 * in pairs, and added one after another.
 */
export function smoothSums(u: usize, a: usize, w: usize, out: usize, n: i32, t: f64, square: f64): void {
  let slope: f64 = 0;
  let bend: f64 = 0;
  for (const last = u + bytesOf<f64>(n); u != last; u += 16, a += 16, w += 16) {
    const along = v128.load(a);
    const x = f64x2.add(v128.load(u), f64x2.mul(f64x2.splat(t), along));
    const r = f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(f64x2.mul(x, x), f64x2.splat(square))));
    const change = f64x2.mul(v128.load(w), along);
    const one = f64x2.mul(change, f64x2.add(f64x2.splat(1), f64x2.mul(x, r)));
    const two = f64x2.mul(f64x2.mul(f64x2.mul(f64x2.mul(change, along), r), r), r);
    slope = slope + f64x2.extract_lane(one, 0) + f64x2.extract_lane(one, 1);
    bend = bend + f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
  }
  store<f64>(out, slope);
  store<f64>(out, bend, 8);
}
