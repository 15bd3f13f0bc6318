// Many plain updates of a factorization in one call, with the same bits as the single kernels called one after another.
// A pair is two indices (Uint32) in the parameters x: the rows p and q begin there. A row has r factors (f), and one bias after
// them when biased is 1. An example has k pairs. y is its target, w its weight, s the slope of a pair.

import { bytesOf, get, orZero, plusProduct, put, sumOfLanes, fullVectors, withoutTiny } from "./lanes";
import { descendAt } from "./optimizers";
import { pairBack, pairDots } from "./pairs";
import * as lossCodes from "../src/kernels/lossCodes";
import { sumAndSlope } from "./sweep";
import { addressIn, integerIn, numberIn } from "./sweepFields";
import * as field from "../src/kernels/sweepLayout";
import { approach, gather } from "./vectors";

/** The rows of a pair are loaded into the cache this many pairs before the update on the pair. */
const PREFETCH = 4;

/** Pairs that an order names are gathered `blockRows` at a time, like the rows in sweepLinear. */
export function sweepPairs<T>(sweep: usize): i32 {
  const loss = integerIn(sweep, field.loss);
  const pairs = addressIn(sweep, field.inputs);
  const Y = addressIn(sweep, field.targets);
  const w = addressIn(sweep, field.weights);
  const order = addressIn(sweep, field.order);
  const blockPairs = addressIn(sweep, field.blockInputs);
  const blockY = addressIn(sweep, field.blockTargets);
  const blockW = addressIn(sweep, field.blockWeights);
  const Z = addressIn(sweep, field.scores);
  const x = addressIn(sweep, field.params);
  const g = addressIn(sweep, field.gradient);
  const size = integerIn(sweep, field.size);
  const average = addressIn(sweep, field.average);
  const rates = addressIn(sweep, field.rates);
  const fractions = addressIn(sweep, field.fractions);
  const values = addressIn(sweep, field.values);
  const from = integerIn(sweep, field.firstRow);
  const to = integerIn(sweep, field.endRow);
  const m = integerIn(sweep, field.batchRows);
  const l2 = numberIn(sweep, field.l2);
  const mean = numberIn(sweep, field.mean);
  const r = integerIn(sweep, field.rank);
  const biased = integerIn(sweep, field.biased);
  const k = integerIn(sweep, field.outputs);
  const l2Terms = addressIn(sweep, field.l2Terms);
  const rateTerms = addressIn(sweep, field.rateTerms);
  const pairBytes = <i32>(<usize>k << 3);
  const targets = bytesOf<T>(loss == lossCodes.crossEntropy ? 1 : k);
  const weighted: usize = w == 0 ? 0 : sizeof<T>();
  const one = m == 1 && k == 1 && loss == lossCodes.halfSquared && average == 0 && l2Terms == 0 && rateTerms == 0;
  const step = order == 0 ? to - from : integerIn(sweep, field.blockRows) / m * m;
  let done: usize = 0;
  for (let start = from; start < to; start += step) {
    const end = min(start + step, to);
    let own = pairs + <usize>start * pairBytes;
    let Ys = Y + <usize>start * targets;
    let ws = w + <usize>start * weighted;
    if (order != 0) {
      const rows = order + (<usize>start << 2);
      gather(pairs, rows, own = blockPairs, end - start, pairBytes);
      gather(Y, rows, Ys = blockY, end - start, <i32>targets);
      ws = weighted == 0 ? 0 : blockW;
      if (weighted != 0) gather(w, rows, ws, end - start, sizeof<T>());
    }
    if (one) {
      const swept = singlePairs<T>(own, Ys, ws, x, rates + done, values + done, end - start, <T>mean, l2, r, biased);
      done += <usize>swept << 3;
      if (swept < end - start) return <i32>(done >> 3);
      continue;
    }
    for (let at = start; at < end; at += m, done += 8) {
      const n = min(m, end - at);
      pairDots<T>(own, x, mean, Z, n * k, r, biased);
      const sum = sumAndSlope<T>(sweep, loss, Z, Ys, ws, n, k);
      const value = (sum + 0.5 * l2 * pairBack<T>(own, Z, x, g, l2, n * k, r, biased, l2Terms)) / n;
      if (!isFinite<f64>(value)) return <i32>(done >> 3);
      store<f64>(values + done, value);
      descendAt<T>(x, g, own, 2 * n * k, r + biased, load<f64>(rates + done) / n, rateTerms);
      if (average != 0) approach<T>(average, x, size, load<f64>(fractions + done));
      own += <usize>n * pairBytes;
      Ys += <usize>n * targets;
      ws += <usize>n * weighted;
    }
  }
  return <i32>(done >> 3);
}

/** sum + p² + q², lane by lane. */
// @ts-ignore: decorator
@inline
function plusSquares<T>(sum: v128, p: v128, q: v128): v128 {
  return v128.add<T>(sum, plusProduct<T>(v128.mul<T>(p, p), q, q));
}

/** Lane 0: p · q, summed like dot. Lane 1: ‖p‖² + ‖q‖², summed like pairBack. */
// @ts-ignore: decorator
@inline
function sums<T>(p: usize, q: usize, row: usize): v128 {
  let a = v128.splat<T>(0);
  let b = v128.splat<T>(0);
  let c = v128.splat<T>(0);
  let d = v128.splat<T>(0);
  let squares = v128.splat<T>(0);
  let f: usize = 0;
  for (const groups = row & ~63; f < groups; f += 64) {
    const p0 = v128.load(p + f);
    const q0 = v128.load(q + f);
    const p1 = v128.load(p + f, 16);
    const q1 = v128.load(q + f, 16);
    const p2 = v128.load(p + f, 32);
    const q2 = v128.load(q + f, 32);
    const p3 = v128.load(p + f, 48);
    const q3 = v128.load(q + f, 48);
    a = plusProduct<T>(a, p0, q0);
    b = plusProduct<T>(b, p1, q1);
    c = plusProduct<T>(c, p2, q2);
    d = plusProduct<T>(d, p3, q3);
    squares = plusSquares<T>(plusSquares<T>(squares, p0, q0), p1, q1);
    squares = plusSquares<T>(plusSquares<T>(squares, p2, q2), p3, q3);
  }
  for (const full = fullVectors(row); f < full; f += 16) {
    const p0 = v128.load(p + f);
    const q0 = v128.load(q + f);
    a = plusProduct<T>(a, p0, q0);
    squares = plusSquares<T>(squares, p0, q0);
  }
  let dot = sumOfLanes<T>(v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d)));
  for (; f < row; f += sizeof<T>()) {
    dot += load<T>(p + f) * load<T>(q + f);
    squares = plusSquares<T>(squares, v128.load_zero<T>(p + f), v128.load_zero<T>(q + f));
  }
  return v128.replace_lane<T>(v128.splat<T>(dot), 1, sumOfLanes<T>(squares));
}

/** x − rate · (0 + (s · other + l2 · x)); tiny results become 0. */
// @ts-ignore: decorator
@inline
function updated<T>(x: v128, other: v128, s: v128, l2: v128, rate: v128): v128 {
  const g = v128.add<T>(v128.splat<T>(0), plusProduct<T>(v128.mul<T>(s, other), l2, x));
  return withoutTiny<T>(v128.sub<T>(x, v128.mul<T>(rate, g)));
}

/** Updates one vector of factors of both rows; both new values are computed from the old p and the old q. */
// @ts-ignore: decorator
@inline
function descendBoth<T>(p: usize, q: usize, s: v128, l2: v128, rate: v128, full: bool): void {
  const left = get<T>(p, full);
  const right = get<T>(q, full);
  put<T>(p, updated<T>(left, right, s, l2, rate), full);
  put<T>(q, updated<T>(right, left, s, l2, rate), full);
}

/** Loads both ends of a row so that they are in the cache; the values are not used. */
// @ts-ignore: decorator
@inline
function touch(row: usize, bytes: usize): void {
  load<u8>(row);
  load<u8>(row + bytes - 1);
}

/**
 * Batches of one pair with half the squared error, in registers: the gradient is never stored. The sums of the next pair
 * are computed before this pair's update, so that the processor can overlap the two, unless the pairs share a row.
 */
function singlePairs<T>(
  pairs: usize, Y: usize, w: usize, x: usize, rates: usize, values: usize, n: i32, mean: T, l2: f64, r: i32, biased: i32,
): i32 {
  const row = bytesOf<T>(r);
  const full = fullVectors(row);
  const decay = v128.splat<T>(<T>l2);
  let next = v128.splat<T>(0);
  let known = false;
  for (let i = 0; i < n; i++, pairs += 8) {
    const left = load<u32>(pairs);
    const right = load<u32>(pairs, 4);
    const p = x + <usize>left * sizeof<T>();
    const q = x + <usize>right * sizeof<T>();
    if (i + PREFETCH < n) {
      touch(x + <usize>load<u32>(pairs, 8 * PREFETCH) * sizeof<T>(), row);
      touch(x + <usize>load<u32>(pairs, 8 * PREFETCH + 4) * sizeof<T>(), row);
    }
    const own = known ? next : sums<T>(p, q, row);
    known = i + 1 < n && load<u32>(pairs, 8) != left && load<u32>(pairs, 12) != right;
    if (known) {
      next = sums<T>(x + <usize>load<u32>(pairs, 8) * sizeof<T>(), x + <usize>load<u32>(pairs, 12) * sizeof<T>(), row);
    }

    let base = mean;
    let squares = <f64>v128.extract_lane<T>(own, 1);
    const bp: T = biased ? load<T>(p + row) : 0;
    const bq: T = biased ? load<T>(q + row) : 0;
    if (biased) {
      base += bp + bq;
      squares += bp * bp + bq * bq;
    }
    let error = <f64>(v128.extract_lane<T>(own, 0) + base) - <f64>load<T>(Y + bytesOf<T>(i));
    let value = 0.5 * error * error;
    if (w) {
      const weight = <f64>load<T>(w + bytesOf<T>(i));
      value = weight * value;
      error = weight * error;
    }
    if (l2 > 0) value += 0.5 * l2 * squares;
    if (!isFinite<f64>(value)) return i;
    store<f64>(values + bytesOf<f64>(i), value);

    const s = <T>error;
    const rate = <T>load<f64>(rates + bytesOf<f64>(i));
    const slope = v128.splat<T>(s);
    const by = v128.splat<T>(rate);
    let f: usize = 0;
    for (; f < full; f += 16) descendBoth<T>(p + f, q + f, slope, decay, by, true);
    for (; f < row; f += sizeof<T>()) descendBoth<T>(p + f, q + f, slope, decay, by, false);
    if (biased) {
      store<T>(p + row, orZero<T>(bp - rate * (0 + (s + <T>l2 * bp))));
      store<T>(q + row, orZero<T>(bq - rate * (0 + (s + <T>l2 * bq))));
    }
  }
  return n;
}
