// Linear regression is least squares without l2 and l1. If there are several solutions, it ends at the one of lowest norm.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../src/core/random.ts";
import { standardization } from "../src/estimators/fit/scaling.ts";
import { linearRegression, type Matrix, matrix, plain } from "../src/index.ts";

test("y = 2x + 1 at five points has slope 2 and intercept 1", () => {
  for (const standardize of [true, false]) {
    const fitted = linearRegression({ standardize }).fit([[1], [2], [3], [4], [5]], [3, 5, 7, 9, 11]);
    expect(fitted.options).toMatchObject({ l2: 0, l1: 0 });
    expect(fitted.coefficients.data[0]).toBeCloseTo(2, 5);
    expect(fitted.intercepts[0]).toBeCloseTo(1, 5);
  }
});

/** The solution of A x = b for a regular A (n × n), by elimination with pivots. */
function solve(A: number[][], b: number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]!]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows
      .slice(k)
      .reduce((best, row, at) => (Math.abs(row[k]!) > Math.abs(rows[best]![k]!) ? k + at : best), k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = 0; i < rows.length; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      rows[i] = rows[i]!.map((value, j) => value - factor * rows[k]![j]!);
    }
  }
  return rows.map((row, k) => row.at(-1)! / row[k]!);
}

/**
 * The standardized weights of lowest norm that predict every target exactly, for fewer rows than columns: Zᵀ a, where
 * Z Zᵀ a = y − ȳ. Z Zᵀ maps the ones to 0, because the columns of Z sum to 0. Adding 1 1ᵀ makes it regular; a stays the same.
 */
function leastNorm({ data, rows, columns }: Matrix, y: readonly number[]): number[] {
  const { shift, scale } = standardization({ data, rows, columns });
  const Z = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => (data[i * columns + j]! - shift[j]!) / scale[j]!),
  );
  const mean = y.reduce((a, b) => a + b) / rows;
  const gram = Z.map((a) => Z.map((b) => 1 + a.reduce((sum, z, j) => sum + z * b[j]!, 0)));
  const a = solve(
    gram,
    y.map((value) => value - mean),
  );
  return [...Z[0]!.map((_, j) => Z.reduce((sum, row, i) => sum + a[i]! * row[j]!, 0)), mean];
}

describe("with more columns than rows the run ends at the weights of lowest norm", () => {
  test.each([
    ["by default", {}],
    ["by plain descent", { optimizer: plain(0.02), epochs: 50_000, stop: { gradient: 1e-8 } }],
  ] as const)("%s", (_, options) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 2, max: 7 }), (seed, rows) => {
        const draw = random(seed);
        const columns = 3 * rows; // so many that the rows have curvature in every direction
        const X = matrix(
          Float64Array.from({ length: rows * columns }, () => 5 + 3 * draw.normal()),
          rows,
          columns,
        );
        const y = Array.from({ length: rows }, () => 10 + draw.normal());
        const fitted = linearRegression(options).fit(X, y);
        expect(fitted.stopped).toBe("converged");
        const expected = leastNorm(X, y);
        fitted.params().forEach((w, j) => {
          expect(Math.abs(w - expected[j]!)).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 30 },
    );
  });
});

test("linearly dependent columns share their weight, which has the lowest norm", () => {
  const draw = random(8);
  const n = 40;
  const a = Array.from({ length: n }, () => draw.normal());
  const b = Array.from({ length: n }, () => draw.normal());
  const y = a.map((value, i) => 3 * value - 2 * b[i]! + 1);
  const once = linearRegression().fit(
    a.map((value, i) => [value, b[i]!]),
    y,
  );
  const twice = linearRegression().fit(
    a.map((value, i) => [value, b[i]!, 10 * value + 5]),
    y,
  ); // the same standardized
  const [wa, wb, intercept] = once.params();
  const expected = [wa! / 2, wb!, wa! / 2, intercept!];
  twice.params().forEach((w, j) => {
    expect(Math.abs(w - expected[j]!)).toBeLessThan(1e-5);
  });
  expect(twice.coefficients.data[0]).toBeCloseTo(1.5, 5);
  expect(twice.coefficients.data[2]).toBeCloseTo(0.15, 5);
});
