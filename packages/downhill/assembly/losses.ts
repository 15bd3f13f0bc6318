// Z scores n × k, overwritten by the slopes; Y targets, y the class indices; w weights, one per row (0: none); z, y one
// vector of scores and its targets.
//
// Sums over numbers take turns in the two lanes of one vector (an odd last number in lane 0); the lanes are added. With
// weights and k > 1, each row is summed so and the rows are added in order.

import { divide, exponentials, subtractLargest, sumInOrder } from "./activations";
import { log } from "./elementary";
import { bytesOf, get, put, sumOfLanes, wholeVectors } from "./lanes";
import { scale } from "./vectors";

const HALF_SQUARED = 0;
const HINGE = 2;
const SQUARED_HINGE = 3;

/** w · loss of one vector; its slopes overwrite the scores. `kind` is constant where this is inlined. */
// @ts-ignore: decorator
@inline
function step(kind: i32, z: usize, y: usize, weight: v128, whole: bool): v128 {
  const score = get<f64>(z, whole);
  const target = get<f64>(y, whole);
  const zero = f64x2.splat(0);
  let loss: v128;
  let slope: v128;
  if (kind == HALF_SQUARED) {
    slope = f64x2.sub(score, target);
    loss = f64x2.mul(f64x2.mul(f64x2.splat(0.5), slope), slope);
  } else {
    const yz = f64x2.mul(target, score);
    const margin = f64x2.pmax(f64x2.sub(f64x2.splat(1), yz), zero);
    if (kind == HINGE) {
      loss = margin;
      slope = v128.and(f64x2.lt(yz, f64x2.splat(1)), f64x2.neg(target));
    } else {
      loss = f64x2.mul(margin, margin);
      slope = f64x2.mul(f64x2.mul(f64x2.splat(-2), target), margin);
    }
  }
  put<f64>(z, f64x2.mul(weight, slope), whole);
  return f64x2.mul(weight, loss);
}

/** The sum over all scores; without weights, and for k = 1, they are one long row. */
// @ts-ignore: decorator
@inline
function total(kind: i32, Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  const long = w == 0 || k == 1;
  const rows = long ? 1 : n;
  const bytes = bytesOf<f64>(long ? n * k : k);
  const whole = wholeVectors(bytes);
  const weighted = w != 0 && k == 1; // number by number
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, Z += bytes, Y += bytes) {
    const weight = w == 0 || weighted ? f64x2.splat(1) : v128.load64_splat(w + bytesOf<f64>(i));
    let partial = f64x2.splat(0);
    for (let j: usize = 0; j < whole; j += 16) {
      partial = f64x2.add(partial, step(kind, Z + j, Y + j, weighted ? v128.load(w + j) : weight, true));
    }
    if (whole < bytes) {
      const last = weighted ? v128.load64_zero(w + whole) : weight;
      const loss = step(kind, Z + whole, Y + whole, last, false);
      partial = f64x2.add(partial, f64x2.replace_lane(f64x2.splat(0), 0, f64x2.extract_lane(loss, 0)));
    }
    sum += sumOfLanes<f64>(partial);
  }
  return sum;
}

export function halfSquared(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total(HALF_SQUARED, Z, Y, w, n, k);
}

export function hinge(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total(HINGE, Z, Y, w, n, k);
}

export function squaredHinge(Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  return total(SQUARED_HINGE, Z, Y, w, n, k);
}

/**
 * Σ w (m − z_y), m the largest score of the row, and Σ w ln Σ e^{z − m} are summed apart, in order; no term is negative.
 * Logarithms are taken two rows at a time.
 */
export function crossEntropy(Z: usize, y: usize, w: usize, n: i32, k: i32): f64 {
  const row = bytesOf<f64>(k);
  let gaps: f64 = 0;
  for (let i = 0, z = Z; i < n; i++, z += row) {
    subtractLargest(z, k);
    gaps -= weightOf(w, i) * load<f64>(own(z, y, i));
  }
  exponentials(Z, n * k);
  let logs: f64 = 0;
  for (let i = 0, z = Z; i < n; i += 2, z += 2 * row) {
    const two = i + 1 < n;
    const first = sumInOrder(z, k);
    const second = two ? sumInOrder(z + row, k) : 1;
    const ln = log(f64x2(first, second));
    logs += weightOf(w, i) * f64x2.extract_lane(ln, 0);
    probabilitySlopes(z, k, first, own(z, y, i), w, i);
    if (two) {
      logs += weightOf(w, i + 1) * f64x2.extract_lane(ln, 1);
      probabilitySlopes(z + row, k, second, own(z + row, y, i + 1), w, i + 1);
    }
  }
  return gaps + logs;
}

// @ts-ignore: decorator
@inline
function weightOf(w: usize, i: i32): f64 {
  return w == 0 ? 1 : load<f64>(w + bytesOf<f64>(i));
}

/** Where the score of row i's own class lies. */
// @ts-ignore: decorator
@inline
function own(z: usize, y: usize, i: i32): usize {
  return z + bytesOf<f64>(<i32>load<f64>(y + bytesOf<f64>(i)));
}

/** Exponentials of a row ← w (e / sum − [c = y]). */
function probabilitySlopes(z: usize, k: i32, sum: f64, own: usize, w: usize, i: i32): void {
  divide(z, k, sum);
  store<f64>(own, load<f64>(own) - 1);
  if (w != 0) scale<f64>(weightOf(w, i), z, k);
}
