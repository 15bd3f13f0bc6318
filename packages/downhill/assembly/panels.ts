// A panel is a copy of some columns of B in the order in which a tile reads them: all columns of one term, then those of the
// next. Without it, rows of B whose distance is a power of two would displace each other in the cache.

import { plusProduct, fullVectors } from "./lanes";

/** Copies `bytes` bytes of columns, a multiple of 16, or less than 32 and then padded with zeros; the terms are `row` apart. */
export function copyPanel<T>(b: usize, row: usize, bytes: usize, terms: i32, panel: usize): void {
  for (let p = 0; p < terms; p++, b += row) {
    const full = fullVectors(bytes);
    for (let j: usize = 0; j < full; j += 16) v128.store(panel + j, v128.load(b + j));
    panel += full;
    if (bytes != full) {
      v128.store(panel, v128.splat<T>(0));
      for (let j = full; j < bytes; j += sizeof<T>()) store<T>(panel + j - full, load<T>(b + j));
      panel += 16;
    }
  }
}

/** Copies `bytes` bytes of columns, a multiple of 64, in panels of 64 bytes, one panel after another; the terms are `row` apart. */
export function copyPanels(b: usize, row: usize, bytes: usize, terms: i32, panels: usize): void {
  const next = <usize>terms << 6;
  for (const last = panels + next; panels != last; b += row, panels += 64) {
    for (let from = b, end = b + bytes, to = panels; from != end; from += 64, to += next) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
    }
  }
}

/** Transposes `width` columns that are `row` bytes apart, whose terms are adjacent: 32 bytes a term, with zeros at the end. */
export function transposePanel<T>(b: usize, row: usize, width: i32, terms: i32, panel: usize): void {
  const lanes: i32 = 16 / sizeof<T>();
  const last = b + <usize>(width - 1) * row;
  transposeVector<T>(b, row, last, terms, panel);
  if (width > lanes) transposeVector<T>(b + <usize>lanes * row, row, last, terms, panel + 16);
}

/** Transposes one vector of columns; lanes after the last column repeat it. */
function transposeVector<T>(b: usize, row: usize, last: usize, terms: i32, panel: usize): void {
  const b1 = min<usize>(b + row, last);
  const b2 = min<usize>(b + 2 * row, last);
  const b3 = min<usize>(b + 3 * row, last);
  const bytes = <usize>terms * sizeof<T>();
  const full = fullVectors(bytes);
  let j: usize = 0;
  for (; j < full; j += 16, panel += 32 * (16 / sizeof<T>())) {
    const v0 = v128.load(b + j);
    const v1 = v128.load(b1 + j);
    if (sizeof<T>() == 8) {
      v128.store(panel, v128.shuffle<i64>(v0, v1, 0, 2));
      v128.store(panel, v128.shuffle<i64>(v0, v1, 1, 3), 32);
      continue;
    }
    const v2 = v128.load(b2 + j);
    const v3 = v128.load(b3 + j);
    const left = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5);
    const right = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5);
    v128.store(panel, v128.shuffle<i64>(left, right, 0, 2));
    v128.store(panel, v128.shuffle<i64>(left, right, 1, 3), 32);
    const left2 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7);
    const right2 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<i64>(left2, right2, 0, 2), 64);
    v128.store(panel, v128.shuffle<i64>(left2, right2, 1, 3), 96);
  }
  for (; j < bytes; j += sizeof<T>(), panel += 32) v128.store(panel, oneTerm<T>(b + j, b1 + j, b2 + j, b3 + j));
}

/** One number of each column. */
// @ts-ignore: decorator
@inline
function oneTerm<T>(b: usize, b1: usize, b2: usize, b3: usize): v128 {
  const v = v128.load_lane<T>(b1, v128.load_zero<T>(b), 1);
  return sizeof<T>() == 4 ? v128.load_lane<T>(b3, v128.load_lane<T>(b2, v, 2), 3) : v;
}

/** sum + Σ x_j b_j over one vector of terms, j in order. */
// @ts-ignore: decorator
@inline
export function plusTerms<T>(sum: v128, x: usize, b: usize, b1: usize, b2: usize, b3: usize): v128 {
  const v0 = v128.load(b);
  const v1 = v128.load(b1);
  if (sizeof<T>() == 8) {
    sum = plusProduct<T>(sum, v128.load_splat<T>(x), v128.shuffle<i64>(v0, v1, 0, 2));
    return plusProduct<T>(sum, v128.load_splat<T>(x, 8), v128.shuffle<i64>(v0, v1, 1, 3));
  }
  const v2 = v128.load(b2);
  const v3 = v128.load(b3);
  const left = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5);
  const right = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5);
  sum = plusProduct<T>(sum, v128.load_splat<T>(x), v128.shuffle<i64>(left, right, 0, 2));
  sum = plusProduct<T>(sum, v128.load_splat<T>(x, 4), v128.shuffle<i64>(left, right, 1, 3));
  const left2 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7);
  const right2 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7);
  sum = plusProduct<T>(sum, v128.load_splat<T>(x, 8), v128.shuffle<i64>(left2, right2, 0, 2));
  return plusProduct<T>(sum, v128.load_splat<T>(x, 12), v128.shuffle<i64>(left2, right2, 1, 3));
}

/** sum + x b of one term. */
// @ts-ignore: decorator
@inline
export function plusTerm<T>(sum: v128, x: usize, b: usize, b1: usize, b2: usize, b3: usize): v128 {
  return plusProduct<T>(sum, v128.load_splat<T>(x), oneTerm<T>(b, b1, b2, b3));
}
