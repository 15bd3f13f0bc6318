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

/** sum + (p² + q²), lane by lane. */
// @ts-ignore: decorator
@inline
function plusSquares<T>(sum: v128, p: v128, q: v128): v128 {
  return v128.add<T>(sum, squares<T>(p, q));
}

// @ts-ignore: decorator
@inline
function squares<T>(p: v128, q: v128): v128 {
  return plusProduct<T>(v128.mul<T>(p, p), q, q);
}

/** The lower of p² and q², lane by lane. */
// @ts-ignore: decorator
@inline
function lowerSquare<T>(p: v128, q: v128): v128 {
  return v128.pmin<T>(v128.mul<T>(p, p), v128.mul<T>(q, q));
}

/** The sums of the lanes of a and of b, like sumOfLanes: that of a in lane 0, that of b in lane 2, or in lane 1 of float64. */
// @ts-ignore: decorator
@inline
function sumsOfLanes<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() == 8) return v128.add<T>(v128.shuffle<T>(a, b, 0, 2), v128.shuffle<T>(a, b, 1, 3));
  const halves = v128.add<T>(v128.shuffle<T>(a, b, 0, 2, 4, 6), v128.shuffle<T>(a, b, 1, 3, 5, 7));
  return v128.add<T>(halves, v128.shuffle<T>(halves, halves, 1, 1, 3, 3));
}

/** x − rate · (s · other + l2 · x). If `tiny`, tiny results become 0. */
// @ts-ignore: decorator
@inline
function updated<T>(x: v128, other: v128, s: v128, l2: v128, rate: v128, tiny: bool): v128 {
  const next = v128.sub<T>(x, v128.mul<T>(rate, plusProduct<T>(v128.mul<T>(s, other), l2, x)));
  return tiny ? withoutTiny<T>(next) : next;
}

/** Updates one vector of factors of both rows; both new values are computed from the old p and the old q. */
// @ts-ignore: decorator
@inline
function descendBoth<T>(p: usize, q: usize, s: v128, l2: v128, rate: v128, tiny: bool, full: bool): void {
  const left = get<T>(p, full);
  const right = get<T>(q, full);
  put<T>(p, updated<T>(left, right, s, l2, rate, tiny), full);
  put<T>(q, updated<T>(right, left, s, l2, rate, tiny), full);
}

/** The same for a group of four vectors. */
// @ts-ignore: decorator
@inline
function descendGroup<T>(p: usize, q: usize, s: v128, l2: v128, rate: v128, tiny: bool): void {
  const p0 = v128.load(p);
  const q0 = v128.load(q);
  v128.store(p, updated<T>(p0, q0, s, l2, rate, tiny));
  v128.store(q, updated<T>(q0, p0, s, l2, rate, tiny));
  const p1 = v128.load(p, 16);
  const q1 = v128.load(q, 16);
  v128.store(p, updated<T>(p1, q1, s, l2, rate, tiny), 16);
  v128.store(q, updated<T>(q1, p1, s, l2, rate, tiny), 16);
  const p2 = v128.load(p, 32);
  const q2 = v128.load(q, 32);
  v128.store(p, updated<T>(p2, q2, s, l2, rate, tiny), 32);
  v128.store(q, updated<T>(q2, p2, s, l2, rate, tiny), 32);
  const p3 = v128.load(p, 48);
  const q3 = v128.load(q, 48);
  v128.store(p, updated<T>(p3, q3, s, l2, rate, tiny), 48);
  v128.store(q, updated<T>(q3, p3, s, l2, rate, tiny), 48);
}

/** Loads both ends of a row so that they are in the cache; the values are not used. */
// @ts-ignore: decorator
@inline
function touch(row: usize, bytes: usize): void {
  load<u8>(row);
  load<u8>(row + bytes - 1);
}

/** A square below it may belong to a factor whose update is tiny: 2^−140, in float64 2^−1000. */
// @ts-ignore: decorator
@inline
function lowSquare<T>(): T {
  return <T>(sizeof<T>() == 8 ? 9.332636185032189e-302 : 7.174648137343064e-43);
}

/**
 * Batches of one pair with half the squared error, in registers: the gradient is never stored.
 *
 * Two things save a quarter of the time (measured) and change no bit. Sums do not begin with 0, as those of the single kernels
 * do: only the sign of a zero can differ, and that sign has no effect. No factor of a group of vectors becomes tiny if all
 * squares in the group are at least lowSquare: x − y is 0 or at least 2^−25 |x|, in float64 2^−54 |x|.
 */
function singlePairs<T>(
  pairs: usize, Y: usize, w: usize, x: usize, rates: usize, values: usize, n: i32, mean: T, l2: f64, r: i32, biased: i32,
): i32 {
  const row = bytesOf<T>(r);
  const groups = row & ~63;
  const full = fullVectors(row);
  const decay = v128.splat<T>(<T>l2);
  const halfL2 = 0.5 * l2;
  for (let i = 0; i < n; i++, pairs += 8) {
    const p = x + <usize>load<u32>(pairs) * sizeof<T>();
    const q = x + <usize>load<u32>(pairs, 4) * sizeof<T>();
    if (i + PREFETCH < n) {
      touch(x + <usize>load<u32>(pairs, 8 * PREFETCH) * sizeof<T>(), row);
      touch(x + <usize>load<u32>(pairs, 8 * PREFETCH + 4) * sizeof<T>(), row);
    }

    let a = v128.splat<T>(0);
    let b = a;
    let c = a;
    let d = a;
    let sum = a; // of the squares
    let low = v128.splat<T>(1); // the lowest square of the groups
    let f: usize = 0;
    if (groups != 0) {
      const p0 = v128.load(p);
      const q0 = v128.load(q);
      const p1 = v128.load(p, 16);
      const q1 = v128.load(q, 16);
      const p2 = v128.load(p, 32);
      const q2 = v128.load(q, 32);
      const p3 = v128.load(p, 48);
      const q3 = v128.load(q, 48);
      a = v128.mul<T>(p0, q0);
      b = v128.mul<T>(p1, q1);
      c = v128.mul<T>(p2, q2);
      d = v128.mul<T>(p3, q3);
      sum = plusSquares<T>(plusSquares<T>(plusSquares<T>(squares<T>(p0, q0), p1, q1), p2, q2), p3, q3);
      low = v128.pmin<T>(lowerSquare<T>(p0, q0), lowerSquare<T>(p1, q1));
      low = v128.pmin<T>(low, v128.pmin<T>(lowerSquare<T>(p2, q2), lowerSquare<T>(p3, q3)));
      for (f = 64; f < groups; f += 64) {
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
        sum = plusSquares<T>(plusSquares<T>(sum, p0, q0), p1, q1);
        sum = plusSquares<T>(plusSquares<T>(sum, p2, q2), p3, q3);
        low = v128.pmin<T>(low, v128.pmin<T>(lowerSquare<T>(p0, q0), lowerSquare<T>(p1, q1)));
        low = v128.pmin<T>(low, v128.pmin<T>(lowerSquare<T>(p2, q2), lowerSquare<T>(p3, q3)));
      }
    }
    let both: v128; // p · q, summed like dot, and ‖p‖² + ‖q‖², summed like pairBack
    if (groups == row) {
      both = sumsOfLanes<T>(v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d)), sum);
    } else {
      for (; f < full; f += 16) {
        const p0 = v128.load(p + f);
        const q0 = v128.load(q + f);
        a = plusProduct<T>(a, p0, q0);
        sum = plusSquares<T>(sum, p0, q0);
      }
      let dot = sumOfLanes<T>(v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d)));
      for (; f < row; f += sizeof<T>()) {
        dot += load<T>(p + f) * load<T>(q + f);
        sum = plusSquares<T>(sum, v128.load_zero<T>(p + f), v128.load_zero<T>(q + f));
      }
      both = v128.replace_lane<T>(v128.splat<T>(sumOfLanes<T>(sum)), 0, dot);
    }

    let base = mean;
    let penalty = <f64>v128.extract_lane<T>(both, sizeof<T>() == 8 ? 1 : 2);
    const bp: T = biased ? load<T>(p + row) : 0;
    const bq: T = biased ? load<T>(q + row) : 0;
    if (biased) {
      base += bp + bq;
      penalty += bp * bp + bq * bq;
    }
    let error = <f64>(v128.extract_lane<T>(both, 0) + base) - <f64>load<T>(Y + bytesOf<T>(i));
    let value = 0.5 * error * error;
    if (w) {
      const weight = <f64>load<T>(w + bytesOf<T>(i));
      value = weight * value;
      error = weight * error;
    }
    if (l2 > 0) value += halfL2 * penalty;
    if (!isFinite<f64>(value)) return i;
    store<f64>(values + bytesOf<f64>(i), value);

    const s = <T>error;
    const rate = <T>load<f64>(rates + bytesOf<f64>(i));
    const slope = v128.splat<T>(s);
    const by = v128.splat<T>(rate);
    if (v128.any_true(v128.lt<T>(low, v128.splat<T>(lowSquare<T>())))) {
      for (f = 0; f < groups; f += 64) descendGroup<T>(p + f, q + f, slope, decay, by, true);
    } else {
      for (f = 0; f < groups; f += 64) descendGroup<T>(p + f, q + f, slope, decay, by, false);
    }
    if (groups != row) {
      for (f = groups; f < full; f += 16) descendBoth<T>(p + f, q + f, slope, decay, by, true, true);
      for (; f < row; f += sizeof<T>()) descendBoth<T>(p + f, q + f, slope, decay, by, true, false);
    }
    if (biased) {
      store<T>(p + row, orZero<T>(bp - rate * (s + <T>l2 * bp)));
      store<T>(q + row, orZero<T>(bq - rate * (s + <T>l2 * bq)));
    }
  }
  return n;
}
