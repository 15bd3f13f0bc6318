// Z scores n × k, overwritten by the slopes; Y targets; w weights, one per row (0: none); z, y a pair of scores and its
// targets.
//
// huber has three numbers: the curvature c, and the limits of its slope, −low and high. Other losses do not use them.
//
// Sums alternate between the two lanes of one vector (a last odd number is in lane 0), and then the lanes are added. With
// weights and k > 1, each row is summed like this, and the rows are added in order.

import { atLeast, atMost, expm1, log } from "./elementary";
import { bytesOf, getPair, putPair, sumOfLanes, fullPairs } from "./lanes";
import * as lossCodes from "../src/kernels/lossCodes";

/** ln x. It is not inlined, so that the module has it once for poisson. */
function logOnce(x: v128): v128 {
  return log(x);
}

/** eˣ − 1 of x limited to −50 … 709. It is not inlined either. */
function expm1Once(x: v128): v128 {
  return expm1(atMost(atLeast(x, -50), 709));
}

/** w · loss of a pair; the slopes overwrite the scores. `kind` is a constant at every call, because this is inlined. */
// @ts-ignore: decorator
@inline
function step<T>(
  kind: i32, z: usize, y: usize, weight: v128, full: bool, c: f64, low: f64, high: f64,
): v128 {
  const score = getPair<T>(z, full);
  const target = getPair<T>(y, full);
  const zero = f64x2.splat(0);
  let loss: v128;
  let slope: v128;
  if (kind == lossCodes.halfSquared) {
    slope = f64x2.sub(score, target);
    loss = f64x2.mul(f64x2.mul(f64x2.splat(0.5), slope), slope);
  } else if (kind == lossCodes.huber) {
    const off = f64x2.sub(score, target);
    slope = atMost(atLeast(f64x2.mul(f64x2.splat(c), off), -low), high);
    loss = f64x2.mul(slope, f64x2.sub(off, f64x2.mul(f64x2.splat(0.5 / c), slope)));
  } else if (kind == lossCodes.poisson) {
    const m = v128.bitselect(target, f64x2.splat(1), f64x2.gt(target, zero));
    const logM = logOnce(m);
    const limited = atMost(score, 40);
    const p = f64x2.mul(m, expm1Once(f64x2.sub(limited, logM)));
    slope = f64x2.add(p, f64x2.sub(m, target));
    loss = f64x2.sub(slope, f64x2.mul(target, f64x2.sub(score, logM)));
    loss = f64x2.add(loss, f64x2.mul(f64x2.add(p, m), f64x2.sub(score, limited)));
  } else {
    const yz = f64x2.mul(target, score);
    const margin = f64x2.pmax(f64x2.sub(f64x2.splat(1), yz), zero);
    if (kind == lossCodes.hinge) {
      loss = margin;
      slope = v128.and(f64x2.lt(yz, f64x2.splat(1)), f64x2.neg(target));
    } else {
      loss = f64x2.mul(margin, margin);
      slope = f64x2.mul(f64x2.mul(f64x2.splat(-2), target), margin);
    }
  }
  putPair<T>(z, f64x2.mul(weight, slope), full);
  return f64x2.mul(weight, loss);
}

/** The sum over all scores; without weights, or for k = 1, the scores are one long row. */
// @ts-ignore: decorator
@inline
function total<T>(
  kind: i32, Z: usize, Y: usize, w: usize, n: i32, k: i32, c: f64 = 0, low: f64 = 0, high: f64 = 0,
): f64 {
  const long = w == 0 || k == 1;
  const rows = long ? 1 : n;
  const bytes = bytesOf<T>(long ? n * k : k);
  const full = fullPairs<T>(bytes);
  const weighted = w != 0 && k == 1; // a weight for each number
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, Z += bytes, Y += bytes) {
    const weight = f64x2.splat(weighted ? 1 : weightOf<T>(w, i));
    let partial = f64x2.splat(0);
    for (let j: usize = 0; j < full; j += 2 * sizeof<T>()) {
      const both = weighted ? getPair<T>(w + j, true) : weight;
      partial = f64x2.add(partial, step<T>(kind, Z + j, Y + j, both, true, c, low, high));
    }
    if (full < bytes) {
      const last = weighted ? getPair<T>(w + full, false) : weight;
      const loss = step<T>(kind, Z + full, Y + full, last, false, c, low, high);
      partial = f64x2.add(partial, f64x2.replace_lane(f64x2.splat(0), 0, f64x2.extract_lane(loss, 0)));
    }
    sum += sumOfLanes<f64>(partial);
  }
  return sum;
}

export function halfSquared<T>(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total<T>(lossCodes.halfSquared, Z, Y, w, n, k);
}

export function hinge<T>(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total<T>(lossCodes.hinge, Z, Y, w, n, k);
}

export function squaredHinge<T>(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total<T>(lossCodes.squaredHinge, Z, Y, w, n, k);
}

export function huber<T>(
  Z: usize, Y: usize, w: usize, n: i32, k: i32, c: f64, low: f64, high: f64,
): f64 {
  return total<T>(lossCodes.huber, Z, Y, w, n, k, c, low, high);
}

export function poisson<T>(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total<T>(lossCodes.poisson, Z, Y, w, n, k);
}

// @ts-ignore: decorator
@inline
function weightOf<T>(w: usize, i: i32): f64 {
  return w == 0 ? 1 : load<T>(w + bytesOf<T>(i));
}
