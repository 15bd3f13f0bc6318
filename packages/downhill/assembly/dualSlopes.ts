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

/** Two numbers, in the lanes of one vector. */
// @ts-ignore: decorator
@inline
function both(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1);
}

// @ts-ignore: decorator
@inline
function putBoth(a: usize, b: usize, value: v128): void {
  v128.store64_lane(a, value, 0);
  v128.store64_lane(b, value, 1);
}

/** 1 in the lane of a row whose class is in this column. */
// @ts-ignore: decorator
@inline
function isOwn(own: v128, column: v128): v128 {
  return v128.and(f64x2.eq(own, column), f64x2.splat(1));
}

/** Rows are processed in pairs; the last one may be a pair with itself. */
function limitClasses(Y: usize, S: usize, n: i32, k: i32, open: usize): void {
  const row = bytesOf<f64>(k);
  const one = f64x2.splat(1);
  for (let i = 0; i < n; i += 2) {
    const next = i + 1 < n ? row : 0;
    const own = both(Y + bytesOf<f64>(i), Y + bytesOf<f64>(min(i + 1, n - 1)));
    let total = f64x2.splat(0);
    let column = f64x2.splat(0);
    for (let j: usize = 0; j < row; j += 8) {
      const s = f64x2.pmax(f64x2.splat(0), both(S + j, S + next + j));
      const isOpen = f64x2.gt(v128.load64_splat(open + j), f64x2.splat(0));
      const other = v128.andnot(v128.and(s, isOpen), f64x2.eq(own, column));
      total = f64x2.add(total, other);
      putBoth(S + j, S + next + j, other);
      column = f64x2.add(column, one);
    }
    const divisor = f64x2.pmax(one, total);
    const isAbove = v128.any_true(f64x2.gt(total, one));
    if (isAbove) {
      for (let j: usize = 0; j < row; j += 8) {
        putBoth(S + j, S + next + j, f64x2.div(both(S + j, S + next + j), divisor));
      }
    }
    const least = f64x2.neg(f64x2.pmin(total, one));
    const first = bytesOf<f64>(<i32>f64x2.extract_lane(own, 0));
    const second = bytesOf<f64>(<i32>f64x2.extract_lane(own, 1));
    putBoth(S + first, S + next + second, least);
    S += row + next;
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
  const one = f64x2.splat(1);
  for (let i = 0; i < n; i += 2) {
    const next = i + 1 < n ? row : 0;
    const own = both(Y + bytesOf<f64>(i), Y + bytesOf<f64>(min(i + 1, n - 1)));
    let mean = f64x2.splat(0);
    let column = f64x2.splat(0);
    for (let j: usize = 0; j < row; j += 8) {
      const p = f64x2.add(both(S + j, S + next + j), isOwn(own, column));
      mean = f64x2.add(mean, f64x2.mul(p, both(T + j, T + next + j)));
      column = f64x2.add(column, one);
    }
    column = f64x2.splat(0);
    for (let j: usize = 0; j < row; j += 8) {
      const p = f64x2.add(both(S + j, S + next + j), isOwn(own, column));
      putBoth(T + j, T + next + j, f64x2.mul(p, f64x2.sub(both(T + j, T + next + j), mean)));
      column = f64x2.add(column, one);
    }
    S += row + next;
    T += row + next;
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

/** out ← x, from float32 to float64. */
export function widen(x: usize, out: usize, n: i32): void {
  const full = n & ~1;
  let i = 0;
  for (; i < full; i += 2) {
    v128.store(out + bytesOf<f64>(i), f64x2.promote_low_f32x4(v128.load64_zero(x + bytesOf<f32>(i))));
  }
  if (i < n) store<f64>(out + bytesOf<f64>(i), <f64>load<f32>(x + bytesOf<f32>(i)));
}
