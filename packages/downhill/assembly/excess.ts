// The excess of slopes: loss(z) + loss*(s) − s z, with the conjugate loss*. It is at least 0, and 0 where s is the slope at z. All
// numbers are float64: Z scores, S slopes, Y targets or class indices, w weights, one per row (0: none).

import { exp, log } from "./elementary";
import { bytesOf, fullPairs, getPair, sumOfLanes } from "./lanes";
import * as lossCodes from "../src/kernels/lossCodes";
import { softmax } from "./softmax";

/** x where it is above 0 or NaN, else 0. */
// @ts-ignore: decorator
@inline
function positive(x: v128): v128 {
  return f64x2.pmax(x, f64x2.splat(0));
}

/** eˣ of x ≤ 40. */
function expOnce(x: v128): v128 {
  return exp(x);
}

/** a ln(a/q) − a + q of a pair. Its terms would cancel for a near q: there it is q ((1 + t) ln(1 + t) − t) as a power series. */
function divergence(a: v128, q: v128): v128 {
  const t = f64x2.div(f64x2.sub(a, q), q);
  const near = f64x2.lt(f64x2.abs(t), f64x2.splat(0.02));
  const t2 = f64x2.mul(t, t);
  const low = f64x2.sub(f64x2.splat(0.5), f64x2.mul(t, f64x2.splat(1 / 6.0)));
  const middle = f64x2.sub(f64x2.splat(1 / 12.0), f64x2.mul(t, f64x2.splat(1 / 20.0)));
  const high = f64x2.sub(f64x2.splat(1 / 30.0), f64x2.mul(t, f64x2.splat(1 / 42.0)));
  const rest = f64x2.add(high, f64x2.mul(t2, f64x2.splat(1 / 56.0)));
  const series = f64x2.add(low, f64x2.mul(t2, f64x2.add(middle, f64x2.mul(t2, rest))));
  let result = f64x2.mul(f64x2.mul(q, t2), series);
  if (!i64x2.all_true(near)) {
    const terms = f64x2.add(f64x2.sub(f64x2.mul(a, log(f64x2.div(a, q))), a), q);
    result = v128.bitselect(result, positive(terms), near);
  }
  return v128.bitselect(q, result, f64x2.eq(a, f64x2.splat(0)));
}

/** The excess of a pair, of the loss `kind`. For crossEntropy z are probabilities, and y is 1 for the class and 0 for the others. */
function ofPair(kind: i32, z: v128, y: v128, s: v128, c: f64, low: f64, high: f64): v128 {
  const one = f64x2.splat(1);
  if (kind == lossCodes.crossEntropy) return divergence(positive(f64x2.add(s, y)), z);
  if (kind == lossCodes.halfSquared || kind == lossCodes.huber) {
    const off = f64x2.sub(z, y);
    if (kind == lossCodes.halfSquared) {
      const apart = f64x2.sub(s, off);
      return f64x2.mul(f64x2.mul(f64x2.splat(0.5), apart), apart);
    }
    const own = f64x2.pmin(f64x2.pmax(f64x2.mul(f64x2.splat(c), off), f64x2.splat(-low)), f64x2.splat(high));
    const apart = f64x2.sub(own, s);
    const within = f64x2.mul(f64x2.mul(apart, f64x2.splat(0.5 / c)), apart);
    return f64x2.add(within, f64x2.mul(apart, f64x2.sub(off, f64x2.div(own, f64x2.splat(c)))));
  }
  if (kind == lossCodes.poisson) {
    const limited = f64x2.pmin(z, f64x2.splat(40));
    const mean = expOnce(limited);
    const a = f64x2.add(s, y);
    return f64x2.add(divergence(positive(a), mean), f64x2.mul(f64x2.sub(z, limited), f64x2.sub(mean, a)));
  }
  const ys = f64x2.mul(y, s);
  const yz = f64x2.mul(y, z);
  if (kind == lossCodes.logistic) {
    const e = expOnce(f64x2.neg(f64x2.abs(yz)));
    const total = f64x2.add(one, e);
    const right = f64x2.ge(yz, f64x2.splat(0));
    const q = f64x2.div(v128.bitselect(e, one, right), total);
    const rest = f64x2.div(v128.bitselect(one, e, right), total);
    return f64x2.add(divergence(f64x2.neg(ys), q), divergence(f64x2.add(one, ys), rest));
  }
  const below = f64x2.sub(one, yz);
  const inside = f64x2.gt(below, f64x2.splat(0));
  if (kind == lossCodes.hinge) {
    return f64x2.mul(v128.bitselect(f64x2.add(one, ys), ys, inside), below);
  }
  const half = f64x2.mul(f64x2.neg(ys), f64x2.splat(0.5));
  const apart = f64x2.sub(below, half);
  const outside = f64x2.sub(f64x2.mul(half, half), f64x2.mul(f64x2.mul(f64x2.splat(2), half), below));
  return v128.bitselect(f64x2.mul(apart, apart), outside, inside);
}

/** Two numbers, or one number twice, so that both lanes take the same short way. */
// @ts-ignore: decorator
@inline
function pairOrTwice(at: usize, full: bool): v128 {
  return full ? v128.load(at) : v128.load64_splat(at);
}

/** 1 in the lanes of the class, if it is among the columns j and j + 1, or only j. */
// @ts-ignore: decorator
@inline
function indicator(own: f64, j: f64, full: bool): v128 {
  return v128.and(f64x2.eq(f64x2(j, full ? j + 1 : j), f64x2.splat(own)), f64x2.splat(1));
}

/**
 * Σ w · excess. In each row, sums alternate between two lanes; without weights, or for k = 1, the rows of a scalar loss are one long
 * row. A weight of 0 leaves the row out. For crossEntropy the probabilities overwrite Z.
 */
export function excess(
  kind: i32, Z: usize, Y: usize, S: usize, w: usize, n: i32, k: i32, c: f64, low: f64, high: f64,
): f64 {
  const ofClasses = kind == lossCodes.crossEntropy;
  if (ofClasses) softmax<f64>(Z, n, k);
  const long = !ofClasses && (w == 0 || k == 1);
  const rows = long ? 1 : n;
  const bytes = bytesOf<f64>(long ? n * k : k);
  const full = fullPairs<f64>(bytes);
  const weighted = long && w != 0;
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, Z += bytes, S += bytes) {
    const own = ofClasses ? load<f64>(Y + bytesOf<f64>(i)) : 0;
    const ofRow = f64x2.splat(weighted || w == 0 ? 1 : load<f64>(w + bytesOf<f64>(i)));
    let partial = f64x2.splat(0);
    for (let j: usize = 0; j < bytes; j += 16) {
      const isFull = j < full;
      const y = ofClasses ? indicator(own, <f64>(j >> 3), isFull) : pairOrTwice(Y + j, isFull);
      const weight = weighted ? getPair<f64>(w + j, isFull) : ofRow;
      const all = ofPair(kind, pairOrTwice(Z + j, isFull), y, pairOrTwice(S + j, isFull), c, low, high);
      const used = v128.and(f64x2.mul(weight, all), f64x2.ne(weight, f64x2.splat(0)));
      partial = f64x2.add(partial, isFull ? used : f64x2.replace_lane(used, 1, 0));
    }
    if (!ofClasses) Y += bytes;
    sum += sumOfLanes<f64>(partial);
  }
  return sum;
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
