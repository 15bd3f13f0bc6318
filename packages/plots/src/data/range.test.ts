import { expect, test } from "vitest";
import { extentOf, padded, paddedLog } from "./range.ts";

test("extentOf skips numbers that are not finite", () => {
  expect(extentOf([3, Number.NaN, -1], Float64Array.of(Number.POSITIVE_INFINITY, 2))).toEqual([-1, 3]);
  expect(extentOf([Number.NaN], [])).toBeNull();
});

test("padded makes a range longer by a share of it, and makes a range around a single value", () => {
  expect(padded([0, 10], 0.1)).toEqual([-1, 11]);
  expect(padded([5, 5], 0.1)).toEqual([4.5, 5.5]);
  expect(padded([0, 0], 0.1)).toEqual([-1, 1]);
  const [low, high] = paddedLog([1, 100], 0.5);
  expect(low).toBeCloseTo(0.1, 12);
  expect(high).toBeCloseTo(1000, 9);
  expect(paddedLog([8, 8], 0.05)[0]).toBeLessThan(8);
});
