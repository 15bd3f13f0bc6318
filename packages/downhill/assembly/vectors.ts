// x, y vectors of n numbers. Sums: see dotOf.

import { bytesOf, get, getPair, plusProduct, put, sumOfLanes, fullPairs, fullVectors, withoutTiny } from "./lanes";

// @ts-ignore: decorator
@inline
function addOne<T>(x: usize, y: usize, full: bool): void {
  put<T>(y, v128.add<T>(get<T>(y, full), get<T>(x, full)), full);
}

export function add<T>(x: usize, y: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) addOne<T>(x + i, y + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) addOne<T>(x + i, y + i, false);
}

// @ts-ignore: decorator
@inline
function axpyOne<T>(a: v128, x: usize, y: usize, full: bool): void {
  put<T>(y, plusProduct<T>(get<T>(y, full), a, get<T>(x, full)), full);
}

export function axpy<T>(a: f64, x: usize, y: usize, n: i32): void {
  axpyBytes<T>(<T>a, x, y, bytesOf<T>(n));
}

/** axpy for vectors of `bytes` bytes. */
export function axpyBytes<T>(a: T, x: usize, y: usize, bytes: usize): void {
  const factor = v128.splat<T>(a);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) axpyOne<T>(factor, x + i, y + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) axpyOne<T>(factor, x + i, y + i, false);
}

// @ts-ignore: decorator
@inline
function scaleOne<T>(a: v128, x: usize, full: bool): void {
  put<T>(x, v128.mul<T>(a, get<T>(x, full)), full);
}

export function scale<T>(a: f64, x: usize, n: i32): void {
  const factor = v128.splat<T>(<T>a);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) scaleOne<T>(factor, x + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) scaleOne<T>(factor, x + i, false);
}

/**
 * Σ xᵢ yᵢ. Four vectors a, b, c, d of partial sums alternate over full groups of four vectors, and a takes the remaining full
 * vectors. Then the lanes of (a + b) + (c + d) are added, and then the remaining numbers, in order.
 */
// @ts-ignore: decorator
@inline
export function dotOf<T>(x: usize, y: usize, bytes: usize): T {
  let a = v128.splat<T>(0);
  let b = v128.splat<T>(0);
  let c = v128.splat<T>(0);
  let d = v128.splat<T>(0);
  let i: usize = 0;
  for (const groups = bytes & ~63; i < groups; i += 64) {
    a = plusProduct<T>(a, v128.load(x + i), v128.load(y + i));
    b = plusProduct<T>(b, v128.load(x + i, 16), v128.load(y + i, 16));
    c = plusProduct<T>(c, v128.load(x + i, 32), v128.load(y + i, 32));
    d = plusProduct<T>(d, v128.load(x + i, 48), v128.load(y + i, 48));
  }
  for (const full = fullVectors(bytes); i < full; i += 16) a = plusProduct<T>(a, v128.load(x + i), v128.load(y + i));
  let sum = sumOfLanes<T>(v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d)));
  for (; i < bytes; i += sizeof<T>()) sum += load<T>(x + i) * load<T>(y + i);
  return sum;
}

export function dot<T>(x: usize, y: usize, n: i32): f64 {
  return sizeof<T>() == 8 ? dotOf<f64>(x, y, bytesOf<f64>(n)) : dotOfPairs<T>(x, y, bytesOf<T>(n));
}

/** The same in float64, in the two lanes of one vector: products and sums of float32 numbers neither overflow nor vanish. */
function dotOfPairs<T>(x: usize, y: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  const full = fullPairs<T>(bytes);
  let i: usize = 0;
  for (; i < full; i += 2 * sizeof<T>()) {
    sum = plusProduct<f64>(sum, getPair<T>(x + i, true), getPair<T>(y + i, true));
  }
  if (i < bytes) sum = plusProduct<f64>(sum, getPair<T>(x + i, false), getPair<T>(y + i, false));
  return sumOfLanes<f64>(sum);
}

export function sumAbsolute<T>(x: usize, n: i32): f64 {
  return sizeof<T>() == 8 ? absolutes(x, bytesOf<f64>(n)) : absolutesOfPairs<T>(x, bytesOf<T>(n));
}

/** Summed like dotOfPairs. */
function absolutesOfPairs<T>(x: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  const full = fullPairs<T>(bytes);
  let i: usize = 0;
  for (; i < full; i += 2 * sizeof<T>()) sum = f64x2.add(sum, f64x2.abs(getPair<T>(x + i, true)));
  if (i < bytes) sum = f64x2.add(sum, f64x2.abs(getPair<T>(x + i, false)));
  return sumOfLanes<f64>(sum);
}

/** Summed like dotOf, with two vectors of partial sums. */
function absolutes(x: usize, bytes: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let i: usize = 0;
  for (const groups = bytes & ~31; i < groups; i += 32) {
    a = f64x2.add(a, f64x2.abs(v128.load(x + i)));
    b = f64x2.add(b, f64x2.abs(v128.load(x + i, 16)));
  }
  for (const full = fullVectors(bytes); i < full; i += 16) a = f64x2.add(a, f64x2.abs(v128.load(x + i)));
  let sum = sumOfLanes<f64>(f64x2.add(a, b));
  for (; i < bytes; i += 8) sum += abs<f64>(load<f64>(x + i));
  return sum;
}

/** The maximum of WebAssembly keeps NaN. */
export function maxAbsolute<T>(x: usize, n: i32): T {
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  let most = v128.splat<T>(0);
  for (let i: usize = 0; i < full; i += 16) most = v128.max<T>(most, v128.abs<T>(v128.load(x + i)));
  for (let i = full; i < bytes; i += sizeof<T>()) most = v128.max<T>(most, v128.abs<T>(v128.load_zero<T>(x + i)));
  let largest = v128.extract_lane<T>(most, 0);
  largest = max<T>(largest, v128.extract_lane<T>(most, 1));
  if (sizeof<T>() == 4) {
    largest = max<T>(largest, v128.extract_lane<T>(most, 2));
    largest = max<T>(largest, v128.extract_lane<T>(most, 3));
  }
  return largest;
}

// @ts-ignore: decorator
@inline
function approachOne<T>(average: usize, x: usize, fraction: v128, full: bool): void {
  const from = get<T>(average, full);
  put<T>(average, withoutTiny<T>(plusProduct<T>(from, fraction, v128.sub<T>(get<T>(x, full), from))), full);
}

export function approach<T>(average: usize, x: usize, n: i32, fraction: f64): void {
  const part = v128.splat<T>(<T>fraction);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) approachOne<T>(average + i, x + i, part, true);
  for (let i = full; i < bytes; i += sizeof<T>()) approachOne<T>(average + i, x + i, part, false);
}

const ROWS_AT_ONCE = 16;
const LINE: usize = 64; // bytes of a cache line

/**
 * Rows of one number, such as targets, have their own loop. For longer rows, all cache lines of several rows are loaded before
 * the first row is copied, so that their cache misses overlap.
 */
export function gather(source: usize, order: usize, out: usize, n: i32, bytes: usize): void {
  const last = order + (<usize>n << 2);
  if (bytes == 4) {
    for (; order != last; order += 4, out += 4) store<u32>(out, load<u32>(source + (<usize>load<u32>(order) << 2)));
    return;
  }
  if (bytes == 8) {
    for (; order != last; order += 4, out += 8) store<u64>(out, load<u64>(source + (<usize>load<u32>(order) << 3)));
    return;
  }
  for (; order != last; ) {
    const end = min(order + 4 * ROWS_AT_ONCE, last);
    for (let at = order; at != end; at += 4) {
      const row = source + <usize>load<u32>(at) * bytes;
      for (let line: usize = 0; line < bytes; line += LINE) load<u8>(row + line);
      load<u8>(row + bytes - 1);
    }
    for (; order != end; order += 4, out += bytes) copyRow(source + <usize>load<u32>(order) * bytes, out, bytes);
  }
}

// @ts-ignore: decorator
@inline
function copyRow(row: usize, out: usize, bytes: usize): void {
  let at: usize = 0;
  for (const groups = bytes & ~63; at < groups; at += 64) {
    const a = v128.load(row + at);
    const b = v128.load(row + at, 16);
    const c = v128.load(row + at, 32);
    const d = v128.load(row + at, 48);
    v128.store(out + at, a);
    v128.store(out + at, b, 16);
    v128.store(out + at, c, 32);
    v128.store(out + at, d, 48);
  }
  for (const full = fullVectors(bytes); at < full; at += 16) v128.store(out + at, v128.load(row + at));
  if (bytes & 8) {
    store<u64>(out + at, load<u64>(row + at));
    at += 8;
  }
  if (bytes & 4) store<u32>(out + at, load<u32>(row + at));
}
