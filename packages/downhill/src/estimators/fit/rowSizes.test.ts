import { expect, test } from "vitest";
import type { Matrix } from "../../core/matrix.ts";
import { random } from "../../core/random.ts";
import { type AnyMatrix, isSparse, sparse } from "../../core/sparse.ts";
import { logisticRegression } from "../logisticRegression.ts";
import { rowSizes, scaledRowSquares } from "./rowSizes.ts";
import type { RowSubset } from "./rowSubsets.ts";

const stream = random(8);
const normals = (n: number): Float64Array => Float64Array.from({ length: n }, () => stream.normal());

function matrix(rows: number, columns: number, type: typeof Float64Array | typeof Float32Array): Matrix {
  return { data: type.from(normals(rows * columns)) as Matrix["data"], rows, columns };
}

/** Row i has a number in column (i + 1) modulo 3, and every other row one in column 4. */
function sparseMatrix(rows: number) {
  const lists = Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? [(i + 1) % 3] : [(i + 1) % 3, 4]));
  const indptr = [0];
  for (const list of lists) indptr.push(indptr.at(-1)! + list.length);
  return sparse(indptr, lists.flat(), normals(indptr.at(-1)!), 6);
}

/** All numbers, with zeros. */
function numbersOf(X: AnyMatrix): number[][] {
  return Array.from({ length: X.rows }, (_, i) => {
    if (!isSparse(X)) return [...X.data.subarray(i * X.columns, (i + 1) * X.columns)];
    const row = new Array<number>(X.columns).fill(0);
    for (let e = X.indptr[i]!; e < X.indptr[i + 1]!; e++) row[X.indices[e]!] = X.values[e]!;
    return row;
  });
}

const part = (X: AnyMatrix, weighted: boolean): RowSubset => ({
  X,
  y: { data: new Float64Array(X.rows), rows: X.rows, columns: 1 },
  weights: weighted ? Float64Array.from({ length: X.rows }, () => stream.uniform()) : null,
});

test.each([
  ["a row", [matrix(1, 1, Float64Array)]],
  ["several blocks of rows", [matrix(2500, 7, Float64Array)]],
  ["rows longer than a block", [matrix(9, 9000, Float64Array)]],
  ["one column", [matrix(20_000, 1, Float64Array)]],
  ["float32", [matrix(1300, 21, Float32Array)]],
  ["parts", [matrix(700, 13, Float64Array), matrix(5, 13, Float64Array), matrix(900, 13, Float64Array)]],
  ["sparse rows", [sparseMatrix(1300)]],
  ["parts of sparse rows", [sparseMatrix(513), sparseMatrix(4)]],
])("%s: the sizes are those of a loop, to the bit, with and without weights", (_, matrices: readonly AnyMatrix[]) => {
  for (const weighted of [false, true]) {
    const parts = matrices.map((X) => part(X, weighted));
    const { columns } = matrices[0]!;
    const rows = {
      columns,
      isSparse: isSparse(matrices[0]!),
      each: (visit: (part: RowSubset) => void): void => parts.forEach(visit),
    };
    const all = parts.flatMap(({ X, weights }) => numbersOf(X).map((x, i) => ({ x, weight: weights?.[i] ?? 1 })));
    const column = (j: number): number[] => all.map(({ x }) => x[j]!);
    const expected = (scaled: (x: number, j: number) => number): { sum: number; longest: number } => {
      const squares = all.map(({ x, weight }) => x.reduce((sum, value, j) => sum + scaled(value, j) ** 2, 1) * weight);
      return { sum: squares.reduce((a, b) => a + b, 0), longest: squares.reduce((a, b) => Math.max(a, b), 0) };
    };
    const { ranges, largest, ...squares } = rowSizes(rows);
    expect(squares).toEqual(expected((x) => x));
    for (const j of new Set([0, 4 % columns, columns - 1])) {
      expect(largest[j]).toBe(column(j).reduce((a, b) => Math.max(a, Math.abs(b)), 0));
      if (rows.isSparse) continue;
      expect(ranges!.low[j]).toBe(column(j).reduce((a, b) => Math.min(a, b)));
      expect(ranges!.high[j]).toBe(column(j).reduce((a, b) => Math.max(a, b)));
      expect(ranges!.sum[j]).toBe(column(j).reduce((a, b) => a + b, 0));
    }
    const scaling = {
      shift: new Float64Array(columns).fill(rows.isSparse ? 0 : 0.3),
      scale: Float64Array.from({ length: columns }, (_, j) => 1.1 + (j % 5)),
    };
    expect(scaledRowSquares(rows, scaling)).toEqual(expected((x, j) => (x - scaling.shift[j]!) / scaling.scale[j]!));
  }
});

// `fit` sees these numbers by the sums of the columns.
const finite = (standardize: boolean) => logisticRegression({ standardize, epochs: 1 });
const labels = Array.from({ length: 700 }, (_, i) => i % 2);

test.each([
  ["NaN in the first row", [[0, Number.NaN]], "NaN in row 0"],
  ["NaN in the last row", [[699, Number.NaN]], "NaN in row 699"],
  ["infinity in the middle", [[350, Infinity]], "Infinity in row 350"],
  [
    "both infinities: the first is reported",
    [
      [91, -Infinity],
      [8, Infinity],
    ],
    "Infinity in row 8",
  ],
] as const)("fit reports %s, in any column", (_, wrong, message) => {
  for (const standardize of [true, false]) {
    for (const j of [0, 9, 12]) {
      const X = matrix(700, 13, Float64Array);
      for (const [i, value] of wrong) X.data[13 * i + j] = value;
      const begins = `fit: X must hold finite numbers, got ${message}, column ${j}. Remove`;
      expect(() => finite(standardize).fit(X, labels)).toThrow(begins);
    }
  }
});

test("fit accepts finite numbers whose sum is infinite", () => {
  const X = { data: Float64Array.from(labels, (label) => 1.7e308 - 1e306 * label), rows: 700, columns: 1 };
  expect(
    finite(true)
      .fit(X, labels)
      .predict([[1.7e308], [1.69e308]]),
  ).toEqual([0, 1]);
});
