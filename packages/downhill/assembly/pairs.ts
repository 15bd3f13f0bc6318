// A pair is two indices (Uint32) in the parameters x and the gradient g: the rows p and q begin there. A row has r factors (f),
// and one bias after them when biased is 1. n is the number of pairs, s the slope of a pair. `terms` are four float64 numbers that
// multiply l2, for the factors of p and q and for their biases; 0: all are 1.

import { bytesOf, get, plusProduct, put, sumOfLanes, fullVectors } from "./lanes";
import { dotOf } from "./vectors";

/** The products are summed like dot; then (mean + (bias of p + bias of q)) is added. */
export function pairDots<T>(pairs: usize, x: usize, mean: f64, Z: usize, n: i32, r: i32, biased: i32): void {
  const row = bytesOf<T>(r);
  for (const end = pairs + (<usize>n << 3); pairs != end; pairs += 8, Z += sizeof<T>()) {
    const p = x + <usize>load<u32>(pairs) * sizeof<T>();
    const q = x + <usize>load<u32>(pairs, 4) * sizeof<T>();
    let base = <T>mean;
    if (biased) base += load<T>(p + row) + load<T>(q + row);
    store<T>(Z, dotOf<T>(p, q, row) + base);
  }
}

/** A term, or 1. */
// @ts-ignore: decorator
@inline
function term(terms: usize, index: usize): f64 {
  return terms == 0 ? 1 : load<f64>(terms + (index << 3));
}

/** Adds the gradient of one vector of factors of both rows, with the l2 of each; p and q are the addresses of the factors. */
// @ts-ignore: decorator
@inline
function back<T>(p: usize, q: usize, gp: usize, gq: usize, s: v128, l2p: v128, l2q: v128, full: bool): void {
  const P = get<T>(p, full);
  const Q = get<T>(q, full);
  put<T>(gp, v128.add<T>(get<T>(gp, full), plusProduct<T>(v128.mul<T>(s, Q), l2p, P)), full);
  put<T>(gq, v128.add<T>(get<T>(gq, full), plusProduct<T>(v128.mul<T>(s, P), l2q, Q)), full);
}

/** sum + a p² + b q², lane by lane. A factor of 1 changes no bit. */
// @ts-ignore: decorator
@inline
function plusSquares<T>(sum: v128, p: usize, q: usize, a: v128, b: v128, full: bool): v128 {
  const P = get<T>(p, full);
  const Q = get<T>(q, full);
  return v128.add<T>(sum, plusProduct<T>(v128.mul<T>(a, v128.mul<T>(P, P)), v128.mul<T>(b, Q), Q));
}

/**
 * The squares of all pairs are summed in one vector, whose lanes are added at the end, and those of the biases in order. In
 * float32 the squares of one pair are summed like this, and the pairs are added in float64.
 */
export function pairBack<T>(
  pairs: usize, S: usize, x: usize, g: usize, l2: f64, n: i32, r: i32, biased: i32, terms: usize,
): f64 {
  const row = bytesOf<T>(r);
  const full = fullVectors(row);
  const a = v128.splat<T>(<T>term(terms, 0));
  const b = v128.splat<T>(<T>term(terms, 1));
  const c = <T>term(terms, 2);
  const d = <T>term(terms, 3);
  const l2p = v128.splat<T>(<T>(l2 * term(terms, 0)));
  const l2q = v128.splat<T>(<T>(l2 * term(terms, 1)));
  const l2bp = <T>(l2 * term(terms, 2));
  const l2bq = <T>(l2 * term(terms, 3));
  let squares = v128.splat<T>(0);
  let sum: f64 = 0;
  let biases: f64 = 0;
  for (const end = pairs + (<usize>n << 3); pairs != end; pairs += 8, S += sizeof<T>()) {
    const left = <usize>load<u32>(pairs) * sizeof<T>();
    const right = <usize>load<u32>(pairs, 4) * sizeof<T>();
    const p = x + left;
    const q = x + right;
    const gp = g + left;
    const gq = g + right;
    const s = v128.load_splat<T>(S);
    let f: usize = 0;
    for (; f < full; f += 16) {
      back<T>(p + f, q + f, gp + f, gq + f, s, l2p, l2q, true);
      squares = plusSquares<T>(squares, p + f, q + f, a, b, true);
    }
    for (; f < row; f += sizeof<T>()) {
      back<T>(p + f, q + f, gp + f, gq + f, s, l2p, l2q, false);
      squares = plusSquares<T>(squares, p + f, q + f, a, b, false);
    }
    if (sizeof<T>() == 4) {
      sum += sumOfLanes<T>(squares);
      squares = v128.splat<T>(0);
    }
    if (biased) {
      const bp = load<T>(p + row);
      const bq = load<T>(q + row);
      store<T>(gp + row, load<T>(gp + row) + (load<T>(S) + l2bp * bp));
      store<T>(gq + row, load<T>(gq + row) + (load<T>(S) + l2bq * bq));
      biases += c * (bp * bp) + d * (bq * bq);
    }
  }
  return l2 > 0 ? sum + sumOfLanes<T>(squares) + biases : 0;
}
