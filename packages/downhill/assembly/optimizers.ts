// x parameters, g gradient, overwritten by the direction; v, s, m the optimizer's vectors. Tiny numbers are stored as 0 in x,
// v, s and m (see withoutTiny in lanes.ts).

import { bytesOf, fullVectors, get, orZero, plusProduct, put, withoutTiny } from "./lanes";

// @ts-ignore: decorator
@inline
function descendOne<T>(x: usize, kept: usize, g: usize, rate: v128, factor: v128, full: bool): void {
  const from = get<T>(x, full);
  put<T>(kept, from, full);
  put<T>(x, withoutTiny<T>(v128.sub<T>(from, v128.mul<T>(rate, v128.mul<T>(factor, get<T>(g, full))))), full);
}

export function descend<T>(x: usize, kept: usize, g: usize, n: i32, rate: f64, factor: f64): void {
  const r = v128.splat<T>(<T>rate);
  const f = v128.splat<T>(<T>factor);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) descendOne<T>(x + i, kept + i, g + i, r, f, true);
  for (let i = full; i < bytes; i += sizeof<T>()) descendOne<T>(x + i, kept + i, g + i, r, f, false);
}

// @ts-ignore: decorator
@inline
function descendAndClear<T>(x: usize, g: usize, rate: v128, full: bool): void {
  put<T>(x, withoutTiny<T>(v128.sub<T>(get<T>(x, full), v128.mul<T>(rate, get<T>(g, full)))), full);
  put<T>(g, v128.splat<T>(0), full);
}

/** When an index occurs again, g is already 0 there, so x does not change. */
export function descendAt<T>(x: usize, g: usize, starts: usize, n: i32, width: i32, rate: f64, terms: usize): void {
  if (terms != 0) return descendEach<T>(x, g, starts, n, width, rate, terms);
  const r = v128.splat<T>(<T>rate);
  const bytes = bytesOf<T>(width);
  const full = fullVectors(bytes);
  for (const end = starts + (<usize>n << 2); starts != end; starts += 4) {
    const from = <usize>load<u32>(starts) * sizeof<T>();
    for (let i: usize = from; i < from + full; i += 16) descendAndClear<T>(x + i, g + i, r, true);
    for (let i = from + full; i < from + bytes; i += sizeof<T>()) descendAndClear<T>(x + i, g + i, r, false);
  }
}

/** descendAt with the multiples of the rate in `terms`, entry by entry. */
function descendEach<T>(x: usize, g: usize, starts: usize, n: i32, width: i32, rate: f64, terms: usize): void {
  for (let i = 0; i < n; i++) {
    const from = <usize>load<u32>(starts + (<usize>i << 2)) * sizeof<T>();
    for (let j = 0; j < width; j++) {
      const index = <usize>((j + 1 == width ? 2 : 0) + (i & 1));
      const at = from + bytesOf<T>(j);
      const step = <T>(rate * load<f64>(terms + (index << 3))) * load<T>(g + at);
      store<T>(x + at, orZero<T>(load<T>(x + at) - step));
      store<T>(g + at, 0);
    }
  }
}

/** x − (x clamped to ± threshold), which is +0 for |x| ≤ threshold; tiny results become 0. */
// @ts-ignore: decorator
@inline
function shrinkOne<T>(x: usize, threshold: v128, full: bool): void {
  const from = get<T>(x, full);
  const clamped = v128.pmin<T>(v128.pmax<T>(from, v128.neg<T>(threshold)), threshold);
  put<T>(x, withoutTiny<T>(v128.sub<T>(from, clamped)), full);
}

export function shrink<T>(x: usize, n: i32, threshold: f64): void {
  const by = v128.splat<T>(<T>threshold);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) shrinkOne<T>(x + i, by, true);
  for (let i = full; i < bytes; i += sizeof<T>()) shrinkOne<T>(x + i, by, false);
}

// @ts-ignore: decorator
@inline
function momentumOne<T>(g: usize, v: usize, decay: v128, nesterov: bool, full: bool): void {
  const slope = get<T>(g, full);
  const velocity = withoutTiny<T>(v128.add<T>(v128.mul<T>(decay, get<T>(v, full)), slope));
  put<T>(v, velocity, full);
  put<T>(g, nesterov ? plusProduct<T>(slope, decay, velocity) : velocity, full);
}

export function momentum<T>(g: usize, v: usize, n: i32, decay: f64): void {
  const by = v128.splat<T>(<T>decay);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) momentumOne<T>(g + i, v + i, by, false, true);
  for (let i = full; i < bytes; i += sizeof<T>()) momentumOne<T>(g + i, v + i, by, false, false);
}

export function nesterov<T>(g: usize, v: usize, n: i32, decay: f64): void {
  const by = v128.splat<T>(<T>decay);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) momentumOne<T>(g + i, v + i, by, true, true);
  for (let i = full; i < bytes; i += sizeof<T>()) momentumOne<T>(g + i, v + i, by, true, false);
}

/** g / (√s + ε). */
// @ts-ignore: decorator
@inline
function overRoot<T>(g: v128, s: v128, epsilon: v128): v128 {
  return v128.div<T>(g, v128.add<T>(v128.sqrt<T>(s), epsilon));
}

// @ts-ignore: decorator
@inline
function adaGradOne<T>(g: usize, s: usize, epsilon: v128, full: bool): void {
  const slope = get<T>(g, full);
  const sum = withoutTiny<T>(plusProduct<T>(get<T>(s, full), slope, slope));
  put<T>(s, sum, full);
  put<T>(g, overRoot<T>(slope, sum, epsilon), full);
}

export function adaGrad<T>(g: usize, s: usize, n: i32, epsilon: f64): void {
  const e = v128.splat<T>(<T>epsilon);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) adaGradOne<T>(g + i, s + i, e, true);
  for (let i = full; i < bytes; i += sizeof<T>()) adaGradOne<T>(g + i, s + i, e, false);
}

/** decay · average + rest · x; tiny results become 0. */
// @ts-ignore: decorator
@inline
function mixed<T>(decay: v128, average: v128, rest: v128, x: v128): v128 {
  return withoutTiny<T>(v128.add<T>(v128.mul<T>(decay, average), v128.mul<T>(rest, x)));
}

// @ts-ignore: decorator
@inline
function rmsPropOne<T>(g: usize, s: usize, decay: v128, rest: v128, epsilon: v128, full: bool): void {
  const slope = get<T>(g, full);
  const average = mixed<T>(decay, get<T>(s, full), rest, v128.mul<T>(slope, slope));
  put<T>(s, average, full);
  put<T>(g, overRoot<T>(slope, average, epsilon), full);
}

export function rmsProp<T>(g: usize, s: usize, n: i32, decay: f64, epsilon: f64): void {
  const by = v128.splat<T>(<T>decay);
  const rest = v128.splat<T>(<T>(1 - decay));
  const e = v128.splat<T>(<T>epsilon);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) rmsPropOne<T>(g + i, s + i, by, rest, e, true);
  for (let i = full; i < bytes; i += sizeof<T>()) rmsPropOne<T>(g + i, s + i, by, rest, e, false);
}

// @ts-ignore: decorator
@inline
function adamOne<T>(
  g: usize, m: usize, v: usize, b1: v128, rest1: v128, b2: v128, rest2: v128, c1: v128, c2: v128, e: v128, full: bool,
): void {
  const slope = get<T>(g, full);
  const mean = mixed<T>(b1, get<T>(m, full), rest1, slope);
  const square = mixed<T>(b2, get<T>(v, full), rest2, v128.mul<T>(slope, slope));
  put<T>(m, mean, full);
  put<T>(v, square, full);
  put<T>(g, overRoot<T>(v128.div<T>(mean, c1), v128.div<T>(square, c2), e), full);
}

export function adam<T>(
  g: usize, m: usize, v: usize, n: i32, beta1: f64, beta2: f64, c1: f64, c2: f64, epsilon: f64,
): void {
  const b1 = v128.splat<T>(<T>beta1);
  const b2 = v128.splat<T>(<T>beta2);
  const rest1 = v128.splat<T>(<T>(1 - beta1));
  const rest2 = v128.splat<T>(<T>(1 - beta2));
  const d1 = v128.splat<T>(<T>c1);
  const d2 = v128.splat<T>(<T>c2);
  const e = v128.splat<T>(<T>epsilon);
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) adamOne<T>(g + i, m + i, v + i, b1, rest1, b2, rest2, d1, d2, e, true);
  for (let i = full; i < bytes; i += sizeof<T>()) {
    adamOne<T>(g + i, m + i, v + i, b1, rest1, b2, rest2, d1, d2, e, false);
  }
}
