// A module for the tests alone: x ← exp x, expm1 x (|x| ≤ 709), log x, log1p x (0 ≤ x ≤ 1) for n numbers. tanh and sigmoid are kernels.

import * as activations from "./activations";
import * as elementary from "./elementary";
import { bytesOf } from "./lanes";

export function expEach(x: usize, n: i32): void {
  activations.exponentials<f64>(x, n);
}

export function expm1Each(x: usize, n: i32): void {
  for (const end = x + (bytesOf<f64>(n) & ~15); x != end; x += 16) v128.store(x, elementary.expm1(v128.load(x)));
  if (n & 1) v128.store64_lane(x, elementary.expm1(v128.load64_zero(x)), 0);
}

export function logEach(x: usize, n: i32): void {
  for (const end = x + (bytesOf<f64>(n) & ~15); x != end; x += 16) v128.store(x, elementary.log(v128.load(x)));
  if (n & 1) v128.store64_lane(x, elementary.log(v128.load64_zero(x)), 0);
}

export function log1pEach(x: usize, n: i32): void {
  for (const end = x + (bytesOf<f64>(n) & ~15); x != end; x += 16) v128.store(x, elementary.log1p(v128.load(x)));
  if (n & 1) v128.store64_lane(x, elementary.log1p(v128.load64_zero(x)), 0);
}
