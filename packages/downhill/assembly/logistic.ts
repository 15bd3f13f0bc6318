// z scores, overwritten by the slopes; y labels, −1 or 1; w weights (0: none); n numbers each; x = −y z.

import { affine, affineBack } from "./affine";
import { expMinusAbsolute, log1p } from "./elementary";
import { bytesOf, getPair, plusProduct, putPair, sumOfLanes } from "./lanes";

/** −y z of a pair. */
// @ts-ignore: decorator
@inline
function minusMargin<T>(z: usize, y: usize, full: bool): v128 {
  return f64x2.mul(f64x2.neg(getPair<T>(y, full)), getPair<T>(z, full));
}

/** e^{−|x|} with the sign of x. */
// @ts-ignore: decorator
@inline
export function signedExponential(x: v128): v128 {
  return v128.or(expMinusAbsolute(x), v128.and(x, f64x2.splat(-0.0)));
}

// @ts-ignore: decorator
@inline
function positive(x: v128): v128 {
  return f64x2.pmax(x, f64x2.splat(0));
}

/** 1/(1 + e^{−x}) from e^{−|x|} with the sign of x. */
// @ts-ignore: decorator
@inline
export function sigmoidFromSigned(signed: v128): v128 {
  const one = f64x2.splat(1);
  const numerator = v128.bitselect(f64x2.abs(signed), one, v128.lt<i64>(signed, i64x2.splat(0)));
  return f64x2.div(numerator, f64x2.add(one, f64x2.abs(signed)));
}

/** −y σ(x) w, from e^{−|x|} with the sign of x. */
// @ts-ignore: decorator
@inline
function slope(signed: v128, y: v128, weight: v128): v128 {
  return f64x2.mul(weight, f64x2.mul(f64x2.neg(y), sigmoidFromSigned(signed)));
}

/** The weights of a pair, or of one number and a zero. */
// @ts-ignore: decorator
@inline
function weights<T>(w: usize, at: usize, full: bool): v128 {
  if (w != 0) return getPair<T>(w + at, full);
  return full ? f64x2.splat(1) : f64x2(1, 0);
}

/** sum + w ln(1 + eˣ) over one pair, or two; the slopes overwrite the scores. */
// @ts-ignore: decorator
@inline
function plusLosses<T>(pairs: i32, sum: v128, z: usize, y: usize, w: usize, at: usize, full: bool): v128 {
  const pair: usize = 2 * sizeof<T>();
  const x = minusMargin<T>(z + at, y + at, full);
  const x2 = pairs == 2 ? minusMargin<T>(z + at + pair, y + at + pair, true) : x;
  const e = signedExponential(x);
  const e2 = pairs == 2 ? signedExponential(x2) : e;
  const weight = weights<T>(w, at, full);
  const weight2 = pairs == 2 ? weights<T>(w, at + pair, true) : weight;
  const s = slope(e, getPair<T>(y + at, full), weight);
  const s2 = pairs == 2 ? slope(e2, getPair<T>(y + at + pair, true), weight2) : s;
  const l = f64x2.add(positive(x), log1p(f64x2.abs(e)));
  const l2 = pairs == 2 ? f64x2.add(positive(x2), log1p(f64x2.abs(e2))) : l;
  putPair<T>(z + at, s, full);
  if (pairs == 2) putPair<T>(z + at + pair, s2, true);
  sum = plusProduct<f64>(sum, weight, l);
  return pairs == 2 ? plusProduct<f64>(sum, weight2, l2) : sum;
}

/**
 * Σ w ln(1 + eˣ) = Σ w (max(0, x) + ln(1 + e^{−|x|})), in the two lanes of one vector, which are added at the end. It takes two
 * pairs at a time, so that a processor can work on one pair while the other waits, and loads constants half as often.
 */
export function logistic<T>(z: usize, y: usize, w: usize, n: i32): f64 {
  return sumOfLanes<f64>(plusAll<T>(f64x2.splat(0), z, y, w, n));
}

/** sum + the losses of n rows; the slopes overwrite the scores. */
function plusAll<T>(sum: v128, z: usize, y: usize, w: usize, n: i32): v128 {
  const pair: usize = 2 * sizeof<T>();
  const bytes = bytesOf<T>(n);
  let i: usize = 0;
  for (const twos = bytes & ~(2 * pair - 1); i < twos; i += 2 * pair) sum = plusLosses<T>(2, sum, z, y, w, i, true);
  for (; i < bytes; i += pair) sum = plusLosses<T>(1, sum, z, y, w, i, i + pair <= bytes);
  return sum;
}

const ROWS = 8; // rows that stay in the first cache between their scores and their part of the gradient

/** affine of one output, logistic and affineBack, a few rows at a time, with the same bits. W and GW are followed by b and Gb. */
export function logisticRows<T>(
  X: usize, W: usize, z: usize, y: usize, w: usize, GW: usize, n: i32, d: i32, scratch: usize,
): f64 {
  const row = bytesOf<T>(d);
  const step = bytesOf<T>(ROWS);
  let sum = f64x2.splat(0);
  for (; n > 0; n -= ROWS, X += <usize>ROWS * row, z += step, y += step) {
    const m = min(n, ROWS);
    affine<T>(X, W, W + row, z, m, d, 1, scratch);
    sum = plusAll<T>(sum, z, y, w, m);
    affineBack<T>(z, X, GW, GW + row, m, d, 1, scratch);
    if (w != 0) w += step;
  }
  return sumOfLanes<f64>(sum);
}
