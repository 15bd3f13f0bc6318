// Rows of a sparse matrix: row i has the entries rows[2i] … rows[2i + 1] − 1, entry e is the number values[e] in column columns[e].
// d features, k outputs; W k × d, b k, Z and S n × k. All is computed in float64 and rounded when it is stored.

import { bytesOf, getPair } from "./lanes";

/** The address of the number of w in the column of an entry. */
// @ts-ignore: decorator
@inline
function numberOf<W>(column: usize, w: usize): usize {
  return w + <usize>load<u32>(column) * sizeof<W>();
}

/** The numbers at two addresses as a pair. */
// @ts-ignore: decorator
@inline
function pairAt<W>(a: usize, b: usize): v128 {
  if (sizeof<W>() == 8) return v128.load64_lane(b, v128.load64_zero(a), 1);
  return f64x2.promote_low_f32x4(v128.load32_lane(b, v128.load32_zero(a), 1));
}

/** The sum of the products of entries from … end − 1 with w: four sums, of every fourth entry each, then (0 + 1) + (2 + 3). */
export function sparseDot<T, W>(columns: usize, values: usize, from: u32, end: u32, w: usize): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let at = columns + (<usize>from << 2);
  let x = values + <usize>from * sizeof<T>();
  const last = columns + (<usize>end << 2);
  for (; at + 16 <= last; at += 16, x += 4 * sizeof<T>()) {
    a = f64x2.add(a, f64x2.mul(getPair<T>(x, true), pairAt<W>(numberOf<W>(at, w), numberOf<W>(at + 4, w))));
    const next = getPair<T>(x + 2 * sizeof<T>(), true);
    b = f64x2.add(b, f64x2.mul(next, pairAt<W>(numberOf<W>(at + 8, w), numberOf<W>(at + 12, w))));
  }
  const isPair = at + 8 <= last;
  if (isPair) {
    a = f64x2.add(a, f64x2.mul(getPair<T>(x, true), pairAt<W>(numberOf<W>(at, w), numberOf<W>(at + 4, w))));
    at += 8;
    x += 2 * sizeof<T>();
  }
  let p = f64x2.extract_lane(a, 0);
  let r = f64x2.extract_lane(b, 0);
  if (at < last) {
    const one = <f64>load<T>(x) * <f64>load<W>(numberOf<W>(at, w));
    if (isPair) r += one;
    else p += one;
  }
  return p + f64x2.extract_lane(a, 1) + (r + f64x2.extract_lane(b, 1));
}

export function sparseAffine<T>(
  rows: usize, columns: usize, values: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32,
): void {
  const row = bytesOf<T>(d);
  for (const last = rows + (<usize>n << 3); rows != last; rows += 8) {
    const from = load<u32>(rows);
    const end = load<u32>(rows, 4);
    let w = W;
    for (let c: usize = 0; c < bytesOf<T>(k); c += sizeof<T>(), w += row, Z += sizeof<T>()) {
      store<T>(Z, <T>(sparseDot<T, T>(columns, values, from, end, w) + <f64>load<T>(b + c)));
    }
  }
}

/** g += a · the row with the entries from … end − 1. Its columns differ, so two sums are loaded before the first is stored. */
export function addRow<T, G>(a: f64, columns: usize, values: usize, from: u32, end: u32, g: usize): void {
  const factor = f64x2.splat(a);
  let at = columns + (<usize>from << 2);
  let x = values + <usize>from * sizeof<T>();
  const last = columns + (<usize>end << 2);
  for (; at + 8 <= last; at += 8, x += 2 * sizeof<T>()) {
    const g0 = numberOf<G>(at, g);
    const g1 = numberOf<G>(at + 4, g);
    const sums = f64x2.add(pairAt<G>(g0, g1), f64x2.mul(factor, getPair<T>(x, true)));
    store<G>(g0, <G>f64x2.extract_lane(sums, 0));
    store<G>(g1, <G>f64x2.extract_lane(sums, 1));
  }
  if (at == last) return;
  const g0 = numberOf<G>(at, g);
  store<G>(g0, <G>(<f64>load<G>(g0) + a * <f64>load<T>(x)));
}

export function sparseAffineBack<T>(
  S: usize, rows: usize, columns: usize, values: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32,
): void {
  const row = bytesOf<T>(d);
  for (const last = rows + (<usize>n << 3); rows != last; rows += 8) {
    const from = load<u32>(rows);
    const end = load<u32>(rows, 4);
    let g = GW;
    for (let c: usize = 0; c < bytesOf<T>(k); c += sizeof<T>(), g += row, S += sizeof<T>()) {
      const s = <f64>load<T>(S);
      if (s == 0) continue; // the hinge has many such rows
      addRow<T, T>(s, columns, values, from, end, g);
      store<T>(Gb + c, <T>(<f64>load<T>(Gb + c) + s));
    }
  }
}

/** out_j += w_i x² for each entry x in column j of row i. The sums are float64 with either type. */
export function sparseSquares<T>(rows: usize, columns: usize, values: usize, w: usize, out: usize, n: i32): void {
  for (let i = 0; i < n; i++, rows += 8) {
    const weight = w == 0 ? 1 : <f64>load<T>(w + bytesOf<T>(i));
    const end = load<u32>(rows, 4);
    for (let e = load<u32>(rows); e < end; e++) {
      const x = <f64>load<T>(values + <usize>e * sizeof<T>());
      const at = out + (<usize>load<u32>(columns + (<usize>e << 2)) << 3);
      store<f64>(at, load<f64>(at) + weight * x * x);
    }
  }
}

/** Copies the parts of a list of numbers that belong to n rows, one part after another. */
export function gatherEntries(rows: usize, list: usize, out: usize, n: i32, bytes: usize): void {
  for (const last = rows + (<usize>n << 3); rows != last; rows += 8) {
    const from = <usize>load<u32>(rows);
    const length = (<usize>load<u32>(rows, 4) - from) * bytes;
    memory.copy(out, list + from * bytes, length);
    out += length;
  }
}

/** out += Σ_i q_i (x̃_i · v) x̃_i, where x̃ is a row and a 1; v 0: Σ_i q_i x̃_i. q, v and out are float64 with either type. */
export function sparseProduct<T>(
  rows: usize, columns: usize, values: usize, q: usize, v: usize, out: usize, n: i32, d: i32,
): void {
  const bias = v == 0 ? 1 : load<f64>(v + bytesOf<f64>(d));
  let sum: f64 = 0;
  for (const last = rows + (<usize>n << 3); rows != last; rows += 8, q += 8) {
    const from = load<u32>(rows);
    const end = load<u32>(rows, 4);
    const dot = v == 0 ? 0 : sparseDot<T, f64>(columns, values, from, end, v);
    const a = load<f64>(q) * (dot + bias);
    addRow<T, f64>(a, columns, values, from, end, out);
    sum += a;
  }
  out += bytesOf<f64>(d);
  store<f64>(out, load<f64>(out) + sum);
}
