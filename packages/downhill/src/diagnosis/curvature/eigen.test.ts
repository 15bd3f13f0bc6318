import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../test/cases.ts";
import { apart, norm, normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { orthonormalize } from "../../data/orthonormalize.ts";
import { referenceKernels } from "../../kernels/reference.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { eigenOf } from "./eigen.ts";
import { lanczos, shortfall } from "./lanczos.ts";

/** Q Λ Qᵀ for a random orthogonal Q, as rows. */
function withSpectrum(values: readonly number[], seed: number): { A: Float64Array; Q: Float64Array[] } {
  const m = values.length;
  const draw = random(seed);
  const Q = Array.from({ length: m }, () => normals(draw, m));
  orthonormalize(Q);
  const A = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let l = 0; l < m; l++) sum += values[l]! * Q[l]![i]! * Q[l]![j]!;
      A[i * m + j] = A[j * m + i] = sum;
    }
  }
  return { A, Q };
}

const exponents = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 12 });
const seeds = fc.nat(1e6);

describe("eigenOf", () => {
  it("finds the spectrum of Q Λ Qᵀ, with any kernels", () => {
    fc.assert(
      fc.property(exponents, seeds, (exponents, seed) => {
        const values = exponents.map((x) => 10 ** x).sort((a, b) => b - a);
        const m = values.length;
        const { A } = withSpectrum(values, seed);
        for (const kernels of [wasmKernels, referenceKernels]) {
          const found = eigenOf(A, m, 0, kernels);
          found.values.forEach((value, i) => {
            expect(Math.abs(value - values[i]!)).toBeLessThan(1e-13 * values[0]! + 1e-12 * values[i]!);
          });
          for (let i = 0; i < m; i++) {
            const v = found.vectors.subarray(i * m, (i + 1) * m);
            expect(norm(v)).toBeCloseTo(1, 12);
            const Av = Array.from({ length: m }, (_, r) => v.reduce((sum, x, c) => sum + A[r * m + c]! * x, 0));
            expect(
              apart(
                Av,
                v.map((x) => found.values[i]! * x),
                values[0],
              ),
            ).toBeLessThan(1e-12);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("has the same relative error for columns of any units", () => {
    fc.assert(
      fc.property(exponents, seeds, (exponents, seed) => {
        // D C D with powers of two in D is exact, so scaling by 2^40 changes eigenvalues of separate groups exactly.
        const m = exponents.length;
        const { A } = withSpectrum(
          exponents.map((x) => 10 ** (x / 3)),
          seed,
        );
        const both = new Float64Array(4 * m * m);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < m; j++) {
            both[i * 2 * m + j] = A[i * m + j]!;
            both[(i + m) * 2 * m + (j + m)] = A[i * m + j]! * 2 ** -80;
          }
        }
        const alone = eigenOf(A, m, 0, wasmKernels).values;
        const { values } = eigenOf(both, 2 * m, 0, wasmKernels);
        alone.forEach((value, i) => {
          expect(values[i]! / value).toBeCloseTo(1, 12);
          expect((values[m + i]! * 2 ** 80) / value).toBeCloseTo(1, 12);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("is accurate for a small eigenvalue that no scaling of the matrix shows", () => {
    // A = D C D with C = [[1, c], [c, 1]]: determinant and trace give the eigenvalues.
    for (const [big, c] of [
      [1e6, 0.9],
      [1e8, 0.999],
      [1e3, 0],
    ] as const) {
      const { values } = eigenOf(Float64Array.of(big * big, c * big, c * big, 1), 2, 0, wasmKernels);
      const determinant = big * big * (1 - c) * (1 + c);
      expect(values[1]! / (determinant / values[0]!)).toBeCloseTo(1, 12);
    }
  });

  it("leaves out directions without curvature", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), seeds, (rank, flat, seed) => {
        const values = [...Array.from({ length: rank }, (_, i) => 1 + i), ...Array<number>(flat).fill(0)];
        const { A } = withSpectrum(values, seed);
        const found = eigenOf(A, values.length, 1e-13, wasmKernels);
        expect(found.values).toHaveLength(rank);
        for (const [i, value] of found.values.entries()) expect(value).toBeCloseTo(rank - i, 10);
      }),
      { numRuns: 100 },
    );
    expect(eigenOf(new Float64Array(9), 3, 1e-13, wasmKernels).values).toHaveLength(0);
  });
});

describe("lanczos", () => {
  /** A diagonal matrix: a random start has no preferred direction, so it stands for all matrices with these eigenvalues. */
  const estimate = (values: ArrayLike<number>, steps: number, seed: number) =>
    lanczos((v) => v.map((x, i) => x * values[i]!), values.length, steps, random(seed));

  /** Positive semi-definite spectra: uniform, with a gap, geometric, and with equal values below the largest. */
  function spectrum(seed: number): Float64Array {
    const draw = random(seed).fork("spectrum");
    const size = 20 + Math.floor(100 * draw.uniform());
    const below = [0.5, 0.9, 0.99, 0.999][seed % 4]!;
    return Float64Array.from({ length: size }, (_, i) => {
      if (i === 0) return 1;
      if (seed % 3 === 0) return draw.uniform();
      return seed % 3 === 1 ? below : below ** i;
    });
  }

  it("has a bound that is never below the largest eigenvalue of 1,000 random matrices, and an estimate never above it", () => {
    for (let seed = 0; seed < cases(300, 1000); seed++) {
      const values = spectrum(seed);
      const steps = 4 + (seed % 13);
      const { value, steps: used, complete } = estimate(values, steps, seed);
      const share = complete ? 0 : shortfall(values.length, used, 1e-12);
      expect(share).toBeLessThan(1);
      expect(value / (1 - share)).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
    }
  });

  it("fails no more often than stated: the bound of failure probability 0.2 is below in some, at most a fifth of all", () => {
    const runs = cases(700, 2000);
    let failures = 0;
    for (let seed = 0; seed < runs; seed++) {
      const size = 60;
      const below = 1 - shortfall(size, 3, 0.2) * 1.02; // the worst spectrum: all other eigenvalues just too small
      const values = Float64Array.from({ length: size }, (_, i) =>
        i === 0 ? 1 : below * Math.sin((i * Math.PI) / 120) ** 2,
      );
      const { value, steps } = estimate(values, 3, seed);
      if (value / (1 - shortfall(size, steps, 0.2)) < 1) failures++;
    }
    expect(failures).toBeGreaterThan(0);
    expect(failures / runs).toBeLessThan(0.2);
  });

  it("has a shortfall that falls with the steps", () => {
    expect(shortfall(65, 69, 1e-12)).toBeGreaterThan(0.045);
    expect(shortfall(65, 69, 1e-12)).toBeLessThan(0.055);
    expect(shortfall(4000, 162, 1e-12)).toBeLessThan(0.0105);
    expect(shortfall(1000, 80, 1e-12)).toBeLessThan(shortfall(1000, 79, 1e-12));
  });

  it("is complete when no further direction exists", () => {
    const few = estimate(Float64Array.of(5, 5, 2, 2, 2, 0), 6, 1);
    expect(few).toMatchObject({ complete: true, steps: 3 });
    expect(few.value).toBeCloseTo(5, 12);
    expect(norm(few.direction)).toBeCloseTo(1, 12);
    expect(few.direction.slice(2).every((x) => Math.abs(x) < 1e-6)).toBe(true);
    expect(estimate(Float64Array.of(0, 0, 0), 3, 1)).toMatchObject({ value: 0, complete: true });
    expect(estimate(Float64Array.of(-3, -1), 2, 1).value).toBeCloseTo(-1, 12);
  });
});
