// Many plain updates of a linear model in one call, with the same bits as the single kernels called one after another.
// d features, k outputs; x parameters W (k × d), b (k); g their gradient.

import { affine, affineBack } from "./affine";
import { bytesOf, get, plusProduct, put, fullVectors, withoutTiny } from "./lanes";
import { logistic } from "./logistic";
import * as lossCodes from "../src/kernels/lossCodes";
import { halfSquared, hinge, squaredHinge } from "./losses";
import { crossEntropy } from "./softmax";
import { approach, axpy, dot, gather, scale, sumAbsolute } from "./vectors";
import { shrink } from "./optimizers";
import * as field from "../src/kernels/sweepLayout";
import { sweepRows } from "./sweepRows";

export function sumAndSlope<T>(loss: i32, Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  if (loss == lossCodes.logistic) return logistic<T>(Z, Y, w, n);
  if (loss == lossCodes.halfSquared) return halfSquared<T>(Z, Y, w, n, k);
  if (loss == lossCodes.hinge) return hinge<T>(Z, Y, w, n, k);
  if (loss == lossCodes.squaredHinge) return squaredHinge<T>(Z, Y, w, n, k);
  return crossEntropy<T>(Z, Y, w, n, k);
}

/**
 * Rows that an order names are gathered `blockRows` at a time: their cache misses then overlap, which halves the time
 * (measured).
 */
export function sweepLinear<T>(sweep: usize): i32 {
  const loss = <i32>load<f64>(sweep, field.loss << 3);
  const X = <usize>load<f64>(sweep, field.inputs << 3);
  const Y = <usize>load<f64>(sweep, field.targets << 3);
  const w = <usize>load<f64>(sweep, field.weights << 3);
  const order = <usize>load<f64>(sweep, field.order << 3);
  const blockX = <usize>load<f64>(sweep, field.blockInputs << 3);
  const blockY = <usize>load<f64>(sweep, field.blockTargets << 3);
  const blockW = <usize>load<f64>(sweep, field.blockWeights << 3);
  const scratch = <usize>load<f64>(sweep, field.affineScratch << 3);
  const Z = <usize>load<f64>(sweep, field.scores << 3);
  const x = <usize>load<f64>(sweep, field.params << 3);
  const g = <usize>load<f64>(sweep, field.gradient << 3);
  const average = <usize>load<f64>(sweep, field.average << 3);
  const rates = <usize>load<f64>(sweep, field.rates << 3);
  const fractions = <usize>load<f64>(sweep, field.fractions << 3);
  const values = <usize>load<f64>(sweep, field.values << 3);
  const from = <i32>load<f64>(sweep, field.firstRow << 3);
  const to = <i32>load<f64>(sweep, field.endRow << 3);
  const m = <i32>load<f64>(sweep, field.batchRows << 3);
  const d = <i32>load<f64>(sweep, field.features << 3);
  const k = <i32>load<f64>(sweep, field.outputs << 3);
  const l2 = load<f64>(sweep, field.l2 << 3);
  const l1 = load<f64>(sweep, field.l1 << 3);
  const row = bytesOf<T>(d);
  const targets = loss == lossCodes.crossEntropy ? sizeof<T>() : bytesOf<T>(k);
  const weighted: usize = w == 0 ? 0 : sizeof<T>();
  const weights = k * d;
  const size = weights + k;
  const b = x + bytesOf<T>(weights);
  const step = order == 0 ? to - from : <i32>load<f64>(sweep, field.blockRows << 3) / m * m;
  const rowByRow = m == 1 && k == 1 && w == 0 && loss != lossCodes.crossEntropy && l1 == 0 && average == 0;
  let done: usize = 0;
  for (let start = from; start < to; start += step) {
    const end = min(start + step, to);
    let Xs = X + <usize>start * row;
    let Ys = Y + <usize>start * targets;
    let ws = w + <usize>start * weighted;
    if (order != 0) {
      const rows = order + (<usize>start << 2);
      gather(X, rows, Xs = blockX, end - start, <i32>row);
      gather(Y, rows, Ys = blockY, end - start, <i32>targets);
      ws = weighted == 0 ? 0 : blockW;
      if (weighted != 0) gather(w, rows, ws, end - start, sizeof<T>());
    }
    if (rowByRow) {
      const swept = sweepRows<T>(loss, Xs, Ys, x, rates + done, values + done, end - start, d, l2);
      done += <usize>swept << 3;
      if (swept < end - start) break;
      continue;
    }
    for (let at = start; at < end; at += m, done += 8) {
      const n = min(m, end - at);
      affine<T>(Xs, x, b, Z, n, d, k, scratch);
      let value = sumAndSlope<T>(loss, Z, Ys, ws, n, k) / n;
      if (l2 > 0) value += 0.5 * l2 * dot<T>(x, x, weights);
      if (l1 > 0) value += l1 * sumAbsolute<T>(x, weights);
      if (!isFinite<f64>(value)) return <i32>(done >> 3);
      store<f64>(values + done, value);
      const rate = load<f64>(rates + done);
      memory.fill(g, 0, bytesOf<T>(size));
      affineBack<T>(Z, Xs, g, g + bytesOf<T>(weights), n, d, k, scratch);
      if (n > 1) scale<T>(1 / <f64>n, g, size);
      if (l2 > 0) axpy<T>(l2, x, g, weights);
      subtract<T>(x, g, bytesOf<T>(size), <T>rate);
      if (l1 > 0) shrink<T>(x, weights, rate * l1);
      if (average != 0) approach<T>(average, x, size, load<f64>(fractions + done));
      Xs += <usize>n * row;
      Ys += <usize>n * targets;
      ws += <usize>n * weighted;
    }
  }
  return <i32>(done >> 3);
}

/** x −= rate · g; tiny results become 0. */
// @ts-ignore: decorator
@inline
function subtract<T>(x: usize, g: usize, bytes: usize, rate: T): void {
  const r = v128.splat<T>(rate);
  const full = fullVectors(bytes);
  for (let i: usize = 0; i < full; i += 16) subtractOne<T>(x + i, g + i, r, true);
  for (let i = full; i < bytes; i += sizeof<T>()) subtractOne<T>(x + i, g + i, r, false);
}

// @ts-ignore: decorator
@inline
function subtractOne<T>(x: usize, g: usize, rate: v128, full: bool): void {
  put<T>(x, withoutTiny<T>(v128.sub<T>(get<T>(x, full), v128.mul<T>(rate, get<T>(g, full)))), full);
}
