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
 * S_i ← −w y α with α = (1 + u/√(u² + 4 width²)) / 2; out ← Σ S, Σ w α, and Σ w (max(0, u) − α u), for n rows, an even number. The rows
 * are computed in pairs, and added one after another.
 */
export function smoothSlopes(u: usize, y: usize, w: usize, S: usize, out: usize, n: i32, width: f64): void {
  const square = f64x2.splat(4 * width * width);
  const ones = f64x2.splat(1);
  let sum: f64 = 0;
  let total: f64 = 0;
  let error: f64 = 0;
  for (const last = u + bytesOf<f64>(n); u != last; u += 16, y += 16, w += 16, S += 16) {
    const x = v128.load(u);
    const weight = v128.load(w);
    const root = f64x2.sqrt(f64x2.add(f64x2.mul(x, x), square));
    const alpha = f64x2.mul(f64x2.splat(0.5), f64x2.add(ones, f64x2.div(x, root)));
    const slope = f64x2.mul(f64x2.mul(f64x2.neg(weight), v128.load(y)), alpha);
    v128.store(S, slope);
    const own = f64x2.mul(weight, alpha);
    const isPositive = f64x2.gt(x, f64x2.splat(0));
    const part = v128.bitselect(f64x2.sub(ones, alpha), f64x2.neg(alpha), isPositive);
    const wrong = f64x2.mul(weight, f64x2.mul(part, x));
    sum = sum + f64x2.extract_lane(slope, 0) + f64x2.extract_lane(slope, 1);
    total = total + f64x2.extract_lane(own, 0) + f64x2.extract_lane(own, 1);
    error = error + f64x2.extract_lane(wrong, 0) + f64x2.extract_lane(wrong, 1);
  }
  store<f64>(out, sum);
  store<f64>(out, total, 8);
  store<f64>(out, error, 16);
}

/** Q_i ← ½ w square r³ with r = 1/√(u² + square), for n rows, an even number. */
export function smoothBends(u: usize, w: usize, Q: usize, n: i32, square: f64): void {
  const squares = f64x2.splat(square);
  for (const last = u + bytesOf<f64>(n); u != last; u += 16, w += 16, Q += 16) {
    const x = v128.load(u);
    const r = f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(f64x2.mul(x, x), squares)));
    const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), v128.load(w)), squares);
    v128.store(Q, f64x2.mul(f64x2.mul(f64x2.mul(half, r), r), r));
  }
}
