// z scores, overwritten by the slopes; y labels, −1 or 1; w weights (0: none); n numbers each; x = −y z.

import { expMinusAbsolute, log1p } from "./elementary";
import { bytesOf, getPair, putPair, sumOfLanes, wholePairs } from "./lanes";

/** −y z of a pair. */
// @ts-ignore: decorator
@inline
function minusMargin<T>(z: usize, y: usize, whole: bool): v128 {
  return f64x2.mul(f64x2.neg(getPair<T>(y, whole)), getPair<T>(z, whole));
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

/** w ln(1 + e^{−|x|}) of a pair, and its slopes, from e^{−|x|} with the sign of x. */
// @ts-ignore: decorator
@inline
function slope<T>(signed: v128, z: usize, y: usize, weight: v128, whole: bool): v128 {
  putPair<T>(
    z, f64x2.mul(weight, f64x2.mul(f64x2.neg(getPair<T>(y, whole)), sigmoidFromSigned(signed))), whole,
  );
  return f64x2.mul(weight, log1p(f64x2.abs(signed)));
}

/** The weights of a pair. */
// @ts-ignore: decorator
@inline
function weights<T>(w: usize, at: usize, whole: bool): v128 {
  return w == 0 ? f64x2.splat(1) : getPair<T>(w + at, whole);
}

/** First half, of float64: w max(0, x); e^{−|x|}, with the sign of x, overwrites the scores. */
// @ts-ignore: decorator
@inline
function exponential(z: usize, y: usize, w: usize, at: usize, whole: bool): v128 {
  const x = minusMargin<f64>(z + at, y + at, whole);
  putPair<f64>(z + at, signedExponential(x), whole);
  return f64x2.mul(weights<f64>(w, at, whole), positive(x));
}

/** Second half, of float64: w ln(1 + e^{−|x|}); the slopes overwrite what the first left. */
// @ts-ignore: decorator
@inline
function logarithm(z: usize, y: usize, w: usize, at: usize, whole: bool): v128 {
  return slope<f64>(getPair<f64>(z + at, whole), z + at, y + at, weights<f64>(w, at, whole), whole);
}

/** Both halves at once: the exponential may not be rounded to the scores' own type on the way. */
// @ts-ignore: decorator
@inline
function both<T>(z: usize, y: usize, w: usize, at: usize, whole: bool): v128 {
  const x = minusMargin<T>(z + at, y + at, whole);
  const weight = weights<T>(w, at, whole);
  return f64x2.add(
    f64x2.mul(weight, positive(x)),
    slope<T>(signedExponential(x), z + at, y + at, weight, whole),
  );
}

/**
 * Σ w ln(1 + eˣ) = Σ w max(0, x) + Σ w ln(1 + e^{−|x|}), in the two lanes of one vector, which are added at the end. For
 * float64 in two loops, one for each sum, because a chain of operations from the score to its logarithm is so long that
 * a processor finds too little to do beside it.
 */
export function logistic<T>(z: usize, y: usize, w: usize, n: i32): f64 {
  const bytes = bytesOf<T>(n);
  const whole = wholePairs<T>(bytes);
  let sum = f64x2.splat(0);
  if (sizeof<T>() == 8) {
    for (let i: usize = 0; i < whole; i += 16) sum = f64x2.add(sum, exponential(z, y, w, i, true));
    if (whole < bytes) sum = f64x2.add(sum, first(exponential(z, y, w, whole, false)));
    for (let i: usize = 0; i < whole; i += 16) sum = f64x2.add(sum, logarithm(z, y, w, i, true));
    if (whole < bytes) sum = f64x2.add(sum, first(logarithm(z, y, w, whole, false)));
  } else {
    for (let i: usize = 0; i < whole; i += 2 * sizeof<T>()) sum = f64x2.add(sum, both<T>(z, y, w, i, true));
    if (whole < bytes) sum = f64x2.add(sum, first(both<T>(z, y, w, whole, false)));
  }
  return sumOfLanes<f64>(sum);
}

/** Lane 0, and a zero. */
// @ts-ignore: decorator
@inline
function first(v: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(0), 0, f64x2.extract_lane(v, 0));
}
