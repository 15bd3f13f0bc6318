// Sums of the squares of columns. X n × d, w weights, one per row (0: none).

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

/** out_j += Σ w x_j² over n rows of d columns; the sums are float64 and run in the order of the rows. */
export function squares<T>(X: usize, w: usize, out: usize, n: i32, d: i32): void {
  const row = bytesOf<T>(d);
  let j = 0;
  for (; j + 8 <= d; j += 8) addSquares<T>(X + bytesOf<T>(j), w, out + bytesOf<f64>(j), n, row, 4, true);
  for (; j + 2 <= d; j += 2) addSquares<T>(X + bytesOf<T>(j), w, out + bytesOf<f64>(j), n, row, 1, true);
  if (j < d) addSquares<T>(X + bytesOf<T>(j), w, out + bytesOf<f64>(j), n, row, 1, false);
}
