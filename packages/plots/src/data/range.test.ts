import { expect, test } from "vitest";
import { extentOf, padded, paddedLog } from "./range.ts";

test("extent skips what is not finite", () => {
  expect(extentOf([3, Number.NaN, -1], Float64Array.of(Number.POSITIVE_INFINITY, 2))).toEqual([-1, 3]);
  expect(extentOf([Number.NaN], [])).toBeNull();
});

test("padding widens a span by its share, and makes room around a single value", () => {
  expect(padded([0, 10], 0.1)).toEqual([-1, 11]);
  expect(padded([5, 5], 0.1)).toEqual([4.5, 5.5]);
  expect(padded([0, 0], 0.1)).toEqual([-1, 1]);
  const [low, high] = paddedLog([1, 100], 0.5);
  expect(low).toBeCloseTo(0.1, 12);
  expect(high).toBeCloseTo(1000, 9);
  expect(paddedLog([8, 8], 0.05)[0]).toBeLessThan(8);
});
