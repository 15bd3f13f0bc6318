// x pre-activations, overwritten by the activations a; s slopes; n numbers, or n rows of k.

import { exp, sigmoid as sigmoidOf, tanh as tanhOf } from "./elementary";
import { bytesOf, get, put, wholeVectors } from "./lanes";

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

export function tanh(x: usize, n: i32): void {
  for (const end = x + (bytesOf<f64>(n) & ~15); x != end; x += 16) v128.store(x, tanhOf(v128.load(x)));
  if (n & 1) put<f64>(x, tanhOf(get<f64>(x, false)), false);
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

export function sigmoid(x: usize, n: i32): void {
  for (const end = x + (bytesOf<f64>(n) & ~15); x != end; x += 16) v128.store(x, sigmoidOf(v128.load(x)));
  if (n & 1) put<f64>(x, sigmoidOf(get<f64>(x, false)), false);
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
export function exponentials(x: usize, n: i32): void {
  for (const end = x + (bytesOf<f64>(n) & ~15); x != end; x += 16) v128.store(x, exp(v128.load(x)));
  if (n & 1) put<f64>(x, exp(get<f64>(x, false)), false);
}

/** Subtracts the largest of k scores at z from them; returns it. */
// @ts-ignore: decorator
@inline
export function subtractLargest(z: usize, k: i32): f64 {
  const end = z + bytesOf<f64>(k);
  let largest: f64 = -Infinity;
  for (let at = z; at != end; at += 8) {
    const score = load<f64>(at);
    largest = score > largest ? score : largest;
  }
  for (let at = z; at != end; at += 8) store<f64>(at, load<f64>(at) - largest);
  return largest;
}

/** The sum of k numbers, in order. */
// @ts-ignore: decorator
@inline
export function sumInOrder(z: usize, k: i32): f64 {
  let sum: f64 = 0;
  for (const end = z + bytesOf<f64>(k); z != end; z += 8) sum += load<f64>(z);
  return sum;
}

/** Divides k numbers. */
// @ts-ignore: decorator
@inline
export function divide(z: usize, k: i32, divisor: f64): void {
  const by = f64x2.splat(divisor);
  for (const end = z + (bytesOf<f64>(k) & ~15); z != end; z += 16) v128.store(z, f64x2.div(v128.load(z), by));
  if (k & 1) store<f64>(z, load<f64>(z) / divisor);
}

/** The sums of rows run in order. */
export function softmax(Z: usize, n: i32, k: i32): void {
  const row = bytesOf<f64>(k);
  const end = Z + <usize>n * row;
  for (let z = Z; z != end; z += row) subtractLargest(z, k);
  exponentials(Z, n * k);
  for (let z = Z; z != end; z += row) divide(z, k, sumInOrder(z, k));
}
