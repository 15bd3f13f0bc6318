import fc from "fast-check";
import { expect, test } from "vitest";
import { normals } from "../../../test/problems.ts";
import { random } from "../../core/random.ts";
import { lowestWithL1 } from "./lowestWithL1.ts";

/** P = A Aᵀ / m + 1e-10 I, with fewer columns than rows if m < p. */
function matrix(p: number, m: number, seed: number): Float64Array {
  const A = normals(random(seed), p * m);
  const P = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      for (let c = 0; c < m; c++) P[i * p + j]! += (A[i * m + c]! * A[j * m + c]!) / m;
    }
    P[i * p + i]! += 1e-10;
  }
  return P;
}

test("at the minimum a subgradient is 0, and the decrease is f(w) − f(z)", () => {
  const cases = fc.record({
    p: fc.integer({ min: 2, max: 25 }),
    ratio: fc.constantFrom(0.5, 1, 3),
    l1: fc.constantFrom(1e-3, 0.1, 1, 10),
    seed: fc.nat(1000),
    groups: fc.constantFrom(1, 2, 3),
  });
  let zeros = 0;
  let others = 0;
  fc.assert(
    fc.property(cases, ({ p: most, ratio, l1, seed, groups }) => {
      const group = Math.max(2, Math.floor(most / groups));
      const p = groups * group;
      const isFree = (i: number): boolean => i % group === group - 1;
      const m = Math.ceil(ratio * p);
      const P = matrix(p, m, seed);
      const draw = random(seed).fork("vectors");
      const w = normals(draw, p).map((x, j) => (j % 3 === 0 ? 0 : x));
      const u = normals(draw, p); // g = P u is in the range of P, so a minimum exists
      const g = w.map((_, i) => u.reduce((sum, x, j) => sum + P[i * p + j]! * x, 0));
      const z = w.slice();
      const decrease = lowestWithL1(P, g, w, l1, z, group);
      const model = (z: Float64Array): number => {
        let value = 0;
        for (let i = 0; i < p; i++) {
          const step = z[i]! - w[i]!;
          value += g[i]! * step + (isFree(i) ? 0 : l1 * Math.abs(z[i]!));
          for (let j = 0; j < p; j++) value += 0.5 * step * P[i * p + j]! * (z[j]! - w[j]!);
        }
        return value;
      };
      expect(Math.abs(decrease - (model(w) - model(z)))).toBeLessThan(1e-9 * (1 + Math.abs(model(w))));
      for (let i = 0; i < p; i++) {
        const slope = g[i]! + z.reduce((sum, x, j) => sum + P[i * p + j]! * (x - w[j]!), 0);
        const tolerance = ratio < 1 ? 1e-3 : 1e-5; // with fewer columns, P is nearly singular, and the rounds end earlier
        if (isFree(i)) expect(Math.abs(slope)).toBeLessThan(tolerance);
        else if (z[i] === 0) {
          zeros++;
          expect(Math.abs(slope)).toBeLessThan(l1 + tolerance);
        } else {
          others++;
          expect(Math.abs(slope + l1 * Math.sign(z[i]!))).toBeLessThan(tolerance);
        }
      }
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(Math.min(zeros, others)).toBeGreaterThan(300);
});
