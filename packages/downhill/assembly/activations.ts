// x pre-activations, overwritten by the activations a; s slopes; n numbers.

import { exp, sigmoid as sigmoidOf, tanh as tanhOf } from "./elementary";
import { bytesOf, get, getPair, put, putPair, wholeVectors } from "./lanes";

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
    const whole = x + pair <= end;
    const v = whole ? getPair<T>(x, true) : getPair<T>(x, false);
    putPair<T>(x, elementary(kind, v), whole);
  }
}

/** NaN stays NaN, and −0 stays −0. */
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
  elementwise<T>(TANH, x, n);
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
  elementwise<T>(SIGMOID, x, n);
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
  elementwise<T>(EXP, x, n);
}
