import { describe, expect, test } from "vitest";
import { coordinate, extentOf, padded, paddedLog, powerOfTen, say, tickLabels } from "./numbers.ts";

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

test("numbers as people read them", () => {
  expect([0, 1204, -0.03125, 3.1e152, -2e-9, 1 / 3, 12345.678].map((v) => say(v))).toEqual([
    "0",
    "1,204",
    "−0.03125",
    "3.1×10¹⁵²",
    "−2×10⁻⁹",
    "0.3333",
    "12,346",
  ]);
  expect(say(Number.NaN)).toBe("NaN");
  expect(say(Number.NEGATIVE_INFINITY)).toBe("−∞");
  expect(powerOfTen(-12)).toBe("10⁻¹²");
});

describe("labels of ticks have the digits that their spacing needs", () => {
  test.each([
    [
      [0, 0.5, 1],
      ["0.0", "0.5", "1.0"],
    ],
    [
      [-5, 0, 5],
      ["−5", "0", "5"],
    ],
    [
      [0, 5000, 10000],
      ["0", "5,000", "10,000"],
    ],
    [
      [0, 2e8, 4e8, 1e9],
      ["0", "2×10⁸", "4×10⁸", "1×10⁹"],
    ],
    [
      [1e-12, 1.5e-12, 2e-12],
      ["1×10⁻¹²", "1.5×10⁻¹²", "2×10⁻¹²"],
    ],
    [
      [1, 1 + 5e-12, 1 + 1e-11],
      ["1.000000000000", "1.000000000005", "1.000000000010"],
    ],
    [[0], ["0"]],
    [
      [1e300, 2e300],
      ["1×10³⁰⁰", "2×10³⁰⁰"],
    ],
  ])("%j", (ticks, labels) => {
    expect(tickLabels(ticks)).toEqual(labels);
  });
});

test("coordinates have one decimal and no negative zero", () => {
  expect([1.25, -0.04, 3, 1e3 / 3].map(coordinate)).toEqual(["1.3", "0", "3", "333.3"]);
});
