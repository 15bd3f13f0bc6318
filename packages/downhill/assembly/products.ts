// C ← (C if `keep`, else 0) + A B, with the terms p in order. A_rp is at A + r · aRow + p · aTerm. Rows of B and C have `row`
// bytes, and the terms of B are `bTerm` bytes apart.

import { bytesOf, get, plusProduct, put, fullVectors } from "./lanes";
import { copyPanel, copyPanels } from "./panels";
import { MAX_SHORT, shortSums, strip } from "./tiles";
import { axpyBytes } from "./vectors";

const DEPTH = 256; // terms at a time: their panel, 64 bytes each, stays in the cache
const PANELS = 131072; // bytes of the panels that are packed together: half of a second cache of 256 KiB
const GROUP = 16; // rows of A that are packed together
const MIN_PACKED_ROWS = 16; // smallest number of rows for which panels of B are faster (measured)
const MIN_GROUPED: usize = 256; // smallest number of bytes of columns for which a packed group of rows of A is faster (measured)

/** C += A B, where the numbers of a column of A are adjacent and its columns are `aTerm` bytes apart, as in Sᵀ. */
export function addTransposed<T>(
  A: usize, aTerm: usize, B: usize, C: usize, rows: i32, terms: i32, row: usize, scratch: usize,
): void {
  if (rows == 1 || terms == 1) {
    for (let r = 0; r < rows; r++, A += sizeof<T>(), C += row) oneRow<T>(A, aTerm, B, row, C, terms, row, row, true);
    return;
  }
  for (let p = 0; p < terms; p += DEPTH, A += <usize>DEPTH * aTerm, B += <usize>DEPTH * row) {
    const deep = min(terms - p, DEPTH);
    let j: usize = 0;
    if (rows > 4) {
      j = row & ~63;
      pairs<T>(false, A, aTerm, B, C, j, rows, deep, row, true, scratch);
    }
    const lanes: i32 = 32 / sizeof<T>();
    for (; j + 32 <= row; j += 32) {
      strip<T>(false, 2, A, aTerm, B + j, row, deep, C + j, row, C + j, row, lanes, rows);
    }
    if (j == row) continue;
    const width = <i32>((row - j) / sizeof<T>());
    copyPanel<T>(B + j, row, row - j, deep, scratch);
    if (row - j > 16) strip<T>(false, 2, A, aTerm, scratch, 32, deep, C + j, row, C + j, row, width, rows);
    else strip<T>(false, 1, A, aTerm, scratch, 16, deep, C + j, row, C + j, row, width, rows);
  }
}

/** C ← A B, where the numbers of a row of A are adjacent and its rows are `aRow` bytes apart, as in S. */
export function product<T>(
  A: usize, aRow: usize, B: usize, C: usize, rows: i32, terms: i32, row: usize, scratch: usize,
): void {
  if (rows < 4 || terms == 1) {
    for (let r = 0; r < rows; r++, A += aRow, C += row) oneRow<T>(A, sizeof<T>(), B, row, C, terms, row, row, false);
    return;
  }
  for (let p = 0; p < terms; p += DEPTH, A += <usize>DEPTH * sizeof<T>(), B += <usize>DEPTH * row) {
    const deep = min(terms - p, DEPTH);
    const keep = p > 0;
    let j: usize = 0;
    if (terms <= MAX_SHORT) {
      for (; j + 32 <= row; j += 32) shortSums<T>(A, aRow, B + j, row, terms, C + j, row, 0, rows);
    }
    const full = (row - j) & ~63;
    pairs<T>(true, A, aRow, B + j, C + j, full, rows, deep, row, keep, scratch);
    j += full;
    for (; j + 16 <= row; j += 16) oneColumn<T>(A, aRow, B + j, C + j, rows, deep, row, keep, true);
    for (; j < row; j += sizeof<T>()) oneColumn<T>(A, aRow, B + j, C + j, rows, deep, row, keep, false);
  }
}

/**
 * `bytes` bytes of columns, a multiple of 64: panels of four vectors, two rows at a time. With `along`, the numbers of a row of A
 * are adjacent, and its rows are `stride` apart; otherwise those of a column, and its columns. Without `keep`, the sums begin with
 * zeros, which are stored at the end of `scratch`.
 *
 * Of many rows, several panels are packed together, so that the rows of B are read in the order of memory. A group of rows of A is
 * multiplied by all of them, so that the rows of C are, too.
 */
function pairs<T>(
  along: bool, A: usize, stride: usize, B: usize, C: usize, bytes: usize, rows: i32, terms: i32, row: usize, keep: bool,
  scratch: usize,
): void {
  const group = bytesOf<T>(GROUP); // bytes of a term of a group
  const packedRows = scratch + PANELS;
  const zeros = packedRows + group * DEPTH;
  for (let j: usize = 0; j < 64; j += 16) v128.store(zeros + j, v128.splat<T>(0));
  const startRow = keep ? row : 0;
  const packed = rows >= MIN_PACKED_ROWS;
  const aRow = along ? stride : sizeof<T>();
  const bTerm: usize = packed ? 64 : row;
  const next = packed ? <usize>terms << 6 : 64; // from a panel to the next
  const most = packed ? (<usize>PANELS / next) << 6 : bytes;
  for (let j: usize = 0; j < bytes; j += most) {
    const some = min(bytes - j, most);
    if (packed) copyPanels(B + j, row, some, terms, scratch);
    for (let r = 0, a = A, c = C + j; r < rows; r += GROUP, a += <usize>GROUP * aRow, c += <usize>GROUP * row) {
      const height = min(rows - r, GROUP);
      let at = a;
      let aTerm = along ? sizeof<T>() : stride;
      if (packed && !along && height == GROUP && some >= MIN_GROUPED) {
        copyPanel<T>(a, stride, group, terms, packedRows);
        at = packedRows;
        aTerm = group;
      }
      let b = packed ? scratch : B + j;
      const end = c + some;
      for (let to = c; to != end; to += 64, b += next) {
        let q = 0;
        let from = at;
        let out = to;
        let start = keep ? to : zeros;
        for (; q + 2 <= height; q += 2, from += 2 * aRow, out += 2 * row, start += 2 * startRow) {
          twoByFour<T>(from, aRow, aTerm, b, bTerm, out, terms, row, start, startRow);
        }
        if (q < height) oneRow<T>(from, aTerm, b, bTerm, out, terms, row, 64, keep);
      }
    }
  }
}

/** C begins with the numbers at `start`, whose rows are `startRow` apart. */
// @ts-ignore: decorator
@inline
function twoByFour<T>(
  a: usize, aRow: usize, aTerm: usize, b: usize, bTerm: usize, c: usize, terms: i32, row: usize, start: usize, startRow: usize,
): void {
  let p0 = v128.load(start);
  let p1 = v128.load(start, 16);
  let p2 = v128.load(start, 32);
  let p3 = v128.load(start, 48);
  let q0 = v128.load(start + startRow);
  let q1 = v128.load(start + startRow, 16);
  let q2 = v128.load(start + startRow, 32);
  let q3 = v128.load(start + startRow, 48);
  for (let p = 0; p < terms; p++, a += aTerm, b += bTerm) {
    const s = v128.load_splat<T>(a);
    const t = v128.load_splat<T>(a + aRow);
    let x = v128.load(b);
    p0 = plusProduct<T>(p0, s, x);
    q0 = plusProduct<T>(q0, t, x);
    x = v128.load(b, 16);
    p1 = plusProduct<T>(p1, s, x);
    q1 = plusProduct<T>(q1, t, x);
    x = v128.load(b, 32);
    p2 = plusProduct<T>(p2, s, x);
    q2 = plusProduct<T>(q2, t, x);
    x = v128.load(b, 48);
    p3 = plusProduct<T>(p3, s, x);
    q3 = plusProduct<T>(q3, t, x);
  }
  v128.store(c, p0);
  v128.store(c, p1, 16);
  v128.store(c, p2, 32);
  v128.store(c, p3, 48);
  v128.store(c + row, q0);
  v128.store(c + row, q1, 16);
  v128.store(c + row, q2, 32);
  v128.store(c + row, q3, 48);
}

/** One vector of columns, or one number. */
// @ts-ignore: decorator
@inline
function oneColumn<T>(
  a: usize, aRow: usize, b: usize, c: usize, rows: i32, terms: i32, row: usize, keep: bool, full: bool,
): void {
  const width: usize = full ? 16 : sizeof<T>();
  let r = 0;
  for (; r + 4 <= rows; r += 4, a += 4 * aRow, c += 4 * row) {
    const zero = v128.splat<T>(0);
    let p0 = keep ? get<T>(c, full) : zero;
    let p1 = keep ? get<T>(c + row, full) : zero;
    let p2 = keep ? get<T>(c + 2 * row, full) : zero;
    let p3 = keep ? get<T>(c + 3 * row, full) : zero;
    for (let p = 0, at = a, from = b; p < terms; p++, at += sizeof<T>(), from += row) {
      const x = get<T>(from, full);
      p0 = plusProduct<T>(p0, v128.load_splat<T>(at), x);
      p1 = plusProduct<T>(p1, v128.load_splat<T>(at + aRow), x);
      p2 = plusProduct<T>(p2, v128.load_splat<T>(at + 2 * aRow), x);
      p3 = plusProduct<T>(p3, v128.load_splat<T>(at + 3 * aRow), x);
    }
    put<T>(c, p0, full);
    put<T>(c + row, p1, full);
    put<T>(c + 2 * row, p2, full);
    put<T>(c + 3 * row, p3, full);
  }
  for (; r < rows; r++, a += aRow, c += row) oneRow<T>(a, sizeof<T>(), b, row, c, terms, row, width, keep);
}

/** One row of C with `bytes` bytes, four terms at a time: B is read in the order of memory. */
function oneRow<T>(
  a: usize, aTerm: usize, b: usize, bTerm: usize, c: usize, terms: i32, row: usize, bytes: usize, keep: bool,
): void {
  if (!keep) memory.fill(c, 0, bytes);
  const full = fullVectors(bytes);
  let p = 0;
  for (; p + 4 <= terms; p += 4, a += 4 * aTerm, b += 4 * bTerm) {
    const s0 = v128.load_splat<T>(a);
    const s1 = v128.load_splat<T>(a + aTerm);
    const s2 = v128.load_splat<T>(a + 2 * aTerm);
    const s3 = v128.load_splat<T>(a + 3 * aTerm);
    for (let j: usize = 0; j < full; j += 16) fourTerms<T>(s0, s1, s2, s3, b + j, c + j, bTerm, true);
    for (let j = full; j < bytes; j += sizeof<T>()) fourTerms<T>(s0, s1, s2, s3, b + j, c + j, bTerm, false);
  }
  for (; p < terms; p++, a += aTerm, b += bTerm) axpyBytes<T>(load<T>(a), b, c, bytes);
}

// @ts-ignore: decorator
@inline
function fourTerms<T>(s0: v128, s1: v128, s2: v128, s3: v128, b: usize, c: usize, row: usize, full: bool): void {
  let sum = get<T>(c, full);
  sum = plusProduct<T>(sum, s0, get<T>(b, full));
  sum = plusProduct<T>(sum, s1, get<T>(b + row, full));
  sum = plusProduct<T>(sum, s2, get<T>(b + 2 * row, full));
  sum = plusProduct<T>(sum, s3, get<T>(b + 3 * row, full));
  put<T>(c, sum, full);
}
