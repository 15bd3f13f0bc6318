import { expect, test } from "vitest";
import { factorize, solveFactorized } from "./cholesky.ts";
import { random } from "./random.ts";

test("solveFactorized has the bits of a solution row by row, and solves A x = b", () => {
  const draw = random(1);
  for (let n = 1; n <= 21; n++) {
    const B = Float64Array.from({ length: n * n }, () => draw.normal());
    const A = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) A[i * n + j]! += B[i * n + k]! * B[j * n + k]!;
        if (i === j) A[i * n + j]! += n;
      }
    const b = Float64Array.from({ length: n }, () => draw.normal());
    const L = A.slice();
    expect(factorize(L, n)).toBe(true);

    const expected = b.slice();
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) expected[i]! -= L[i * n + k]! * expected[k]!;
      expected[i]! /= L[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = n - 1; k > i; k--) expected[i]! -= L[k * n + i]! * expected[k]!;
      expected[i]! /= L[i * n + i]!;
    }
    const x = b.slice();
    solveFactorized(L, x);
    expect(x).toEqual(expected);
    for (let i = 0; i < n; i++) {
      let rest = b[i]!;
      for (let j = 0; j < n; j++) rest -= A[i * n + j]! * x[j]!;
      expect(Math.abs(rest)).toBeLessThan(1e-12);
    }
  }
});
