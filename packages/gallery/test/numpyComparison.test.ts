import { describe, expect, it } from "vitest";
import { differencesFrom, relativeDifference } from "../src/programs/numpyComparison.ts";

describe("relativeDifference", () => {
  it("is the largest |a − b| / |b|, without a floor", () => {
    expect(relativeDifference([1, 2, 3], [1, 2, 3])).toBe(0);
    expect(relativeDifference([1, 2.2, 3], [1, 2, 3])).toBeCloseTo(0.1, 12);
    expect(relativeDifference([1000, 1.5e-12], [1000, 1e-12])).toBeCloseTo(0.5, 12);
    expect(relativeDifference([-1], [1])).toBe(2);
  });

  it("is infinite where no digit can agree", () => {
    expect(relativeDifference([1e-300], [0])).toBe(Infinity);
    expect(relativeDifference([NaN], [1])).toBe(Infinity);
    expect(relativeDifference([0, -0], [0, 0])).toBe(0);
  });

  it("refuses lists of different lengths", () => {
    expect(() => relativeDifference([1], [1, 2])).toThrow(
      "relativeDifference: lists must be equally long (2), got 1. Compare the same numbers.",
    );
  });
});

describe("differencesFrom", () => {
  const golden = { data: { X: [1, 2] }, start: { w: 0 }, params: { w: 4, b: [1] }, losses: [3, 2] };
  const ours = { program: "p", epochs: 2, ...golden, losses: Float64Array.of(3, 2) };

  it("takes the worst name of each part", () => {
    expect(differencesFrom(golden, ours)).toEqual({ data: 0, start: 0, params: 0, losses: 0 });
    const off = { ...ours, params: { w: 5, b: [1] }, losses: Float64Array.of(3, 1) };
    expect(differencesFrom(golden, off)).toEqual({ data: 0, start: 0, params: 0.25, losses: 0.5 });
  });

  it("refuses a program that lacks a name of the golden one", () => {
    expect(() => differencesFrom(golden, { ...ours, params: { w: 4 } })).toThrow(RangeError);
  });
});
