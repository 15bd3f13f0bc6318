import fc from "fast-check";
import { expect, test } from "vitest";
import { formatOf, hasLeadingZero, isNotFinite, isTooLong, numberOf, plainFormat } from "./numberText.ts";

const read = (texts: string[], semicolons = false) => {
  const found = formatOf(texts, semicolons);
  return found && texts.map((text) => numberOf(text, found.format));
};

test.each<[string[], number[]]>([
  [
    ["1.5", "-2", "1e3", "+.5", "5."],
    [1.5, -2, 1000, 0.5, 5],
  ],
  [
    ["1,5", "2", "-0,25"],
    [1.5, 2, -0.25],
  ],
  [["1,5e3"], [1500]],
  [
    ["1,234", "5.5", "999"],
    [1234, 5.5, 999],
  ],
  [
    ["1.234,56", "7"],
    [1234.56, 7],
  ],
  [
    ["1.234.567", "1.234"],
    [1234567, 1234],
  ],
  [["1,234,567.25"], [1234567.25]],
  [
    ["40%", "2.5 %", "-1%"],
    [40, 2.5, -1],
  ],
  [
    ["$1.50", "-$2", "($3.25)", "$-4"],
    [1.5, -2, -3.25, -4],
  ],
  [
    ["1,50 €", "1.000,00 €"],
    [1.5, 1000],
  ],
  [["£1,234"], [1234]],
  [
    ["1_000", "20", "1_2.5"],
    [1000, 20, 12.5],
  ],
  [
    ["1 234,5", "1\u00a0000", "7"],
    [1234.5, 1000, 7],
  ],
  [
    ["1'234.5", "2\u2019000"],
    [1234.5, 2000],
  ],
  [["\u22125"], [-5]],
])("%j are %j", (texts, numbers) => {
  expect(read(texts)).toEqual(numbers);
});

test.each([
  [["1,5", "1.5"]], // a comma for decimals and a point for decimals
  [["$1", "€1"]],
  [["40%", "0.4"]],
  [["2b"]],
  [["1-2"]],
  [["12:30"]],
  [["2020-01-01"]],
  [["1.2.3"]],
  [["1,23,4"]],
  [["(1"]],
  [["--1"]],
  [["0x1F"]],
  [["1e"]],
  [[""]],
  [[" "]],
  [["."]],
  [["1__2 3"]],
  [["1,234e400"]], // larger than any number
  [["1e999"]],
])("%j are not numbers of one format", (texts) => {
  expect(read(texts)).toBeUndefined();
});

test("a comma before three digits separates thousands; with semicolons as delimiters it is a decimal comma", () => {
  expect(formatOf(["1,234", "5,678"], false)).toEqual({
    format: { decimal: ".", group: ",", unit: "" },
    ambiguous: "comma",
  });
  expect(formatOf(["1,234", "5,678"], true)).toEqual({
    format: { decimal: ",", group: "", unit: "" },
    ambiguous: "comma",
  });
  expect(read(["1,234", "0,500"])).toEqual([1.234, 0.5]); // no group begins with 0
});

test("numbers written in a format are read back", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
  const format = fc.constantFrom(
    ...(["", "%", "$", "€"] as const).flatMap((unit) => [
      { decimal: ".", group: "", unit } as const,
      { decimal: ",", group: "", unit } as const,
      { decimal: ".", group: ",", unit } as const,
      { decimal: ",", group: ".", unit } as const,
      { decimal: ",", group: " ", unit } as const,
      { decimal: ".", group: "'", unit } as const,
    ]),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), format, (values, { decimal, group, unit }) => {
      const write = (value: number): string => {
        const [integerPart = "", rest] = Math.abs(value).toFixed(4).split(".");
        const grouped = integerPart.replace(/\B(?=(\d{3})+$)/g, group);
        return `${value < 0 ? "-" : ""}${unit === "$" ? unit : ""}${grouped}${decimal}${rest}${unit === "$" ? "" : unit}`;
      };
      expect(values.map((value) => numberOf(write(value), { decimal, group, unit }))).toEqual(
        values.map((value) => Number(value.toFixed(4))),
      );
      const found = formatOf(values.map(write), false)!;
      expect(values.map((value) => numberOf(write(value), found.format))).toEqual(
        values.map((value) => Number(value.toFixed(4))),
      );
    }),
  );
});

test("plain numbers are read like JavaScript reads them", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(numberOf(String(value), plainFormat)).toBe(value === 0 ? numberOf(String(value), plainFormat) : value);
    }),
  );
});

test("codes and long whole numbers are recognised", () => {
  expect(["007", "00", "-01", "0", "0.5", "10", "0x"].map(hasLeadingZero)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(
    ["9007199254740993", "9007199254740994", "9007199254740993.00", "-9007199254740993", "123", "1e30"].map(isTooLong),
  ).toEqual([true, false, true, true, false, false]);
});

test("numbers too large for a float64 are recognised", () => {
  expect(["NaN", "-inf", "1e400", "-1e999", "1e308", "infinite", "1e", "7"].map(isNotFinite)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(numberOf("1e400", plainFormat)).toBeUndefined();
});
