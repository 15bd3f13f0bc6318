// z scores, overwritten by the slopes; y labels, −1 or 1; w weights (0: none); n numbers each; x = −y z.

import { expMinusAbsolute, log1p } from "./elementary";
import { bytesOf, get, put, sumOfLanes, wholeVectors } from "./lanes";

/** w max(0, x) of one vector; e^{−|x|}, with the sign of x, overwrites the scores. */
// @ts-ignore: decorator
@inline
function exponential(z: usize, y: usize, weight: v128, whole: bool): v128 {
  const x = f64x2.mul(f64x2.neg(get<f64>(y, whole)), get<f64>(z, whole));
  put<f64>(z, v128.or(expMinusAbsolute(x), v128.and(x, f64x2.splat(-0.0))), whole);
  return f64x2.mul(weight, f64x2.pmax(x, f64x2.splat(0)));
}

/** w ln(1 + e^{−|x|}) of one vector; the slopes overwrite what `exponential` left. */
// @ts-ignore: decorator
@inline
function slope(z: usize, y: usize, weight: v128, whole: bool): v128 {
  const signed = get<f64>(z, whole);
  const e = f64x2.abs(signed);
  const one = f64x2.splat(1);
  const numerator = v128.bitselect(e, one, v128.lt<i64>(signed, i64x2.splat(0)));
  const sigmoid = f64x2.div(numerator, f64x2.add(one, e));
  put<f64>(z, f64x2.mul(weight, f64x2.mul(f64x2.neg(get<f64>(y, whole)), sigmoid)), whole);
  return f64x2.mul(weight, log1p(e));
}

/** The weights of one vector, or of one number. */
// @ts-ignore: decorator
@inline
function weights(w: usize, at: usize, whole: bool): v128 {
  return w == 0 ? f64x2.splat(1) : get<f64>(w + at, whole);
}

/**
 * Σ w ln(1 + eˣ) = Σ w max(0, x) + Σ w ln(1 + e^{−|x|}), each sum in the two lanes of one vector; then all lanes are
 * added. Two loops, because a chain of operations from the score to its logarithm is so long that a processor finds
 * too little to do beside it.
 */
export function logistic(z: usize, y: usize, w: usize, n: i32): f64 {
  const bytes = bytesOf<f64>(n);
  const whole = wholeVectors(bytes);
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < whole; i += 16) sum = f64x2.add(sum, exponential(z + i, y + i, weights(w, i, true), true));
  if (whole < bytes) sum = f64x2.add(sum, first(exponential(z + whole, y + whole, weights(w, whole, false), false)));
  for (let i: usize = 0; i < whole; i += 16) sum = f64x2.add(sum, slope(z + i, y + i, weights(w, i, true), true));
  if (whole < bytes) sum = f64x2.add(sum, first(slope(z + whole, y + whole, weights(w, whole, false), false)));
  return sumOfLanes<f64>(sum);
}

/** Lane 0, and a zero. */
// @ts-ignore: decorator
@inline
function first(v: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(0), 0, f64x2.extract_lane(v, 0));
}
