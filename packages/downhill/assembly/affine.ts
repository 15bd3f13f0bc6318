// n rows (i), d features (j), k outputs (c); X n × d, W k × d, b k, Z and S n × k. `row` is the bytes of a row of X or
// W, `out` the bytes of a row of Z or S.
//
// Each Z_ic has one way to be summed, whatever block of rows it is computed in: for k = 1 that of dot, then + b; else
// one vector of partial sums runs along the features, its lanes are added, then b, then the features left, in order.
// The pullbacks add in the order of the formula.

import { bytesOf, get, plusProduct, put, sumOfLanes, wholeVectors } from "./lanes";
import { axpyBytes, dotOf } from "./vectors";

export function affine<T>(X: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32): void {
  const row = bytesOf<T>(d);
  const out = bytesOf<T>(k);
  if (k == 1) {
    const bias = load<T>(b);
    for (const end = Z + bytesOf<T>(n); Z != end; Z += out, X += row) store<T>(Z, dotOf<T>(X, W, row) + bias);
    return;
  }
  let i = 0;
  for (; i + 4 <= n; i += 4, X += 4 * row, Z += 4 * out) fourRows<T>(X, W, b, Z, row, out);
  for (; i < n; i++, X += row, Z += out) oneRow<T>(X, W, b, Z, row, out);
}

/** Four rows of X by all outputs, two at a time. */
function fourRows<T>(X: usize, W: usize, b: usize, Z: usize, row: usize, out: usize): void {
  let c: usize = 0;
  for (; c + 2 * sizeof<T>() <= out; c += 2 * sizeof<T>(), W += 2 * row) {
    let a0 = v128.splat<T>(0);
    let a1 = v128.splat<T>(0);
    let b0 = v128.splat<T>(0);
    let b1 = v128.splat<T>(0);
    let c0 = v128.splat<T>(0);
    let c1 = v128.splat<T>(0);
    let d0 = v128.splat<T>(0);
    let d1 = v128.splat<T>(0);
    const whole = wholeVectors(row);
    for (let j: usize = 0; j < whole; j += 16) {
      const w0 = v128.load(W + j);
      const w1 = v128.load(W + row + j);
      let x = v128.load(X + j);
      a0 = plusProduct<T>(a0, x, w0);
      a1 = plusProduct<T>(a1, x, w1);
      x = v128.load(X + row + j);
      b0 = plusProduct<T>(b0, x, w0);
      b1 = plusProduct<T>(b1, x, w1);
      x = v128.load(X + 2 * row + j);
      c0 = plusProduct<T>(c0, x, w0);
      c1 = plusProduct<T>(c1, x, w1);
      x = v128.load(X + 3 * row + j);
      d0 = plusProduct<T>(d0, x, w0);
      d1 = plusProduct<T>(d1, x, w1);
    }
    const z = Z + c;
    finish<T>(z, a0, b + c, X, W, row);
    finish<T>(z + sizeof<T>(), a1, b + c + sizeof<T>(), X, W + row, row);
    finish<T>(z + out, b0, b + c, X + row, W, row);
    finish<T>(z + out + sizeof<T>(), b1, b + c + sizeof<T>(), X + row, W + row, row);
    finish<T>(z + 2 * out, c0, b + c, X + 2 * row, W, row);
    finish<T>(z + 2 * out + sizeof<T>(), c1, b + c + sizeof<T>(), X + 2 * row, W + row, row);
    finish<T>(z + 3 * out, d0, b + c, X + 3 * row, W, row);
    finish<T>(z + 3 * out + sizeof<T>(), d1, b + c + sizeof<T>(), X + 3 * row, W + row, row);
  }
  if (c < out) for (let i = 0; i < 4; i++, X += row, Z += out) single<T>(X, W, b + c, Z + c, row);
}

/** One row of X by all outputs, two at a time. */
function oneRow<T>(X: usize, W: usize, b: usize, Z: usize, row: usize, out: usize): void {
  let c: usize = 0;
  for (; c + 2 * sizeof<T>() <= out; c += 2 * sizeof<T>(), W += 2 * row) {
    let a0 = v128.splat<T>(0);
    let a1 = v128.splat<T>(0);
    const whole = wholeVectors(row);
    for (let j: usize = 0; j < whole; j += 16) {
      const x = v128.load(X + j);
      a0 = plusProduct<T>(a0, x, v128.load(W + j));
      a1 = plusProduct<T>(a1, x, v128.load(W + row + j));
    }
    finish<T>(Z + c, a0, b + c, X, W, row);
    finish<T>(Z + c + sizeof<T>(), a1, b + c + sizeof<T>(), X, W + row, row);
  }
  if (c < out) single<T>(X, W, b + c, Z + c, row);
}

/** One row of X by one output. */
// @ts-ignore: decorator
@inline
function single<T>(x: usize, w: usize, b: usize, z: usize, row: usize): void {
  let a = v128.splat<T>(0);
  const whole = wholeVectors(row);
  for (let j: usize = 0; j < whole; j += 16) a = plusProduct<T>(a, v128.load(x + j), v128.load(w + j));
  finish<T>(z, a, b, x, w, row);
}

/** z ← the lanes of `partial`, plus b, plus the products that whole vectors left out. */
// @ts-ignore: decorator
@inline
function finish<T>(z: usize, partial: v128, b: usize, x: usize, w: usize, row: usize): void {
  let sum = sumOfLanes<T>(partial) + load<T>(b);
  for (let j = wholeVectors(row); j < row; j += sizeof<T>()) sum += load<T>(x + j) * load<T>(w + j);
  store<T>(z, sum);
}

export function affineBack<T>(S: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32): void {
  const out = bytesOf<T>(k);
  products<T>(S, sizeof<T>(), out, X, GW, k, n, bytesOf<T>(d), true);
  for (let c: usize = 0; c < out; c += sizeof<T>()) {
    let sum = load<T>(Gb + c);
    for (let i = 0, s = S + c; i < n; i++, s += out) sum += load<T>(s);
    store<T>(Gb + c, sum);
  }
}

export function affineInputs<T>(S: usize, W: usize, Tt: usize, n: i32, d: i32, k: i32): void {
  products<T>(S, bytesOf<T>(k), sizeof<T>(), W, Tt, n, k, bytesOf<T>(d), false);
}

/**
 * C_rj ← (C_rj if `keep`, else 0) + Σ_p A_rp B_pj, p in order. A_rp lies at A + r · aRow + p · aTerm; rows of B and C
 * are `row` bytes long. Two rows by four vectors of columns are summed in registers, and four rows by one of the rest.
 */
function products<T>(
  A: usize, aRow: usize, aTerm: usize, B: usize, C: usize, rows: i32, terms: i32, row: usize, keep: bool,
): void {
  if (rows == 1 || terms == 1) {
    for (let r = 0; r < rows; r++, A += aRow, C += row) oneRowOf<T>(A, aTerm, B, C, terms, row, row, keep);
    return;
  }
  let j: usize = 0;
  for (; j + 64 <= row; j += 64) {
    let a = A;
    let c = C + j;
    let r = 0;
    for (; r + 2 <= rows; r += 2, a += 2 * aRow, c += 2 * row) twoByFour<T>(a, aRow, aTerm, B + j, c, terms, row, keep);
    if (r < rows) oneRowOf<T>(a, aTerm, B + j, c, terms, row, 64, keep);
  }
  for (; j + 16 <= row; j += 16) oneColumn<T>(A, aRow, aTerm, B + j, C + j, rows, terms, row, keep, true);
  for (; j < row; j += sizeof<T>()) oneColumn<T>(A, aRow, aTerm, B + j, C + j, rows, terms, row, keep, false);
}

/** One vector of columns, or one number. */
// @ts-ignore: decorator
@inline
function oneColumn<T>(
  a: usize, aRow: usize, aTerm: usize, b: usize, c: usize, rows: i32, terms: i32, row: usize, keep: bool, whole: bool,
): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4, a += 4 * aRow, c += 4 * row) {
    const zero = v128.splat<T>(0);
    let p0 = keep ? get<T>(c, whole) : zero;
    let p1 = keep ? get<T>(c + row, whole) : zero;
    let p2 = keep ? get<T>(c + 2 * row, whole) : zero;
    let p3 = keep ? get<T>(c + 3 * row, whole) : zero;
    for (let p = 0, at = a, from = b; p < terms; p++, at += aTerm, from += row) {
      const x = get<T>(from, whole);
      p0 = plusProduct<T>(p0, v128.load_splat<T>(at), x);
      p1 = plusProduct<T>(p1, v128.load_splat<T>(at + aRow), x);
      p2 = plusProduct<T>(p2, v128.load_splat<T>(at + 2 * aRow), x);
      p3 = plusProduct<T>(p3, v128.load_splat<T>(at + 3 * aRow), x);
    }
    put<T>(c, p0, whole);
    put<T>(c + row, p1, whole);
    put<T>(c + 2 * row, p2, whole);
    put<T>(c + 3 * row, p3, whole);
  }
  for (; r < rows; r++, a += aRow, c += row) oneRowOf<T>(a, aTerm, b, c, terms, row, whole ? 16 : sizeof<T>(), keep);
}

// @ts-ignore: decorator
@inline
function twoByFour<T>(
  a: usize, aRow: usize, aTerm: usize, b: usize, c: usize, terms: i32, row: usize, keep: bool,
): void {
  const zero = v128.splat<T>(0);
  let p0 = keep ? v128.load(c) : zero;
  let p1 = keep ? v128.load(c, 16) : zero;
  let p2 = keep ? v128.load(c, 32) : zero;
  let p3 = keep ? v128.load(c, 48) : zero;
  let q0 = keep ? v128.load(c + row) : zero;
  let q1 = keep ? v128.load(c + row, 16) : zero;
  let q2 = keep ? v128.load(c + row, 32) : zero;
  let q3 = keep ? v128.load(c + row, 48) : zero;
  for (let p = 0; p < terms; p++, a += aTerm, b += row) {
    const s = v128.load_splat<T>(a);
    const t = v128.load_splat<T>(a + aRow);
    let x = v128.load(b);
    p0 = plusProduct<T>(p0, s, x);
    q0 = plusProduct<T>(q0, t, x);
    x = v128.load(b, 16);
    p1 = plusProduct<T>(p1, s, x);
    q1 = plusProduct<T>(q1, t, x);
    x = v128.load(b, 32);
    p2 = plusProduct<T>(p2, s, x);
    q2 = plusProduct<T>(q2, t, x);
    x = v128.load(b, 48);
    p3 = plusProduct<T>(p3, s, x);
    q3 = plusProduct<T>(q3, t, x);
  }
  v128.store(c, p0);
  v128.store(c, p1, 16);
  v128.store(c, p2, 32);
  v128.store(c, p3, 48);
  v128.store(c + row, q0);
  v128.store(c + row, q1, 16);
  v128.store(c + row, q2, 32);
  v128.store(c + row, q3, 48);
}

/** One row of C, that many bytes wide, four terms at a time: B is read in the order of memory. */
function oneRowOf<T>(
  a: usize, aTerm: usize, b: usize, c: usize, terms: i32, row: usize, bytes: usize, keep: bool,
): void {
  if (!keep) memory.fill(c, 0, bytes);
  const whole = wholeVectors(bytes);
  let p = 0;
  for (; p + 4 <= terms; p += 4, a += 4 * aTerm, b += 4 * row) {
    const s0 = v128.load_splat<T>(a);
    const s1 = v128.load_splat<T>(a + aTerm);
    const s2 = v128.load_splat<T>(a + 2 * aTerm);
    const s3 = v128.load_splat<T>(a + 3 * aTerm);
    for (let j: usize = 0; j < whole; j += 16) fourTerms<T>(s0, s1, s2, s3, b + j, c + j, row, true);
    for (let j = whole; j < bytes; j += sizeof<T>()) fourTerms<T>(s0, s1, s2, s3, b + j, c + j, row, false);
  }
  for (; p < terms; p++, a += aTerm, b += row) axpyBytes<T>(load<T>(a), b, c, bytes);
}

// @ts-ignore: decorator
@inline
function fourTerms<T>(s0: v128, s1: v128, s2: v128, s3: v128, b: usize, c: usize, row: usize, whole: bool): void {
  let sum = get<T>(c, whole);
  sum = plusProduct<T>(sum, s0, get<T>(b, whole));
  sum = plusProduct<T>(sum, s1, get<T>(b + row, whole));
  sum = plusProduct<T>(sum, s2, get<T>(b + 2 * row, whole));
  sum = plusProduct<T>(sum, s3, get<T>(b + 3 * row, whole));
  put<T>(c, sum, whole);
}
