// Many plain updates of a linear model in one call, with the same bits as the single kernels called one after another.
// d features, k outputs; x parameters W (k × d), b (k); g their gradient.

import { affine, affineBack } from "./affine";
import { bytesOf, get, plusProduct, put, fullVectors, withoutTiny } from "./lanes";
import { logistic } from "./logistic";
import * as lossCodes from "../src/kernels/lossCodes";
import { halfSquared, hinge, huber, poisson, squaredHinge } from "./losses";
import { crossEntropy } from "./softmax";
import { approach, axpy, dot, gather, scale, sumAbsolute } from "./vectors";
import { shrink } from "./optimizers";
import { addressIn, integerIn, numberIn } from "./sweepFields";
import * as field from "../src/kernels/sweepLayout";
import { sweepRows } from "./sweepRows";

/** The loss of a sweep, for n rows. */
export function sumAndSlope<T>(sweep: usize, loss: i32, Z: usize, Y: usize, w: usize, n: i32, k: i32): f64 {
  if (loss == lossCodes.logistic) return logistic<T>(Z, Y, w, n);
  if (loss == lossCodes.halfSquared) return halfSquared<T>(Z, Y, w, n, k);
  if (loss == lossCodes.hinge) return hinge<T>(Z, Y, w, n, k);
  if (loss == lossCodes.squaredHinge) return squaredHinge<T>(Z, Y, w, n, k);
  if (loss == lossCodes.poisson) return poisson<T>(Z, Y, w, n, k);
  if (loss == lossCodes.huber) {
    const c = numberIn(sweep, field.curvature);
    return huber<T>(Z, Y, w, n, k, c, numberIn(sweep, field.low), numberIn(sweep, field.high));
  }
  return crossEntropy<T>(Z, Y, w, n, k);
}

/**
 * Rows that an order names are gathered `blockRows` at a time: their cache misses then overlap, which halves the time
 * (measured).
 */
export function sweepLinear<T>(sweep: usize): i32 {
  const loss = integerIn(sweep, field.loss);
  const X = addressIn(sweep, field.inputs);
  const Y = addressIn(sweep, field.targets);
  const w = addressIn(sweep, field.weights);
  const order = addressIn(sweep, field.order);
  const blockX = addressIn(sweep, field.blockInputs);
  const blockY = addressIn(sweep, field.blockTargets);
  const blockW = addressIn(sweep, field.blockWeights);
  const scratch = addressIn(sweep, field.affineScratch);
  const Z = addressIn(sweep, field.scores);
  const x = addressIn(sweep, field.params);
  const g = addressIn(sweep, field.gradient);
  const average = addressIn(sweep, field.average);
  const rates = addressIn(sweep, field.rates);
  const fractions = addressIn(sweep, field.fractions);
  const values = addressIn(sweep, field.values);
  const from = integerIn(sweep, field.firstRow);
  const to = integerIn(sweep, field.endRow);
  const m = integerIn(sweep, field.batchRows);
  const d = integerIn(sweep, field.features);
  const k = integerIn(sweep, field.outputs);
  const l2 = numberIn(sweep, field.l2);
  const l1 = numberIn(sweep, field.l1);
  const row = bytesOf<T>(d);
  const targets = loss == lossCodes.crossEntropy ? sizeof<T>() : bytesOf<T>(k);
  const weighted: usize = w == 0 ? 0 : sizeof<T>();
  const weights = k * d;
  const size = weights + k;
  const b = x + bytesOf<T>(weights);
  const step = order == 0 ? to - from : integerIn(sweep, field.blockRows) / m * m;
  const rowByRow = m == 1 && k == 1 && w == 0 && loss < lossCodes.crossEntropy && l1 == 0 && average == 0;
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
      let value = sumAndSlope<T>(sweep, loss, Z, Ys, ws, n, k) / n;
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
