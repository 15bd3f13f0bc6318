// Z n rows of k scores, y the class indices (0: none), w weights, one per row (0: none). Four rows a, b, c, d are processed at a
// time, column by column: a and b in the lanes of one vector, c and d in those of another. After the last row, it is repeated.
// So the sums of a row run in order, and the logarithms of four rows are computed together.

import { exponentials } from "./activations";
import { logOfNormal } from "./elementary";
import { bytesOf, sumOfLanes } from "./lanes";

/** The numbers at two addresses, as float64. */
// @ts-ignore: decorator
@inline
function getTwo<T>(a: usize, b: usize): v128 {
  const both = v128.load_lane<T>(b, v128.load_zero<T>(a), 1);
  return sizeof<T>() == 8 ? both : f64x2.promote_low_f32x4(both);
}

/** Stores two float64 numbers, each rounded once. */
// @ts-ignore: decorator
@inline
function putTwo<T>(a: usize, b: usize, value: v128): void {
  const v = sizeof<T>() == 8 ? value : f32x4.demote_f64x2_zero(value);
  v128.store_lane<T>(a, v, 0);
  v128.store_lane<T>(b, v, 1);
}

/** The weights of two rows. */
// @ts-ignore: decorator
@inline
function weightsOf<T>(w: usize, i: i32, other: i32): v128 {
  return w == 0 ? f64x2.splat(1) : getTwo<T>(w + bytesOf<T>(i), w + bytesOf<T>(other));
}

/** sum + w · loss of the rows i … i + 3 that exist. */
// @ts-ignore: decorator
@inline
function plusLosses<T>(total: v128, loss: v128, loss2: v128, w: usize, i: i32, n: i32): v128 {
  const left = f64x2.splat(n - i);
  const first = f64x2.mul(weightsOf<T>(w, i, min(i + 1, n - 1)), loss);
  const second = f64x2.mul(weightsOf<T>(w, min(i + 2, n - 1), min(i + 3, n - 1)), loss2);
  total = f64x2.add(total, v128.and(first, f64x2.gt(left, f64x2(0, 1))));
  return f64x2.add(total, v128.and(second, f64x2.gt(left, f64x2(2, 3))));
}

/** The score of a row's class. */
// @ts-ignore: decorator
@inline
function own<T>(z: usize, y: usize, i: i32): f64 {
  return load<T>(z + bytesOf<T>(<i32>load<T>(y + bytesOf<T>(i))));
}

/** z ← z − m, m the largest score of the row; with y returns Σ w (m − z_y). */
function subtractLargest<T>(Z: usize, y: usize, w: usize, n: i32, row: usize): f64 {
  let total = f64x2.splat(0);
  for (let i = 0; i < n; i += 4) {
    const iB = min(i + 1, n - 1);
    const iC = min(i + 2, n - 1);
    const iD = min(i + 3, n - 1);
    const a = Z + <usize>i * row;
    const b = Z + <usize>iB * row;
    const c = Z + <usize>iC * row;
    const d = Z + <usize>iD * row;
    let largest = f64x2.splat(-Infinity);
    let largest2 = largest;
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      largest = f64x2.pmax(largest, getTwo<T>(a + j, b + j));
      largest2 = f64x2.pmax(largest2, getTwo<T>(c + j, d + j));
    }
    if (y != 0) {
      const gap = f64x2.sub(largest, f64x2(own<T>(a, y, i), own<T>(b, y, iB)));
      const gap2 = f64x2.sub(largest2, f64x2(own<T>(c, y, iC), own<T>(d, y, iD)));
      total = plusLosses<T>(total, gap, gap2, w, i, n);
    }
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      const z = f64x2.sub(getTwo<T>(a + j, b + j), largest);
      const z2 = f64x2.sub(getTwo<T>(c + j, d + j), largest2);
      putTwo<T>(a + j, b + j, z);
      putTwo<T>(c + j, d + j, z2);
    }
  }
  return sumOfLanes<f64>(total);
}

/** e / sum − [c = y] of a column of two rows. */
// @ts-ignore: decorator
@inline
function shareOf(e: v128, sum: v128, classes: v128, column: v128): v128 {
  return f64x2.sub(f64x2.div(e, sum), v128.and(f64x2.eq(column, classes), f64x2.splat(1)));
}

/** In each row of exponentials e: e ← e / Σ e. With y: e ← w (e / Σ e − [c = y]), and it returns Σ w ln Σ e. */
function divide<T>(Z: usize, y: usize, w: usize, n: i32, row: usize): f64 {
  let total = f64x2.splat(0);
  for (let i = 0; i < n; i += 4) {
    const iB = min(i + 1, n - 1);
    const iC = min(i + 2, n - 1);
    const iD = min(i + 3, n - 1);
    const a = Z + <usize>i * row;
    const b = Z + <usize>iB * row;
    const c = Z + <usize>iC * row;
    const d = Z + <usize>iD * row;
    let sum = f64x2.splat(0);
    let sum2 = sum;
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      sum = f64x2.add(sum, getTwo<T>(a + j, b + j));
      sum2 = f64x2.add(sum2, getTwo<T>(c + j, d + j));
    }
    if (y != 0) total = plusLosses<T>(total, logOfNormal(sum), logOfNormal(sum2), w, i, n);
    const classes = y != 0 ? getTwo<T>(y + bytesOf<T>(i), y + bytesOf<T>(iB)) : f64x2.splat(-1);
    const classes2 = y != 0 ? getTwo<T>(y + bytesOf<T>(iC), y + bytesOf<T>(iD)) : f64x2.splat(-1);
    const weights = weightsOf<T>(w, i, iB);
    const weights2 = weightsOf<T>(w, iC, iD);
    let column = f64x2.splat(0);
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      const p = shareOf(getTwo<T>(a + j, b + j), sum, classes, column);
      const p2 = shareOf(getTwo<T>(c + j, d + j), sum2, classes2, column);
      putTwo<T>(a + j, b + j, f64x2.mul(weights, p));
      putTwo<T>(c + j, d + j, f64x2.mul(weights2, p2));
      column = f64x2.add(column, f64x2.splat(1));
    }
  }
  return sumOfLanes<f64>(total);
}

export function softmax<T>(Z: usize, n: i32, k: i32): void {
  const row = bytesOf<T>(k);
  subtractLargest<T>(Z, 0, 0, n, row);
  exponentials<T>(Z, n * k);
  divide<T>(Z, 0, 0, n, row);
}

/** Two rows at a time, in the lanes of one vector. */
export function softmaxBack<T>(P: usize, S: usize, n: i32, k: i32): void {
  const row = bytesOf<T>(k);
  for (let i = 0; i < n; i += 2) {
    const next = i + 1 < n ? row : 0;
    let mean = f64x2.splat(0);
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      const p = getTwo<T>(P + j, P + next + j);
      mean = f64x2.add(mean, f64x2.mul(p, getTwo<T>(S + j, S + next + j)));
    }
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      const p = getTwo<T>(P + j, P + next + j);
      putTwo<T>(S + j, S + next + j, f64x2.mul(p, f64x2.sub(getTwo<T>(S + j, S + next + j), mean)));
    }
    P += row + next;
    S += row + next;
  }
}

/** The sum of Σ w (m − z_y), where m is the largest score of the row, and Σ w ln Σ e^{z − m}; no term is negative. */
export function crossEntropy<T>(Z: usize, y: usize, w: usize, n: i32, k: i32): f64 {
  const row = bytesOf<T>(k);
  const gaps = subtractLargest<T>(Z, y, w, n, row);
  exponentials<T>(Z, n * k);
  return gaps + divide<T>(Z, y, w, n, row);
}
