import { describe, expect, it } from "vitest";
import { normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { referenceKernels } from "../../kernels/reference.ts";
import { column, dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { halfSquared } from "../../losses/halfSquared.ts";
import { linear } from "../../predictors/linear.ts";
import { problemOf } from "../minimize.ts";
import { largestCurvature } from "./largestCurvature.ts";
import type { Problem } from "./objective.ts";
import { risk } from "./risk.ts";

/** The eigenvalues of a symmetric matrix, by Jacobi's method. */
function eigenvalues(A: number[][]): number[] {
  const n = A.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const angle = 0.5 * Math.atan2(2 * A[p]![q]!, A[q]![q]! - A[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) {
          const [x, y] = [A[k]![p]!, A[k]![q]!];
          A[k]![p] = c * x - s * y;
          A[k]![q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [A[p]![k]!, A[q]![k]!];
          A[p]![k] = c * x - s * y;
          A[q]![k] = s * x + c * y;
        }
      }
    }
  }
  return A.map((row, i) => row[i]!);
}

/** Half the squared error of linear scores with targets 0, and its second derivatives. */
function quadratic(n: number, d: number, l2: number, weights?: Float64Array): { problem: Problem; H: number[][] } {
  const draw = random(n * d).fork("curvature");
  const X = normals(draw, n * d).map((x, at) => x * (1 + (at % d)) + (at % 2));
  const H = Array.from({ length: d + 1 }, (_, a) =>
    Array.from({ length: d + 1 }, (_, b) => {
      let sum = a === b && a < d ? l2 : 0;
      for (let i = 0; i < n; i++) {
        const feature = (j: number): number => (j < d ? X[i * d + j]! : 1);
        sum += ((weights?.[i] ?? 1) * feature(a) * feature(b)) / n;
      }
      return sum;
    }),
  );
  const problem = risk({
    predictor: linear(d),
    loss: halfSquared(),
    inputs: dense({ data: X, rows: n, columns: d }),
    targets: column(new Float64Array(n)),
    ...(weights ? { weights: column(weights) } : {}),
    l2,
  });
  return { problem, H };
}

describe("largestCurvature", () => {
  it("Jacobi's method finds the eigenvalues of a known matrix", () => {
    const found = eigenvalues([
      [2, 1, 0],
      [1, 2, 1],
      [0, 1, 2],
    ]).sort((a, b) => a - b);
    for (const [i, value] of [2 - Math.SQRT2, 2, 2 + Math.SQRT2].entries()) expect(found[i]).toBeCloseTo(value, 14);
  });

  it.each([
    [1, 1, 0],
    [20, 3, 0],
    [20, 3, 0.7],
    [5, 9, 0],
    [400, 12, 0.01],
  ])("%i rows, %i columns, l2 %d: is the largest eigenvalue", (n, d, l2) => {
    const { problem, H } = quadratic(n, d, l2);
    const largest = Math.max(...eigenvalues(H));
    for (const kernels of [wasmKernels, referenceKernels]) {
      const found = largestCurvature(problem, { kernels, iterations: 2000 });
      expect(Math.abs(found / largest - 1)).toBeLessThan(1e-12);
    }
  });

  it("uses the weights of the rows", () => {
    const weights = Float64Array.from({ length: 20 }, (_, i) => (2 * (i + 0.5)) / 20);
    const { problem, H } = quadratic(20, 3, 0, weights);
    const found = largestCurvature(problem, { kernels: wasmKernels, iterations: 2000 });
    expect(Math.abs(found / Math.max(...eigenvalues(H)) - 1)).toBeLessThan(1e-12);
  });

  it("is below the eigenvalue, closer with more iterations, and close after fifty", () => {
    const { problem, H } = quadratic(60, 6, 0);
    const largest = Math.max(...eigenvalues(H));
    const after = [1, 3, 10, 30, 50].map((iterations) =>
      largestCurvature(problem, { kernels: wasmKernels, iterations }),
    );
    for (const [i, found] of after.entries()) {
      expect(found).toBeLessThanOrEqual(largest * (1 + 1e-14));
      expect(found).toBeGreaterThanOrEqual((after[i - 1] ?? 0) * (1 - 1e-14));
    }
    expect(after[0]).toBeLessThan(0.99 * largest);
    expect(after[4]).toBe(largestCurvature(problem, { kernels: wasmKernels }));
    expect(after[4]).toBeGreaterThan(0.99 * largest);
  });

  it("depends only on the seed of its start", () => {
    const { problem } = quadratic(60, 6, 0);
    const estimate = (seed: number): number => largestCurvature(problem, { kernels: wasmKernels, iterations: 3, seed });
    expect(estimate(1)).toBe(estimate(1));
    expect(estimate(1)).not.toBe(estimate(2));
    expect(estimate(0)).toBe(largestCurvature(problem, { kernels: wasmKernels, iterations: 3 }));
  });

  it("is 0 where all second derivatives are 0", () => {
    const flat = problemOf((_, gradient) => {
      gradient.fill(0);
      return 0;
    }, 3);
    expect(largestCurvature(flat, { kernels: wasmKernels })).toBe(0);
    expect(largestCurvature(quadratic(5, 2, 0, new Float64Array(5)).problem, { kernels: wasmKernels })).toBe(0);
  });
});
