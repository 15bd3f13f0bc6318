// n rows (i), d features (j), k outputs (c); X n × d, W k × d, b k, Z and S n × k. `row` is the bytes of a row of X or
// W, `out` the bytes of a row of Z or S; `scratch` is a buffer for a panel.
//
// All sums run in the order of the formula, with b first, so a Z_ic is the same in every block of rows. For k = 1 it is
// different: the sum runs like dot, and b is added last.

import { bytesOf, get, put, fullVectors } from "./lanes";
import { plusTerm, plusTerms, transposePanel } from "./panels";
import { addTransposed, product } from "./products";
import { MAX_SHORT, narrowProduct, shortSums, getSome, putSome, strip } from "./tiles";
import { dotOf } from "./vectors";

const DEPTH = 256; // features at a time: their panel, 32 bytes each, stays in the cache
const MIN_TURNED_ROWS = 8; // smallest number of rows for which a transposed gradient is faster (measured)

export function affine<T>(X: usize, W: usize, b: usize, Z: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  const row = bytesOf<T>(d);
  const out = bytesOf<T>(k);
  if (k == 1) {
    const bias = load<T>(b);
    for (const end = Z + bytesOf<T>(n); Z != end; Z += out, X += row) store<T>(Z, dotOf<T>(X, W, row) + bias);
  } else if (n < 4) {
    for (let i = 0; i < n; i++, X += row, Z += out) oneRow<T>(X, W, b, Z, row, k);
  } else {
    for (let j = 0; j < d; j += DEPTH) {
      const first = j == 0;
      const at = bytesOf<T>(j);
      manyRows<T>(X + at, W + at, first ? b : Z, first ? 0 : out, Z, n, min(d - j, DEPTH), k, row, scratch);
    }
  }
}

/** The products of some features of all rows with all outputs, added to the rows at `start`, which are `startRow` apart. */
function manyRows<T>(
  X: usize, W: usize, start: usize, startRow: usize, Z: usize, n: i32, terms: i32, k: i32, row: usize, scratch: usize,
): void {
  const lanes: i32 = 16 / sizeof<T>();
  const out = bytesOf<T>(k);
  for (let c = 0; c < k; c += 2 * lanes, W += <usize>(2 * lanes) * row, start += 32, Z += 32) {
    const width = min(k - c, 2 * lanes);
    transposePanel<T>(W, row, width, terms, scratch);
    if (terms <= MAX_SHORT && width == 2 * lanes && startRow == 0) shortSums<T>(X, row, scratch, 32, terms, Z, out, start, n);
    else if (width == 2 * lanes) strip<T>(true, 2, X, row, scratch, 32, terms, Z, out, start, startRow, 2 * lanes, n);
    else if (width > lanes) strip<T>(true, 2, X, row, scratch, 32, terms, Z, out, start, startRow, width, n);
    else strip<T>(true, 1, X, row, scratch, 32, terms, Z, out, start, startRow, width, n);
  }
}

/** The products of one row of X with all outputs; lanes after the last output repeat it. */
function oneRow<T>(x: usize, W: usize, b: usize, z: usize, row: usize, k: i32): void {
  const lanes: i32 = 16 / sizeof<T>();
  const last = W + <usize>(k - 1) * row;
  let c = 0;
  for (; c + lanes < k; c += 2 * lanes, W += <usize>(2 * lanes) * row, b += 32, z += 32) {
    oneTile<T>(true, x, W, last, b, z, row, k - c);
  }
  if (c < k) oneTile<T>(false, x, W, last, b, z, row, k - c);
}

/** The products of one row of X with two vectors of outputs, or with one. */
// @ts-ignore: decorator
@inline
function oneTile<T>(two: bool, x: usize, w0: usize, last: usize, b: usize, z: usize, row: usize, width: i32): void {
  const lanes: i32 = 16 / sizeof<T>();
  const w1 = min<usize>(w0 + row, last);
  const w2 = min<usize>(w0 + 2 * row, last);
  const w3 = min<usize>(w0 + 3 * row, last);
  const v0 = lanes == 2 ? w2 : min<usize>(w0 + 4 * row, last);
  const v1 = lanes == 2 ? w3 : min<usize>(w0 + 5 * row, last);
  const v2 = min<usize>(w0 + 6 * row, last);
  const v3 = min<usize>(w0 + 7 * row, last);
  let p = getSome<T>(b, width);
  let q = getSome<T>(b + 16, width - lanes);
  let j: usize = 0;
  for (const full = fullVectors(row); j < full; j += 16) {
    p = plusTerms<T>(p, x + j, w0 + j, w1 + j, w2 + j, w3 + j);
    if (two) q = plusTerms<T>(q, x + j, v0 + j, v1 + j, v2 + j, v3 + j);
  }
  for (; j < row; j += sizeof<T>()) {
    p = plusTerm<T>(p, x + j, w0 + j, w1 + j, w2 + j, w3 + j);
    if (two) q = plusTerm<T>(q, x + j, v0 + j, v1 + j, v2 + j, v3 + j);
  }
  putSome<T>(z, p, width);
  if (two) putSome<T>(z + 16, q, width - lanes);
}

/** For the first k columns of S, whose rows are `out` bytes apart. */
export function affineBackColumns<T>(
  S: usize, out: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32, scratch: usize,
): void {
  const lanes: i32 = 32 / sizeof<T>();
  const row = bytesOf<T>(d);
  const turned = d <= MAX_SHORT && n >= MIN_TURNED_ROWS ? k / lanes * lanes : 0;
  for (let c = 0; c < turned; c += lanes) fewFeatures<T>(S + bytesOf<T>(c), out, X, GW + <usize>c * row, n, d, scratch);
  if (turned < k) {
    addTransposed<T>(S + bytesOf<T>(turned), out, X, GW + <usize>turned * row, k - turned, n, row, scratch);
  }
  const bytes = bytesOf<T>(k);
  const full = fullVectors(bytes);
  let c: usize = 0;
  for (; c + 64 <= full; c += 64) fourColumnSums<T>(S + c, out, n, Gb + c);
  for (; c < full; c += 16) columnSum<T>(S + c, out, n, Gb + c, true);
  for (; c < bytes; c += sizeof<T>()) columnSum<T>(S + c, out, n, Gb + c, false);
}

export function affineBack<T>(S: usize, X: usize, GW: usize, Gb: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  affineBackColumns<T>(S, bytesOf<T>(k), X, GW, Gb, n, d, k, scratch);
}

/** GW += Sᵀ X for two vectors of outputs; the lanes are outputs. */
function fewFeatures<T>(S: usize, out: usize, X: usize, GW: usize, n: i32, d: i32, scratch: usize): void {
  const lanes: i32 = 32 / sizeof<T>();
  transposePanel<T>(GW, bytesOf<T>(d), lanes, d, scratch);
  narrowProduct<T>(S, out, X, bytesOf<T>(d), d, scratch, n);
  for (let c = 0; c < lanes; c++) {
    for (let j = 0; j < d; j++, GW += sizeof<T>()) store<T>(GW, load<T>(scratch + (<usize>j << 5) + bytesOf<T>(c)));
  }
}

/** Gb += Σ_i S_i for one vector of columns, or for one column. */
// @ts-ignore: decorator
@inline
function columnSum<T>(s: usize, out: usize, n: i32, b: usize, full: bool): void {
  let sum = get<T>(b, full);
  for (let i = 0; i < n; i++, s += out) sum = v128.add<T>(sum, get<T>(s, full));
  put<T>(b, sum, full);
}

/** The same for four vectors of columns: their sums do not wait for one another. */
// @ts-ignore: decorator
@inline
function fourColumnSums<T>(s: usize, out: usize, n: i32, b: usize): void {
  let p = v128.load(b);
  let q = v128.load(b, 16);
  let r = v128.load(b, 32);
  let t = v128.load(b, 48);
  for (let i = 0; i < n; i++, s += out) {
    p = v128.add<T>(p, v128.load(s));
    q = v128.add<T>(q, v128.load(s, 16));
    r = v128.add<T>(r, v128.load(s, 32));
    t = v128.add<T>(t, v128.load(s, 48));
  }
  v128.store(b, p);
  v128.store(b, q, 16);
  v128.store(b, r, 32);
  v128.store(b, t, 48);
}

export function affineInputs<T>(S: usize, W: usize, Tt: usize, n: i32, d: i32, k: i32, scratch: usize): void {
  product<T>(S, bytesOf<T>(k), W, Tt, n, k, bytesOf<T>(d), scratch);
}
