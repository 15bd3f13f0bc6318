// Z scores n × k, overwritten by the slopes; Y targets; w weights, one per row (0: none); z, y a pair of scores and its
// targets.
//
// Sums alternate between the two lanes of one vector (a last odd number is in lane 0), and then the lanes are added. With
// weights and k > 1, each row is summed like this, and the rows are added in order.

import { bytesOf, getPair, putPair, sumOfLanes, fullPairs } from "./lanes";
import * as lossCodes from "../src/kernels/lossCodes";

/** w · loss of a pair; the slopes overwrite the scores. `kind` is a constant at every call, because this is inlined. */
// @ts-ignore: decorator
@inline
function step<T>(kind: i32, z: usize, y: usize, weight: v128, full: bool): v128 {
  const score = getPair<T>(z, full);
  const target = getPair<T>(y, full);
  const zero = f64x2.splat(0);
  let loss: v128;
  let slope: v128;
  if (kind == lossCodes.halfSquared) {
    slope = f64x2.sub(score, target);
    loss = f64x2.mul(f64x2.mul(f64x2.splat(0.5), slope), slope);
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
function total<T>(kind: i32, Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
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
      partial = f64x2.add(partial, step<T>(kind, Z + j, Y + j, weighted ? getPair<T>(w + j, true) : weight, true));
    }
    if (full < bytes) {
      const last = weighted ? getPair<T>(w + full, false) : weight;
      const loss = step<T>(kind, Z + full, Y + full, last, false);
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

// @ts-ignore: decorator
@inline
function weightOf<T>(w: usize, i: i32): f64 {
  return w == 0 ? 1 : load<T>(w + bytesOf<T>(i));
}
