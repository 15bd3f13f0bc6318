// Many plain updates of a linear model on sparse rows in one call. An update costs the entries of its rows: l2 multiplies all weights w,
// so w is stored as scale · v and l2 changes only the scale; the average of w is stored as share · (u + lag · v). When the call ends, w
// and the average are written. d features, k outputs; x first v and then w (k × d), and the intercepts b (k); g a gradient of zeros.

import { bytesOf, orZero } from "./lanes";
import * as lossCodes from "../src/kernels/lossCodes";
import { addRow, sparseDot } from "./sparse";
import { sumAndSlope } from "./sweep";
import { addressIn, integerIn, numberIn } from "./sweepFields";
import * as field from "../src/kernels/sweepLayout";
import { dot, gather } from "./vectors";

const LOWEST: f64 = 9.5367431640625e-7; // 2^−20: beyond this range of scale and share, all numbers are written
const HIGHEST: f64 = 1048576; // 2^20

let square: f64 = 0; // Σ v²
let lag: f64 = 0;
let touched: i32 = 0;

export function sweepSparse<T>(sweep: usize): i32 {
  const loss = integerIn(sweep, field.loss);
  const rows = addressIn(sweep, field.inputs);
  const columns = addressIn(sweep, field.entryColumns);
  const numbers = addressIn(sweep, field.entryValues);
  const Y = addressIn(sweep, field.targets);
  const w = addressIn(sweep, field.weights);
  const order = addressIn(sweep, field.order);
  const blockRows = addressIn(sweep, field.blockInputs);
  const blockY = addressIn(sweep, field.blockTargets);
  const blockW = addressIn(sweep, field.blockWeights);
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
  const row = bytesOf<T>(d);
  const targets = loss == lossCodes.crossEntropy ? sizeof<T>() : bytesOf<T>(k);
  const weighted: usize = w == 0 ? 0 : sizeof<T>();
  const size = k * d;
  const bytes = bytesOf<T>(size);
  const out = bytesOf<T>(k);
  const step = order == 0 ? to - from : integerIn(sweep, field.blockRows) / m * m;
  memory.fill(g, 0, bytes + out);
  square = l2 > 0 ? dot<T>(x, x, size) : 0;
  lag = 0;
  let scale: f64 = 1;
  let share: f64 = 1;
  let done: usize = 0;
  let finite = true;
  for (let start = from; finite && start < to; start += step) {
    const end = min(start + step, to);
    let some = rows + (<usize>start << 3);
    let Ys = Y + <usize>start * targets;
    let ws = w + <usize>start * weighted;
    if (order != 0) {
      const chosen = order + (<usize>start << 2);
      gather(rows, chosen, some = blockRows, end - start, 8);
      touch<T>(columns, numbers, some, end - start);
      gather(Y, chosen, Ys = blockY, end - start, <i32>targets);
      ws = weighted == 0 ? 0 : blockW;
      if (weighted != 0) gather(w, chosen, ws, end - start, sizeof<T>());
    }
    for (let at = start; at < end; at += m, done += 8) {
      const n = min(m, end - at);
      const last = some + (<usize>n << 3);
      for (let r = some, z = Z; r != last; r += 8) {
        for (let c: usize = 0, v = x; c < out; c += sizeof<T>(), v += row, z += sizeof<T>()) {
          const sum = sparseDot<T, T>(columns, numbers, load<u32>(r), load<u32>(r, 4), v);
          store<T>(z, <T>(scale * sum + <f64>load<T>(x + bytes + c)));
        }
      }
      let value = sumAndSlope<T>(sweep, loss, Z, Ys, ws, n, k) / n;
      if (l2 > 0) value += 0.5 * l2 * scale * scale * square;
      finite = isFinite<f64>(value);
      if (!finite) break;
      store<f64>(values + done, value);
      const rate = load<f64>(rates + done);
      scale *= 1 - rate * l2;
      if (!(abs(scale) >= LOWEST && abs(scale) <= HIGHEST)) {
        if (average != 0) mix<T>(average, share, lag, 0, x, bytes);
        multiply<T>(x, scale, bytes);
        square = dot<T>(x, x, size);
        scale = share = 1;
        lag = 0;
      }
      const factor = <T>(rate / scale);
      const inverse = <T>(1 / <f64>n);
      if (n > 1) {
        for (let r = some, s = Z; r != last; r += 8) {
          for (let c: usize = 0, h = g; c < out; c += sizeof<T>(), h += row, s += sizeof<T>()) {
            if (load<T>(s) == 0) continue;
            addRow<T, T>(<f64>load<T>(s), columns, numbers, load<u32>(r), load<u32>(r, 4), h);
            store<T>(g + bytes + c, load<T>(g + bytes + c) + load<T>(s));
          }
        }
      }
      for (let r = some, s = Z; r != last; r += 8) {
        for (let c: usize = 0, j: usize = 0; c < out; c += sizeof<T>(), j += row, s += sizeof<T>()) {
          const slope = load<T>(s);
          if (slope == 0) continue;
          const e0 = load<u32>(r);
          const end = load<u32>(r, 4);
          if (n == 1) {
            square += descendRow<T>(factor, slope, columns, numbers, e0, end, x + j, average == 0 ? 0 : average + j);
            continue;
          }
          for (let e = e0; e < end; e++) {
            const column = j + <usize>load<u32>(columns + (<usize>e << 2)) * sizeof<T>();
            const sum = load<T>(g + column) * inverse;
            store<T>(g + column, 0);
            descendEntry<T>(x + column, average == 0 ? 0 : average + column, factor * sum);
          }
        }
      }
      for (let c: usize = 0; c < out; c += sizeof<T>()) {
        const b = x + bytes + c;
        const sum = n == 1 ? load<T>(Z + c) : load<T>(g + bytes + c) * inverse;
        store<T>(b, orZero<T>(load<T>(b) - <T>rate * sum));
        store<T>(g + bytes + c, 0);
      }
      if (average != 0) {
        const fraction = load<f64>(fractions + done);
        const kept = share * (1 - fraction);
        if (kept >= LOWEST) {
          lag += fraction * scale / kept;
          share = kept;
        } else {
          mix<T>(average, kept, lag, fraction * scale, x, bytes);
          share = 1;
          lag = 0;
        }
        for (let c: usize = 0; c < out; c += sizeof<T>()) {
          const a = average + bytes + c;
          store<T>(a, orZero<T>(<T>(<f64>load<T>(a) + fraction * (<f64>load<T>(x + bytes + c) - <f64>load<T>(a)))));
        }
      }
      some = last;
      Ys += <usize>n * targets;
      ws += <usize>n * weighted;
    }
  }
  if (average != 0) mix<T>(average, share, lag, 0, x, bytes);
  if (scale != 1) multiply<T>(x, scale, bytes);
  return <i32>(done >> 3);
}

/**
 * Loads a number from each cache line of the entries of some rows. The cache misses of rows in random order then overlap, which halves the
 * time (measured).
 */
function touch<T>(columns: usize, numbers: usize, rows: usize, n: i32): void {
  let sum: i32 = 0; // kept, so that no compiler removes the loads
  for (const last = rows + (<usize>n << 3); rows != last; rows += 8) {
    const from = <usize>load<u32>(rows);
    const end = <usize>load<u32>(rows, 4);
    for (let at = from << 2; at < end << 2; at += 64) sum += load<i32>(columns + at);
    for (let at = from * sizeof<T>(); at < end * sizeof<T>(); at += 64) sum += load<i32>(numbers + at);
  }
  touched = sum;
}

/**
 * v_j ← v_j − factor · slope · x_j and u_j ← u_j + lag · factor · slope · x_j for the entries x of a row; u 0: there is no average. Returns
 * the change of Σ v²: that of every other entry, and then that of the rest.
 */
function descendRow<T>(
  factor: T, slope: T, columns: usize, numbers: usize, from: u32, end: u32, v: usize, u: usize,
): f64 {
  let p: f64 = 0;
  let q: f64 = 0;
  for (let e = from; e < end; e++) {
    const at = v + <usize>load<u32>(columns + (<usize>e << 2)) * sizeof<T>();
    const before = load<T>(at);
    const after = orZero<T>(before - factor * (slope * load<T>(numbers + <usize>e * sizeof<T>())));
    store<T>(at, after);
    const sum = p + (<f64>after * <f64>after - <f64>before * <f64>before);
    p = q; // the two sums take turns, so that an addition need not wait for the one before
    q = sum;
  }
  if (u == 0) return p + q;
  for (let e = from; e < end; e++) {
    const at = u + <usize>load<u32>(columns + (<usize>e << 2)) * sizeof<T>();
    const change = factor * (slope * load<T>(numbers + <usize>e * sizeof<T>()));
    store<T>(at, <T>(<f64>load<T>(at) + lag * <f64>change));
  }
  return p + q;
}

/** v ← v − change, u ← u + lag · change; u 0: there is no average. */
// @ts-ignore: decorator
@inline
function descendEntry<T>(v: usize, u: usize, change: T): void {
  const before = load<T>(v);
  const after = orZero<T>(before - change);
  store<T>(v, after);
  square += <f64>after * <f64>after - <f64>before * <f64>before;
  if (u != 0) store<T>(u, <T>(<f64>load<T>(u) + lag * <f64>change));
}

/** u ← share · (u + lag · v) + own · v. */
function mix<T>(u: usize, share: f64, lag: f64, own: f64, v: usize, bytes: usize): void {
  for (let j: usize = 0; j < bytes; j += sizeof<T>()) {
    const x = <f64>load<T>(v + j);
    store<T>(u + j, orZero<T>(<T>(share * (<f64>load<T>(u + j) + lag * x) + own * x)));
  }
}

/** v ← scale · v. */
function multiply<T>(v: usize, scale: f64, bytes: usize): void {
  for (let j: usize = 0; j < bytes; j += sizeof<T>()) store<T>(v + j, orZero<T>(<T>(scale * <f64>load<T>(v + j))));
}
