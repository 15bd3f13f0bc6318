import { describe, expect, it } from "vitest";
import { differencesFrom, relativeDifference } from "../src/programs/numpyComparison.ts";

describe("relativeDifference", () => {
  it("is the largest |a − b| / |b|, and |b| has no lower bound", () => {
    expect(relativeDifference([1, 2, 3], [1, 2, 3])).toBe(0);
    expect(relativeDifference([1, 2.2, 3], [1, 2, 3])).toBeCloseTo(0.1, 12);
    expect(relativeDifference([1000, 1.5e-12], [1000, 1e-12])).toBeCloseTo(0.5, 12);
    expect(relativeDifference([-1], [1])).toBe(2);
  });

  it("is Infinity when b is 0 and a is not, or when a is not a number", () => {
    expect(relativeDifference([1e-300], [0])).toBe(Infinity);
    expect(relativeDifference([NaN], [1])).toBe(Infinity);
    expect(relativeDifference([0, -0], [0, 0])).toBe(0);
  });

  it("throws when the lists differ in length", () => {
    expect(() => relativeDifference([1], [1, 2])).toThrow(
      "relativeDifference: the lists must have the same length (2), got 1. Compare the same numbers.",
    );
  });
});

describe("differencesFrom", () => {
  const numpys = { data: { X: [1, 2] }, start: { w: 0 }, params: { w: 4, b: [1] }, losses: [3, 2] };
  const ours = { program: "p", epochs: 2, ...numpys, losses: Float64Array.of(3, 2) };

  it("takes the largest difference in each part", () => {
    expect(differencesFrom(numpys, ours)).toEqual({ data: 0, start: 0, params: 0, losses: 0 });
    const wrong = { ...ours, params: { w: 5, b: [1] }, losses: Float64Array.of(3, 1) };
    expect(differencesFrom(numpys, wrong)).toEqual({ data: 0, start: 0, params: 0.25, losses: 0.5 });
  });

  it("throws when a program lacks numbers that NumPy has", () => {
    expect(() => differencesFrom(numpys, { ...ours, params: { w: 4 } })).toThrow(RangeError);
  });
});
