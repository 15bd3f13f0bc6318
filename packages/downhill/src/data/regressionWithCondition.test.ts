import fc from "fast-check";
import { expect, test } from "vitest";
import type { Matrix } from "../core/matrix.ts";
import { orthonormalize } from "./orthonormalize.ts";
import { regressionWithCondition } from "./regressionWithCondition.ts";

const columnsOf = (X: Matrix): number[][] =>
  Array.from({ length: X.columns }, (_, j) => Array.from({ length: X.rows }, (_, i) => X.data[i * X.columns + j]!));

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Eigenvalues of XᵀX/n, largest first, by one-sided Jacobi rotations of the columns: accurate even for tiny ones. */
function gramEigenvalues(X: Matrix): number[] {
  const columns = columnsOf(X);
  for (let sweep = 0, rotated = true; rotated && sweep < 40; sweep++) {
    rotated = false;
    for (let p = 0; p < columns.length; p++) {
      for (let q = p + 1; q < columns.length; q++) {
        const a = columns[p]!;
        const b = columns[q]!;
        const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
        if (Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb)) continue;
        rotated = true;
        const zeta = (bb - aa) / (2 * ab);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        for (let i = 0; i < a.length; i++) {
          [a[i], b[i]] = [c * (a[i]! - t * b[i]!), c * (t * a[i]! + b[i]!)];
        }
      }
    }
  }
  return columns.map((column) => dot(column, column) / X.rows).sort((a, b) => b - a);
}

test("the test's own method finds the eigenvalues of a known matrix", () => {
  const X = { data: Float64Array.of(1, 0, 1, 0, 1, 1), rows: 2, columns: 3 }; // X Xᵀ = [2 1; 1 2]
  const [first, second, third] = gramEigenvalues(X) as [number, number, number];
  expect(first).toBeCloseTo(1.5, 14);
  expect(second).toBeCloseTo(0.5, 14);
  expect(Math.abs(third)).toBeLessThan(1e-15);
});

test("eigenvalues fall geometrically from 1 to 1/condition", () => {
  for (const condition of [1, 10, 1e4, 1e8]) {
    const eigenvalues = gramEigenvalues(regressionWithCondition({ n: 60, features: 7, condition }).X);
    eigenvalues.forEach((eigenvalue, j) => {
      expect(Math.abs(eigenvalue * condition ** (j / 6) - 1)).toBeLessThan(1e-10);
    });
  }
});

test("the condition is exact to 1e-10 for every size and seed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 8, noNaN: true }),
      fc.maxSafeNat(),
      (features, spare, digits, seed) => {
        const condition = 10 ** digits;
        const eigenvalues = gramEigenvalues(
          regressionWithCondition({ n: features + spare, features, condition, seed }).X,
        );
        expect(Math.abs(eigenvalues[0]! / eigenvalues.at(-1)! / condition - 1)).toBeLessThan(1e-10);
        expect(Math.abs(eigenvalues[0]! - 1)).toBeLessThan(1e-12);
      },
    ),
    { numRuns: 60, seed: 1 },
  );
});

test("columns have mean 0, so an intercept does not change the condition number", () => {
  for (const column of columnsOf(regressionWithCondition({ n: 50, features: 4, condition: 1e6 }).X)) {
    expect(Math.abs(column.reduce((sum, value) => sum + value, 0) / 50)).toBeLessThan(1e-15);
  }
});

test("y is X w plus noise with its standard deviation", () => {
  const n = 20_000;
  const { X, y, coefficients } = regressionWithCondition({ n, features: 3, noise: 0.7 });
  const errors = y.map((value, i) => value - dot(X.data.subarray(3 * i, 3 * i + 3), coefficients));
  expect(Math.abs(dot(errors, errors) / n / 0.49 - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  const clean = regressionWithCondition({ n: 10, features: 1, condition: 1, noise: 0 });
  clean.y.forEach((value, i) => {
    expect(value).toBe(clean.X.data[i]! * clean.coefficients[0]!);
  });
});

test("the same seed gives the same bits, another seed another rotation", () => {
  expect(regressionWithCondition({ seed: 1 })).toEqual(regressionWithCondition({ seed: 1 }));
  const [one, two] = [1, 2].map((seed) => regressionWithCondition({ seed }));
  expect(one!.X.data).not.toEqual(two!.X.data);
  expect(one!.coefficients).not.toEqual(two!.coefficients);
});

test("wrong options throw", () => {
  expect(() => regressionWithCondition({ n: 10, features: 10 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: regressionWithCondition: n must be a whole number of at least 11, got 10. Pass a whole number, such as 11.]`,
  );
  expect(() => regressionWithCondition({ condition: 0.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: regressionWithCondition: condition must be from 1 to 100000000 with 10 features, got 0.5. Pass a number such as 1.]`,
  );
  expect(() => regressionWithCondition({ features: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: regressionWithCondition: condition must be from 1 to 1 with 1 features, got 100. Pass a number such as 1.]`,
  );
  expect(() => regressionWithCondition({ condition: Number.NaN })).toThrow(RangeError);
  expect(() => regressionWithCondition({ noise: -1 })).toThrow(RangeError);
  expect(() => regressionWithCondition({ conditions: 1 } as object)).toThrow(TypeError);
});

test("orthonormalize is accurate where one Gram–Schmidt process is not", () => {
  const vectors = Array.from({ length: 8 }, (_, j) => Float64Array.from({ length: 8 }, (_, i) => 1 / (i + j + 1)));
  orthonormalize(vectors); // the Hilbert matrix: condition 1.5e10
  vectors.forEach((a, i) => {
    vectors.forEach((b, j) => {
      expect(Math.abs(dot(a, b) - (i === j ? 1 : 0))).toBeLessThan(1e-15);
    });
  });
});
