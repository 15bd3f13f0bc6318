// Tiles of C ← C + A B: up to four rows of C by one or two vectors of its columns are summed in registers, with the terms p in
// order. A_rp is at a + r · aRow + p · aTerm; term p of B, from the tile's first column on, is at b + p · bTerm.

import { plusProduct } from "./lanes";

/** The largest number of terms or columns for which all of B stays in registers. */
export const MAX_SHORT = 4;

/** The first `count` numbers at an address, up to a full vector, then zeros. */
// @ts-ignore: decorator
@inline
export function getSome<T>(at: usize, count: i32): v128 {
  if (count * sizeof<T>() >= 16) return v128.load(at);
  let v = v128.splat<T>(0);
  if (count > 0) v = v128.load_lane<T>(at, v, 0);
  if (sizeof<T>() == 4) {
    if (count > 1) v = v128.load_lane<T>(at + 4, v, 1);
    if (count > 2) v = v128.load_lane<T>(at + 8, v, 2);
  }
  return v;
}

/** Stores the first `count` numbers, up to a full vector. */
// @ts-ignore: decorator
@inline
export function putSome<T>(at: usize, v: v128, count: i32): void {
  if (count * sizeof<T>() >= 16) {
    v128.store(at, v);
    return;
  }
  if (count > 0) v128.store_lane<T>(at, v, 0);
  if (sizeof<T>() == 4) {
    if (count > 1) v128.store_lane<T>(at + 4, v, 1);
    if (count > 2) v128.store_lane<T>(at + 8, v, 2);
  }
}

/**
 * One tile of `rows` rows by `vectors` vectors. With `along`, the numbers of a row of A are adjacent, and its rows are `stride`
 * apart. Otherwise the numbers of a column of A (one term) are adjacent, and its columns are `stride` apart. At every call
 * `along`, `rows` and `vectors` are constants, because this is inlined. C begins with the numbers at `start`, whose rows are
 * `startRow` apart.
 */
// @ts-ignore: decorator
@inline
function tile<T>(
  along: bool, rows: i32, vectors: i32, a: usize, stride: usize, b: usize, bTerm: usize, terms: i32,
  c: usize, row: usize, start: usize, startRow: usize, width: i32,
): void {
  const lanes: i32 = 16 / sizeof<T>();
  const zero = v128.splat<T>(0);
  let p0 = getSome<T>(start, width);
  let p1 = vectors > 1 ? getSome<T>(start + 16, width - lanes) : zero;
  let q0 = rows > 1 ? getSome<T>(start + startRow, width) : zero;
  let q1 = rows > 1 && vectors > 1 ? getSome<T>(start + startRow + 16, width - lanes) : zero;
  let r0 = rows > 2 ? getSome<T>(start + 2 * startRow, width) : zero;
  let r1 = rows > 2 && vectors > 1 ? getSome<T>(start + 2 * startRow + 16, width - lanes) : zero;
  let s0 = rows > 3 ? getSome<T>(start + 3 * startRow, width) : zero;
  let s1 = rows > 3 && vectors > 1 ? getSome<T>(start + 3 * startRow + 16, width - lanes) : zero;
  const next = along ? sizeof<T>() : stride;
  for (const end = a + <usize>terms * next; a != end; a += next, b += bTerm) {
    const x = v128.load(b);
    const y = vectors > 1 ? v128.load(b, 16) : zero;
    let s = v128.load_splat<T>(a);
    p0 = plusProduct<T>(p0, s, x);
    if (vectors > 1) p1 = plusProduct<T>(p1, s, y);
    if (rows > 1) {
      s = along ? v128.load_splat<T>(a + stride) : v128.load_splat<T>(a, sizeof<T>());
      q0 = plusProduct<T>(q0, s, x);
      if (vectors > 1) q1 = plusProduct<T>(q1, s, y);
    }
    if (rows > 2) {
      s = along ? v128.load_splat<T>(a + 2 * stride) : v128.load_splat<T>(a, 2 * sizeof<T>());
      r0 = plusProduct<T>(r0, s, x);
      if (vectors > 1) r1 = plusProduct<T>(r1, s, y);
    }
    if (rows > 3) {
      s = along ? v128.load_splat<T>(a + 3 * stride) : v128.load_splat<T>(a, 3 * sizeof<T>());
      s0 = plusProduct<T>(s0, s, x);
      if (vectors > 1) s1 = plusProduct<T>(s1, s, y);
    }
  }
  putSome<T>(c, p0, width);
  if (vectors > 1) putSome<T>(c + 16, p1, width - lanes);
  if (rows > 1) {
    putSome<T>(c + row, q0, width);
    if (vectors > 1) putSome<T>(c + row + 16, q1, width - lanes);
  }
  if (rows > 2) {
    putSome<T>(c + 2 * row, r0, width);
    if (vectors > 1) putSome<T>(c + 2 * row + 16, r1, width - lanes);
  }
  if (rows > 3) {
    putSome<T>(c + 3 * row, s0, width);
    if (vectors > 1) putSome<T>(c + 3 * row + 16, s1, width - lanes);
  }
}

/** All rows of C, one tile wide. */
// @ts-ignore: decorator
@inline
export function strip<T>(
  along: bool, vectors: i32, a: usize, stride: usize, b: usize, bTerm: usize, terms: i32,
  c: usize, row: usize, start: usize, startRow: usize, width: i32, rows: i32,
): void {
  const aRow = along ? stride : sizeof<T>();
  let r = 0;
  for (; r + 4 <= rows; r += 4, a += 4 * aRow, c += 4 * row, start += 4 * startRow) {
    tile<T>(along, 4, vectors, a, stride, b, bTerm, terms, c, row, start, startRow, width);
  }
  if (along) {
    for (; r < rows; r++, a += aRow, c += row, start += startRow) {
      tile<T>(along, 1, vectors, a, stride, b, bTerm, terms, c, row, start, startRow, width);
    }
  } else {
    if (rows - r == 3) tile<T>(along, 3, vectors, a, stride, b, bTerm, terms, c, row, start, startRow, width);
    else if (rows - r == 2) tile<T>(along, 2, vectors, a, stride, b, bTerm, terms, c, row, start, startRow, width);
    else if (rows - r == 1) tile<T>(along, 1, vectors, a, stride, b, bTerm, terms, c, row, start, startRow, width);
  }
}

/**
 * Two full vectors of columns of all rows, for at most MAX_SHORT terms: B stays in registers. The terms of A are adjacent. All rows
 * begin with the numbers at `start`, or with zeros if `start` is 0.
 */
export function shortSums<T>(
  a: usize, aRow: usize, b: usize, bTerm: usize, terms: i32, c: usize, row: usize, start: usize, rows: i32,
): void {
  if (terms == 1) sums<T>(1, a, aRow, b, bTerm, c, row, start, rows);
  else if (terms == 2) sums<T>(2, a, aRow, b, bTerm, c, row, start, rows);
  else if (terms == 3) sums<T>(3, a, aRow, b, bTerm, c, row, start, rows);
  else sums<T>(4, a, aRow, b, bTerm, c, row, start, rows);
}

/** The same for a constant number of terms. */
// @ts-ignore: decorator
@inline
function sums<T>(
  terms: i32, a: usize, aRow: usize, b: usize, bTerm: usize, c: usize, row: usize, start: usize, rows: i32,
): void {
  const zero = v128.splat<T>(0);
  const p = start == 0 ? zero : v128.load(start);
  const q = start == 0 ? zero : v128.load(start, 16);
  const p0 = v128.load(b);
  const q0 = v128.load(b, 16);
  const b1 = terms > 1 ? b + bTerm : b;
  const p1 = v128.load(b1);
  const q1 = v128.load(b1, 16);
  const b2 = terms > 2 ? b1 + bTerm : b;
  const p2 = v128.load(b2);
  const q2 = v128.load(b2, 16);
  const b3 = terms > 3 ? b2 + bTerm : b;
  const p3 = v128.load(b3);
  const q3 = v128.load(b3, 16);
  for (const end = c + <usize>rows * row; c != end; a += aRow, c += row) {
    let s = v128.load_splat<T>(a);
    let x = plusProduct<T>(p, s, p0);
    let y = plusProduct<T>(q, s, q0);
    if (terms > 1) {
      s = v128.load_splat<T>(a, sizeof<T>());
      x = plusProduct<T>(x, s, p1);
      y = plusProduct<T>(y, s, q1);
    }
    if (terms > 2) {
      s = v128.load_splat<T>(a, 2 * sizeof<T>());
      x = plusProduct<T>(x, s, p2);
      y = plusProduct<T>(y, s, q2);
    }
    if (terms > 3) {
      s = v128.load_splat<T>(a, 3 * sizeof<T>());
      x = plusProduct<T>(x, s, p3);
      y = plusProduct<T>(y, s, q3);
    }
    v128.store(c, x);
    v128.store(c, y, 16);
  }
}

/**
 * C += Aᵀ B for at most MAX_SHORT adjacent columns of B and two full vectors of columns of A, which are the lanes. C is stored as
 * transposePanel stores it.
 */
export function narrowProduct<T>(a: usize, aTerm: usize, b: usize, bTerm: usize, columns: i32, c: usize, terms: i32): void {
  if (columns == 1) narrow<T>(1, a, aTerm, b, bTerm, c, terms);
  else if (columns == 2) narrow<T>(2, a, aTerm, b, bTerm, c, terms);
  else if (columns == 3) narrow<T>(3, a, aTerm, b, bTerm, c, terms);
  else narrow<T>(4, a, aTerm, b, bTerm, c, terms);
}

/** The same for a constant number of columns. */
// @ts-ignore: decorator
@inline
function narrow<T>(columns: i32, a: usize, aTerm: usize, b: usize, bTerm: usize, c: usize, terms: i32): void {
  let p0 = v128.load(c);
  let q0 = v128.load(c, 16);
  let p1 = v128.load(c, 32);
  let q1 = v128.load(c, 48);
  let p2 = v128.load(c, 64);
  let q2 = v128.load(c, 80);
  let p3 = v128.load(c, 96);
  let q3 = v128.load(c, 112);
  for (const end = a + <usize>terms * aTerm; a != end; a += aTerm, b += bTerm) {
    const x = v128.load(a);
    const y = v128.load(a, 16);
    let s = v128.load_splat<T>(b);
    p0 = plusProduct<T>(p0, x, s);
    q0 = plusProduct<T>(q0, y, s);
    if (columns > 1) {
      s = v128.load_splat<T>(b, sizeof<T>());
      p1 = plusProduct<T>(p1, x, s);
      q1 = plusProduct<T>(q1, y, s);
    }
    if (columns > 2) {
      s = v128.load_splat<T>(b, 2 * sizeof<T>());
      p2 = plusProduct<T>(p2, x, s);
      q2 = plusProduct<T>(q2, y, s);
    }
    if (columns > 3) {
      s = v128.load_splat<T>(b, 3 * sizeof<T>());
      p3 = plusProduct<T>(p3, x, s);
      q3 = plusProduct<T>(q3, y, s);
    }
  }
  v128.store(c, p0);
  v128.store(c, q0, 16);
  v128.store(c, p1, 32);
  v128.store(c, q1, 48);
  v128.store(c, p2, 64);
  v128.store(c, q2, 80);
  v128.store(c, p3, 96);
  v128.store(c, q3, 112);
}
