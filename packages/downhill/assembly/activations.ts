// x pre-activations, overwritten by the activations a; s slopes; n numbers.

import { exp, sigmoid as sigmoidOf, tanh as tanhOf } from "./elementary";
import { bytesOf, get, getPair, put, putPair, fullVectors } from "./lanes";

const EXP = 0;
const TANH = 1;
const SIGMOID = 2;

// @ts-ignore: decorator
@inline
function elementary(kind: i32, x: v128): v128 {
  if (kind == EXP) return exp(x);
  return kind == TANH ? tanhOf(x) : sigmoidOf(x);
}

/** Takes two pairs at a time, so that the constants of a function are loaded half as often, which saves a third of the time. */
// @ts-ignore: decorator
@inline
function elementwise<T>(kind: i32, x: usize, n: i32): void {
  const pair: usize = 2 * sizeof<T>();
  const end = x + bytesOf<T>(n);
  for (; x + 2 * pair <= end; x += 2 * pair) {
    const a = elementary(kind, getPair<T>(x, true));
    const b = elementary(kind, getPair<T>(x + pair, true));
    putPair<T>(x, a, true);
    putPair<T>(x + pair, b, true);
  }
  for (; x < end; x += pair) {
    const full = x + pair <= end;
    const v = full ? getPair<T>(x, true) : getPair<T>(x, false);
    putPair<T>(x, elementary(kind, v), full);
  }
}

/** NaN stays NaN, and −0 stays −0. */
// @ts-ignore: decorator
@inline
function reluOne<T>(x: usize, full: bool): void {
  put<T>(x, v128.pmax<T>(get<T>(x, full), v128.splat<T>(0)), full);
}

export function relu<T>(x: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) reluOne<T>(x + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) reluOne<T>(x + i, false);
}

// @ts-ignore: decorator
@inline
function reluBackOne<T>(a: usize, s: usize, full: bool): void {
  put<T>(s, v128.and(get<T>(s, full), v128.gt<T>(get<T>(a, full), v128.splat<T>(0))), full);
}

export function reluBack<T>(a: usize, s: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) reluBackOne<T>(a + i, s + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) reluBackOne<T>(a + i, s + i, false);
}

export function tanh<T>(x: usize, n: i32): void {
  elementwise<T>(TANH, x, n);
}

// @ts-ignore: decorator
@inline
function tanhBackOne<T>(a: usize, s: usize, full: bool): void {
  const y = get<T>(a, full);
  put<T>(s, v128.mul<T>(get<T>(s, full), v128.sub<T>(v128.splat<T>(1), v128.mul<T>(y, y))), full);
}

export function tanhBack<T>(a: usize, s: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) tanhBackOne<T>(a + i, s + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) tanhBackOne<T>(a + i, s + i, false);
}

export function sigmoid<T>(x: usize, n: i32): void {
  elementwise<T>(SIGMOID, x, n);
}

// @ts-ignore: decorator
@inline
function sigmoidBackOne<T>(a: usize, s: usize, full: bool): void {
  const y = get<T>(a, full);
  const sy = v128.mul<T>(get<T>(s, full), y);
  put<T>(s, v128.mul<T>(sy, v128.sub<T>(v128.splat<T>(1), y)), full);
}

export function sigmoidBack<T>(a: usize, s: usize, n: i32): void {
  const bytes = bytesOf<T>(n);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) sigmoidBackOne<T>(a + i, s + i, true);
  for (let i = full; i < bytes; i += sizeof<T>()) sigmoidBackOne<T>(a + i, s + i, false);
}

/** x ← eˣ. */
export function exponentials<T>(x: usize, n: i32): void {
  elementwise<T>(EXP, x, n);
}
