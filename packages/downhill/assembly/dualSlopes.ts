// Slopes S of a loss as a point of the dual problem: n rows of k float64 numbers. Y targets or class indices, w weights, one per row
// (0: none). For crossEntropy the probability of a class is its slope, plus 1 for the class of the row.

import { bytesOf, fullPairs, getPair, putPair } from "./lanes";
import * as lossCodes from "../src/kernels/lossCodes";

const HIGHEST: f64 = 2.3538526683701997e17; // e^40, the largest mean of poisson

// @ts-ignore: decorator
@inline
function clamp(x: v128, low: v128, high: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, low), high);
}

/** The slopes of a pair, limited to those that the loss can have. */
// @ts-ignore: decorator
@inline
function limited(kind: i32, s: v128, y: v128, low: f64, high: f64): v128 {
  const zero = f64x2.splat(0);
  if (kind == lossCodes.huber) return clamp(s, f64x2.splat(-low), f64x2.splat(high));
  const minus = f64x2.neg(y);
  if (kind == lossCodes.poisson) return clamp(s, minus, f64x2.sub(f64x2.splat(HIGHEST), y));
  const right = f64x2.gt(y, zero);
  if (kind == lossCodes.squaredHinge) {
    return clamp(s, v128.and(right, f64x2.splat(-Infinity)), v128.andnot(f64x2.splat(Infinity), right));
  }
  return clamp(s, v128.and(right, f64x2.splat(-1)), v128.andnot(f64x2.splat(1), right));
}

/** The second derivatives of a pair, where the slopes are s. */
// @ts-ignore: decorator
@inline
function bent(kind: i32, s: v128, y: v128, c: f64, low: f64, high: f64): v128 {
  if (kind == lossCodes.huber) {
    const inside = v128.and(f64x2.lt(f64x2.splat(-low), s), f64x2.lt(s, f64x2.splat(high)));
    return v128.and(inside, f64x2.splat(c));
  }
  if (kind == lossCodes.poisson) return f64x2.add(s, y);
  if (kind == lossCodes.squaredHinge) return v128.and(f64x2.ne(s, f64x2.splat(0)), f64x2.splat(2));
  const a = f64x2.mul(f64x2.neg(y), s);
  return f64x2.mul(f64x2.mul(a, f64x2.sub(f64x2.splat(1), a)), f64x2.splat(c));
}

function limitClasses(Y: usize, S: usize, n: i32, k: i32, open: usize): void {
  const row = bytesOf<f64>(k);
  for (let i = 0; i < n; i++, S += row) {
    const own = bytesOf<f64>(<i32>load<f64>(Y + bytesOf<f64>(i)));
    let total: f64 = 0;
    for (let j: usize = 0; j < row; j += 8) {
      if (j == own) continue;
      const s = load<f64>(S + j);
      if (s > 0 && load<f64>(open + j) > 0) total += s;
      else store<f64>(S + j, 0);
    }
    if (total > 1) for (let j: usize = 0; j < row; j += 8) store<f64>(S + j, load<f64>(S + j) / total);
    store<f64>(S + own, -min<f64>(total, 1));
  }
}

export function limitSlopes(
  kind: i32, Y: usize, S: usize, n: i32, k: i32, low: f64, high: f64, open: usize,
): void {
  if (kind == lossCodes.halfSquared) return;
  if (kind == lossCodes.crossEntropy) {
    limitClasses(Y, S, n, k, open);
    return;
  }
  const bytes = bytesOf<f64>(n * k);
  const full = fullPairs<f64>(bytes);
  for (let j: usize = 0; j < bytes; j += 16) {
    const isFull = j < full;
    putPair<f64>(S + j, limited(kind, getPair<f64>(S + j, isFull), getPair<f64>(Y + j, isFull), low, high), isFull);
  }
}

function bendClasses(Y: usize, S: usize, T: usize, n: i32, k: i32): void {
  const row = bytesOf<f64>(k);
  for (let i = 0; i < n; i++, S += row, T += row) {
    const own = bytesOf<f64>(<i32>load<f64>(Y + bytesOf<f64>(i)));
    let mean: f64 = 0;
    for (let j: usize = 0; j < row; j += 8) mean += (load<f64>(S + j) + (j == own ? 1 : 0)) * load<f64>(T + j);
    for (let j: usize = 0; j < row; j += 8) {
      store<f64>(T + j, (load<f64>(S + j) + (j == own ? 1 : 0)) * (load<f64>(T + j) - mean));
    }
  }
}

export function bendSlopes(
  kind: i32, Y: usize, S: usize, T: usize, n: i32, k: i32, c: f64, low: f64, high: f64,
): void {
  if (kind == lossCodes.halfSquared) return;
  if (kind == lossCodes.crossEntropy) {
    bendClasses(Y, S, T, n, k);
    return;
  }
  const bytes = bytesOf<f64>(n * k);
  const full = fullPairs<f64>(bytes);
  for (let j: usize = 0; j < bytes; j += 16) {
    const isFull = j < full;
    const factor = bent(kind, getPair<f64>(S + j, isFull), getPair<f64>(Y + j, isFull), c, low, high);
    putPair<f64>(T + j, f64x2.mul(getPair<f64>(T + j, isFull), factor), isFull);
  }
}

export function slopeSums(S: usize, w: usize, out: usize, n: i32, k: i32): void {
  const row = bytesOf<f64>(k);
  let square = load<f64>(out + 2 * row);
  for (let c: usize = 0; c < row; c += 8) {
    let total = load<f64>(out + c);
    let rest = load<f64>(out + row + c);
    let at = S + c;
    for (let i = 0; i < n; i++, at += row) {
      const s = load<f64>(at);
      const x = w == 0 ? s : load<f64>(w + bytesOf<f64>(i)) * s;
      const next = total + x;
      const back = next - total;
      rest += total - (next - back) + (x - back);
      total = next;
      square += x * s;
    }
    store<f64>(out + c, total);
    store<f64>(out + row + c, rest);
  }
  store<f64>(out + 2 * row, square);
}
