// x pre-activations, overwritten by the activations a; s slopes; n numbers, or n rows of k.

import { exp, sigmoid as sigmoidOf, tanh as tanhOf } from "./elementary";
import { bytesOf, get, getPair, put, putPair, wholePairs, wholeVectors } from "./lanes";

/** NaN and −0 stay. */
// @ts-ignore: decorator
@inline
function reluOne<T>(x: usize, whole: bool): void {
  put<T>(x, v128.pmax<T>(get<T>(x, whole), v128.splat<T>(0)), whole);
}

export function relu<T>(x: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const whole = wholeVectors(bytes);
  for (let i: usize = 0; i < whole; i += 16) reluOne<T>(x + i, true);
  for (let i = whole; i < bytes; i += sizeof<T>()) reluOne<T>(x + i, false);
}

// @ts-ignore: decorator
@inline
function reluBackOne<T>(a: usize, s: usize, whole: bool): void {
  put<T>(s, v128.and(get<T>(s, whole), v128.gt<T>(get<T>(a, whole), v128.splat<T>(0))), whole);
}

export function reluBack<T>(a: usize, s: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const whole = wholeVectors(bytes);
  for (let i: usize = 0; i < whole; i += 16) reluBackOne<T>(a + i, s + i, true);
  for (let i = whole; i < bytes; i += sizeof<T>()) reluBackOne<T>(a + i, s + i, false);
}

export function tanh<T>(x: usize, n: i32): void {
  const end = x + wholePairs<T>(bytesOf<T>(n));
  for (; x != end; x += 2 * sizeof<T>()) putPair<T>(x, tanhOf(getPair<T>(x, true)), true);
  if (n & 1) putPair<T>(x, tanhOf(getPair<T>(x, false)), false);
}

// @ts-ignore: decorator
@inline
function tanhBackOne<T>(a: usize, s: usize, whole: bool): void {
  const y = get<T>(a, whole);
  put<T>(s, v128.mul<T>(get<T>(s, whole), v128.sub<T>(v128.splat<T>(1), v128.mul<T>(y, y))), whole);
}

export function tanhBack<T>(a: usize, s: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const whole = wholeVectors(bytes);
  for (let i: usize = 0; i < whole; i += 16) tanhBackOne<T>(a + i, s + i, true);
  for (let i = whole; i < bytes; i += sizeof<T>()) tanhBackOne<T>(a + i, s + i, false);
}

export function sigmoid<T>(x: usize, n: i32): void {
  const end = x + wholePairs<T>(bytesOf<T>(n));
  for (; x != end; x += 2 * sizeof<T>()) putPair<T>(x, sigmoidOf(getPair<T>(x, true)), true);
  if (n & 1) putPair<T>(x, sigmoidOf(getPair<T>(x, false)), false);
}

// @ts-ignore: decorator
@inline
function sigmoidBackOne<T>(a: usize, s: usize, whole: bool): void {
  const y = get<T>(a, whole);
  const sy = v128.mul<T>(get<T>(s, whole), y);
  put<T>(s, v128.mul<T>(sy, v128.sub<T>(v128.splat<T>(1), y)), whole);
}

export function sigmoidBack<T>(a: usize, s: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const whole = wholeVectors(bytes);
  for (let i: usize = 0; i < whole; i += 16) sigmoidBackOne<T>(a + i, s + i, true);
  for (let i = whole; i < bytes; i += sizeof<T>()) sigmoidBackOne<T>(a + i, s + i, false);
}

/** x ← eˣ. */
export function exponentials<T>(x: usize, n: i32): void {
  const end = x + wholePairs<T>(bytesOf<T>(n));
  for (; x != end; x += 2 * sizeof<T>()) putPair<T>(x, exp(getPair<T>(x, true)), true);
  if (n & 1) putPair<T>(x, exp(getPair<T>(x, false)), false);
}

/** Subtracts the largest of k scores at z from them. */
// @ts-ignore: decorator
@inline
export function subtractLargest<T>(z: usize, k: i32): void {
  const end = z + bytesOf<T>(k);
  let largest: T = -Infinity;
  for (let at = z; at != end; at += sizeof<T>()) {
    const score = load<T>(at);
    largest = score > largest ? score : largest;
  }
  for (let at = z; at != end; at += sizeof<T>()) store<T>(at, load<T>(at) - largest);
}

/** The sum of k numbers, in order. */
// @ts-ignore: decorator
@inline
export function sumInOrder<T>(z: usize, k: i32): f64 {
  let sum: f64 = 0;
  for (const end = z + bytesOf<T>(k); z != end; z += sizeof<T>()) sum += load<T>(z);
  return sum;
}

/** weight · (k numbers / divisor). */
// @ts-ignore: decorator
@inline
export function share<T>(z: usize, k: i32, divisor: f64, weight: f64): void {
  const by = f64x2.splat(divisor);
  const times = f64x2.splat(weight);
  const end = z + wholePairs<T>(bytesOf<T>(k));
  for (; z != end; z += 2 * sizeof<T>()) putPair<T>(z, f64x2.mul(times, f64x2.div(getPair<T>(z, true), by)), true);
  if (k & 1) putPair<T>(z, f64x2.mul(times, f64x2.div(getPair<T>(z, false), by)), false);
}

/** The sums of rows run in order. */
export function softmax<T>(Z: usize, n: i32, k: i32): void {
  const row = bytesOf<T>(k);
  const end = Z + <usize>n * row;
  for (let z = Z; z != end; z += row) subtractLargest<T>(z, k);
  exponentials<T>(Z, n * k);
  for (let z = Z; z != end; z += row) share<T>(z, k, sumInOrder<T>(z, k), 1);
}
