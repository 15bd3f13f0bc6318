// Statistics of columns and rows, and the standardization of columns. X n × d. The results are float64, and the sums run in the order of the rows.

import { bytesOf, getPair, putPair } from "./lanes";

/** out_j += Σ w x_j² of the columns j … j + 2 `pairs` − 1; the last pair may be one column. */
// @ts-ignore: decorator
@inline
function addSquares<T>(X: usize, w: usize, out: usize, n: i32, row: usize, pairs: i32, full: bool): void {
  let a = getPair<f64>(out, full);
  let b = pairs == 4 ? getPair<f64>(out + 16, true) : a;
  let c = pairs == 4 ? getPair<f64>(out + 32, true) : a;
  let d = pairs == 4 ? getPair<f64>(out + 48, true) : a;
  const step: usize = 2 * sizeof<T>();
  for (let i = 0; i < n; i++, X += row) {
    const weight = f64x2.splat(w == 0 ? 1 : load<T>(w + bytesOf<T>(i)));
    const x = getPair<T>(X, full);
    a = f64x2.add(a, f64x2.mul(f64x2.mul(weight, x), x));
    if (pairs == 4) {
      const x2 = getPair<T>(X + step, true);
      const x3 = getPair<T>(X + 2 * step, true);
      const x4 = getPair<T>(X + 3 * step, true);
      b = f64x2.add(b, f64x2.mul(f64x2.mul(weight, x2), x2));
      c = f64x2.add(c, f64x2.mul(f64x2.mul(weight, x3), x3));
      d = f64x2.add(d, f64x2.mul(f64x2.mul(weight, x4), x4));
    }
  }
  putPair<f64>(out, a, full);
  if (pairs == 4) {
    putPair<f64>(out + 16, b, true);
    putPair<f64>(out + 32, c, true);
    putPair<f64>(out + 48, d, true);
  }
}

/** out_j += Σ w x_j² with the weights w, one per row (0: none). */
export function squares<T>(X: usize, w: usize, out: usize, n: i32, d: i32): void {
  const row = bytesOf<T>(d);
  let j = 0;
  for (; j + 8 <= d; j += 8) addSquares<T>(X + bytesOf<T>(j), w, out + bytesOf<f64>(j), n, row, 4, true);
  for (; j + 2 <= d; j += 2) addSquares<T>(X + bytesOf<T>(j), w, out + bytesOf<f64>(j), n, row, 1, true);
  if (j < d) addSquares<T>(X + bytesOf<T>(j), w, out + bytesOf<f64>(j), n, row, 1, false);
}

/** The ranges and sums of four columns, or of one. */
// @ts-ignore: decorator
@inline
function addRanges(X: usize, out: usize, n: i32, row: usize, four: bool): void {
  const highs = out + row;
  const sums = highs + row;
  let low = getPair<f64>(out, four);
  let high = getPair<f64>(highs, four);
  let sum = getPair<f64>(sums, four);
  let low2 = four ? v128.load(out, 16) : low;
  let high2 = four ? v128.load(highs, 16) : high;
  let sum2 = four ? v128.load(sums, 16) : sum;
  for (let i = 0; i < n; i++, X += row) {
    const x = getPair<f64>(X, four);
    low = f64x2.pmin(low, x);
    high = f64x2.pmax(high, x);
    sum = f64x2.add(sum, x);
    if (four) {
      const x2 = v128.load(X, 16);
      low2 = f64x2.pmin(low2, x2);
      high2 = f64x2.pmax(high2, x2);
      sum2 = f64x2.add(sum2, x2);
    }
  }
  putPair<f64>(out, low, four);
  putPair<f64>(highs, high, four);
  putPair<f64>(sums, sum, four);
  if (four) {
    v128.store(out, low2, 16);
    v128.store(highs, high2, 16);
    v128.store(sums, sum2, 16);
  }
}

/** out_j ← min(out_j, x_j); out_{d + j} ← max(out_{d + j}, x_j); out_{2d + j} += x_j. */
export function ranges(X: usize, out: usize, n: i32, d: i32): void {
  const row = bytesOf<f64>(d);
  for (; d >= 4; d -= 4, X += 32, out += 32) addRanges(X, out, n, row, true);
  for (; d > 0; d--, X += 8, out += 8) addRanges(X, out, n, row, false);
}

/** out_i ← 1 + Σ_j x_ij² for `rows` rows, 1 or 4: their sums do not wait for each other. */
// @ts-ignore: decorator
@inline
function squaresOfRows(X: usize, out: usize, row: usize, rows: i32): void {
  let a: f64 = 1, b: f64 = 1, c: f64 = 1, d: f64 = 1;
  for (const end = X + row; X < end; X += 8) {
    const x = load<f64>(X);
    a += x * x;
    if (rows == 4) {
      const y = load<f64>(X + row);
      const z = load<f64>(X + 2 * row);
      const u = load<f64>(X + 3 * row);
      b += y * y;
      c += z * z;
      d += u * u;
    }
  }
  store<f64>(out, a);
  if (rows == 4) {
    store<f64>(out, b, 8);
    store<f64>(out, c, 16);
    store<f64>(out, d, 24);
  }
}

/** out_i ← 1 + Σ_j x_ij². */
export function rowSquares(X: usize, out: usize, n: i32, d: i32): void {
  const row = bytesOf<f64>(d);
  for (; n >= 4; n -= 4, X += 4 * row, out += 32) squaresOfRows(X, out, row, 4);
  for (; n > 0; n--, X += row, out += 8) squaresOfRows(X, out, row, 1);
}

// @ts-ignore: decorator
@inline
function deviationsOfPair(X: usize, scaling: usize, out: usize, n: i32, row: usize, next: usize, full: bool): void {
  const shift = getPair<f64>(scaling, full);
  const unit = getPair<f64>(scaling + next, full);
  let sum = getPair<f64>(out, full);
  for (let i = 0; i < n; i++, X += row) {
    const off = f64x2.mul(f64x2.sub(getPair<f64>(X, full), shift), unit);
    sum = f64x2.add(sum, f64x2.mul(off, off));
  }
  putPair<f64>(out, sum, full);
}

/** out_j += ((x_j − shift_j) · unit_j)². The units follow the shifts. */
export function deviations(X: usize, scaling: usize, out: usize, n: i32, d: i32): void {
  const row = bytesOf<f64>(d);
  const next = bytesOf<f64>(d);
  let j = 0;
  for (; j + 2 <= d; j += 2) {
    deviationsOfPair(X + bytesOf<f64>(j), scaling + bytesOf<f64>(j), out + bytesOf<f64>(j), n, row, next, true);
  }
  if (j < d) deviationsOfPair(X + bytesOf<f64>(j), scaling + bytesOf<f64>(j), out + bytesOf<f64>(j), n, row, next, false);
}

// @ts-ignore: decorator
@inline
function standardizePair<T>(x: usize, shift: usize, next: usize, full: bool): void {
  const scaled = f64x2.div(f64x2.sub(getPair<T>(x, full), getPair<f64>(shift, full)), getPair<f64>(shift + next, full));
  putPair<T>(x, scaled, full);
}

/** x_j ← (x_j − shift_j) / scale_j. The scales follow the shifts. */
export function standardize<T>(X: usize, scaling: usize, n: i32, d: i32): void {
  const pairs = d & ~1;
  const next = bytesOf<f64>(d);
  for (let i = 0; i < n; i++, X += bytesOf<T>(d)) {
    for (let j = 0; j < pairs; j += 2) standardizePair<T>(X + bytesOf<T>(j), scaling + bytesOf<f64>(j), next, true);
    if (pairs < d) standardizePair<T>(X + bytesOf<T>(pairs), scaling + bytesOf<f64>(pairs), next, false);
  }
}
