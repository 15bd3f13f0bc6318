// The smoothed hinge: slopes, second derivatives, and sums over the rows. All numbers are float64.

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

/**
 * With r = 1/√(u² + 4 width²) and α = (1 + u r) / 2: S_i ← −w y α, Q_i ← ½ w (1 − (2|s| − 1) u r) r, and out ← Σ w (max(0, u) − α u), for n
 * rows, an even number. The rows are computed in pairs, and added one after another.
 */
export function smoothSlopes(
  u: usize,
  y: usize,
  w: usize,
  s: usize,
  S: usize,
  Q: usize,
  out: usize,
  n: i32,
  width: f64,
): void {
  const square = f64x2.splat(4 * width * width);
  const ones = f64x2.splat(1);
  const halves = f64x2.splat(0.5);
  let error: f64 = 0;
  for (const last = u + bytesOf<f64>(n); u != last; u += 16, y += 16, w += 16, s += 16, S += 16, Q += 16) {
    const x = v128.load(u);
    const weight = v128.load(w);
    const r = f64x2.div(ones, f64x2.sqrt(f64x2.add(f64x2.mul(x, x), square)));
    const slope = f64x2.mul(x, r);
    const alpha = f64x2.mul(halves, f64x2.add(ones, slope));
    v128.store(S, f64x2.mul(f64x2.mul(f64x2.neg(weight), v128.load(y)), alpha));
    const size = f64x2.abs(v128.load(s));
    const part = f64x2.mul(f64x2.sub(f64x2.add(size, size), ones), slope);
    v128.store(Q, f64x2.mul(f64x2.mul(f64x2.mul(halves, weight), f64x2.sub(ones, part)), r));
    const isPositive = f64x2.gt(x, f64x2.splat(0));
    const rest = v128.bitselect(f64x2.sub(ones, alpha), f64x2.neg(alpha), isPositive);
    const wrong = f64x2.mul(weight, f64x2.mul(rest, x));
    error = error + f64x2.extract_lane(wrong, 0) + f64x2.extract_lane(wrong, 1);
  }
  store<f64>(out, error);
}
