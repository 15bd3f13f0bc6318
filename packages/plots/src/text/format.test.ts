import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { powerOfTen } from "./exponents.ts";
import { coordinate, formatCount, formatNumber, formatPercent, tickLabels } from "./format.ts";

test("formatNumber", () => {
  expect([0, 1204, -0.03125, 3.1e152, -2e-9, 1 / 3, 12345.678].map((v) => formatNumber(v))).toEqual([
    "0",
    "1,204",
    "−0.03125",
    "3.1×10¹⁵²",
    "−2×10⁻⁹",
    "0.3333",
    "12,346",
  ]);
  expect(formatNumber(Number.NaN)).toBe("NaN");
  expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe("−∞");
  expect(powerOfTen(-12)).toBe("10⁻¹²");
});

test.each([
  [0.3404, 4, "0.3404"],
  [0.2, 4, "0.2"],
  [1444.23, 4, "1,444"],
  [0.0002198, 4, "0.0002198"],
  [0.00002198, 4, "2.198×10⁻⁵"],
  [2.5e300, 4, "2.5×10³⁰⁰"],
  [1234567, 2, "1,234,567"],
  [1 / 3, 20, "0.33333333333333331483"],
  [-0, 4, "0"],
  [0.788, 4, "0.788"],
])("%d to %d digits is %s", (value, digits, text) => expect(formatNumber(value, digits)).toBe(text));

test("any formatted number is the number, rounded to its digits", () => {
  const read = (text: string): number => {
    const [mantissa = "", power = ""] = text.replaceAll(",", "").replace("−", "-").split("×10");
    const digits = [...power].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)).map((digit) => (digit < 0 ? "-" : digit));
    return Number(`${mantissa}e${digits.join("") || "0"}`);
  };
  const any = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => value === 0 || (Math.abs(value) > 1e-300 && Math.abs(value) < 1e300));
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 17 }), (value, digits) => {
      const text = formatNumber(value, digits);
      expect(Math.abs(read(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.5001 * 10 ** (1 - digits) + 1e-15);
      expect(text).not.toMatch(/[.]\d*0$|[.]$/);
    }),
  );
});

test("counts have all digits; percentages have one decimal, and only 1 itself is 100 %", () => {
  expect([7, 1234, 123456789, -12345].map(formatCount)).toEqual(["7", "1,234", "123,456,789", "−12,345"]);
  expect([0, 1, 0.5, 0.97, 0.99999, 0.00001, Number.NaN].map(formatPercent)).toEqual([
    "0 %",
    "100 %",
    "50.0 %",
    "97.0 %",
    "100.0 %",
    "0.0 %",
    "NaN %",
  ]);
});

describe("labels of ticks have as many decimals as their distance needs", () => {
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
  test("one tick alone keeps its digits", () => {
    expect([1.5e-9, 1.5, 12_500_000].map((tick) => tickLabels([tick]))).toEqual([["1.5×10⁻⁹"], ["1.5"], ["1.25×10⁷"]]);
  });
});

test("coordinates have one decimal and no negative zero", () => {
  expect([1.25, -0.04, 3, 1e3 / 3].map(coordinate)).toEqual(["1.3", "0", "3", "333.3"]);
});
