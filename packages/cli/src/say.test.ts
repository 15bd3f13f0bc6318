import { expect, test } from "vitest";
import { grouped, sayNumber, sayPlain } from "./say.ts";

test.each([
  [0, "0"],
  [0.3404, "0.3404"],
  [0.2, "0.2000"],
  [-1.5, "−1.500"],
  [12, "12"],
  [1444.23, "1,444.2"],
  [1234567, "1,234,567"],
  [0.0002198, "2.198e−4"],
  [2.5e300, "2.500e300"],
  [Number.POSITIVE_INFINITY, "∞"],
])("%d is said as %s", (value, text) => expect(sayNumber(value)).toBe(text));

test.each([
  [0.2, "0.2"],
  [20, "20"],
  [100, "100"],
  [0.002198, "0.002198"],
  [1e-6, "1.000e−6"],
  [1.25, "1.25"],
])("%d is plainly %s", (value, text) => expect(sayPlain(value)).toBe(text));

test("thousands stand apart, decimals do not", () => {
  expect(["7", "1234", "1234567.12345", "-12345"].map(grouped)).toEqual(["7", "1,234", "1,234,567.12345", "-12,345"]);
});
