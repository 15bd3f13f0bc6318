// Batches of one row of a linear model with one output: the same bits as affine, loss, affineBack, axpy and a subtraction, with
// scores, slopes and gradients in registers. x a row, w the weights, b the intercept, s the slope.

import { log1p } from "./elementary";
import { bytesOf, get, orZero, plusProduct, put, fullVectors, withoutTiny } from "./lanes";
import * as lossCodes from "../src/kernels/lossCodes";
import { signedExponential, sigmoidFromSigned } from "./logistic";
import { dot, dotOf } from "./vectors";

/** Lane 0: the loss of a score; lane 1: its slope. */
// @ts-ignore: decorator
@inline
function lossAndSlope(loss: i32, z: f64, y: f64): v128 {
  if (loss == lossCodes.logistic) {
    const x = f64x2.splat(-y * z);
    const signed = signedExponential(x);
    const value = f64x2.add(f64x2.pmax(x, f64x2.splat(0)), log1p(f64x2.abs(signed)));
    return f64x2.replace_lane(value, 1, -y * f64x2.extract_lane(sigmoidFromSigned(signed), 0));
  }
  if (loss == lossCodes.halfSquared) return f64x2(0.5 * (z - y) * (z - y), z - y);
  const margin = f64x2.extract_lane(f64x2.pmax(f64x2.splat(1 - y * z), f64x2.splat(0)), 0);
  if (loss == lossCodes.hinge) return f64x2(margin, y * z < 1 ? -y : 0);
  return f64x2(margin * margin, -2 * y * margin);
}

/** Does updates on n consecutive rows without weights; returns their number: it stops before a value that is not finite. */
export function sweepRows<T>(
  loss: i32, x: usize, y: usize, w: usize, rates: usize, values: usize, n: i32, d: i32, l2: f64,
): i32 {
  const row = bytesOf<T>(d);
  const b = w + row;
  const end = x + <usize>n * row;
  for (let i = 0; x != end; i++, x += row) {
    const z = dotOf<T>(x, w, row) + load<T>(b);
    const both = lossAndSlope(loss, <f64>z, <f64>load<T>(y + bytesOf<T>(i)));
    let value = f64x2.extract_lane(both, 0);
    const slope = <T>f64x2.extract_lane(both, 1);
    if (l2 > 0) value += 0.5 * l2 * dot<T>(w, w, d);
    if (!isFinite<f64>(value)) return i;
    store<f64>(values + bytesOf<f64>(i), value);
    const rate = <T>load<f64>(rates + bytesOf<f64>(i));
    descendRow<T>(x, slope, w, row, <T>l2, rate);
    store<T>(b, orZero<T>(load<T>(b) - rate * slope));
  }
  return n;
}

/** w ← w − rate (s x + l2 w); tiny results become 0. */
// @ts-ignore: decorator
@inline
function descendRow<T>(x: usize, s: T, w: usize, row: usize, l2: T, rate: T): void {
  const slope = v128.splat<T>(s);
  const penalty = v128.splat<T>(l2);
  const r = v128.splat<T>(rate);
  const full = fullVectors(row);
  if (l2 > 0) {
    for (let j: usize = 0; j < full; j += 16) penalised<T>(x + j, slope, w + j, penalty, r, true);
    for (let j = full; j < row; j += sizeof<T>()) penalised<T>(x + j, slope, w + j, penalty, r, false);
  } else {
    for (let j: usize = 0; j < full; j += 16) bare<T>(x + j, slope, w + j, r, true);
    for (let j = full; j < row; j += sizeof<T>()) bare<T>(x + j, slope, w + j, r, false);
  }
}

// @ts-ignore: decorator
@inline
function penalised<T>(x: usize, s: v128, w: usize, l2: v128, rate: v128, full: bool): void {
  const from = get<T>(w, full);
  const g = plusProduct<T>(plusProduct<T>(v128.splat<T>(0), s, get<T>(x, full)), l2, from);
  put<T>(w, withoutTiny<T>(v128.sub<T>(from, v128.mul<T>(rate, g))), full);
}

// @ts-ignore: decorator
@inline
function bare<T>(x: usize, s: v128, w: usize, rate: v128, full: bool): void {
  const g = plusProduct<T>(v128.splat<T>(0), s, get<T>(x, full));
  put<T>(w, withoutTiny<T>(v128.sub<T>(get<T>(w, full), v128.mul<T>(rate, g))), full);
}
