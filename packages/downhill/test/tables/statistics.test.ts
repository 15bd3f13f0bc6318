import fc from "fast-check";
import { expect, test } from "vitest";
import { byCodePoints } from "../../src/core/codePoints.ts";
import { statisticsOf } from "../../src/tables/preparation/columnStatistics.ts";
import { select } from "../../src/tables/preparation/select.ts";
import { calendarParts, putCalendarParts } from "../../src/tables/reading/calendar.ts";
import type { NumberValues } from "../../src/tables/reading/typedTable.ts";
import { numbers } from "./typedTables.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const column = (values: readonly (number | null)[]) => numbers("x", values) as NumberValues;
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

test("the median is the middle of the sorted values, also for values of any size", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.oneof(finite, fc.integer({ min: 0, max: 5 })))), (values) => {
      const { median, missing, smallest, largest, mean } = statisticsOf([column(values)], values.length)[0]!;
      const all = sorted(values.filter((x) => x !== null));
      expect(missing).toBe(values.length - all.length);
      if (all.length === 0) {
        expect([median, mean, smallest, largest].every(Number.isNaN)).toBe(true);
        return;
      }
      const [a, b] = [all[(all.length - 1) >> 1]!, all[all.length >> 1]!];
      expect(median).toBe((Number.isFinite(a + b) ? (a + b) / 2 : a / 2 + b / 2) + 0);
      expect([smallest, largest]).toEqual([all[0]! + 0, all.at(-1)! + 0]);
      expect(mean >= smallest * (1 + 1e-12) - 1e-300 || mean >= smallest).toBe(true);
      expect(Number.isFinite(mean)).toBe(true);
    }),
  );
});

/** Numbers whose logarithm grows evenly, so that bins of equal width contain nearly all of them. */
const skewed = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7919) % count) ** 8 * (i % 2 ? 1 : -1e-9));

test.each([10, 5000, 40_001])("select finds each rank among %i skewed numbers", (count) => {
  const values = skewed(count);
  const expected = sorted(values);
  for (const rank of [0, 1, count >> 2, count >> 1, count - 1])
    expect(select(Float64Array.from(values), rank)).toBe(expected[rank]);
});

test("the median of many skewed values in a shared array", () => {
  const values = skewed(30_000);
  const shared = Float64Array.from(values.flatMap((x) => [x, 1]));
  const { median } = statisticsOf(
    [{ name: "x", kind: "number", values: shared, start: 0, step: 2 }],
    values.length,
  )[0]!;
  const all = sorted(values);
  expect(median).toBe((all[14_999]! + all[15_000]!) / 2);
});

test("calendar parts are those of Date in UTC, from year 0 to 9999 and before 1970", () => {
  const parts = new Float64Array(calendarParts.length);
  const [from, to] = [Date.UTC(1, 0, 1) - 400 * 365.25 * 86_400_000, Date.UTC(9999, 11, 31)];
  const check = (milliseconds: number): void => {
    putCalendarParts(milliseconds, parts);
    const date = new Date(milliseconds);
    const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
    expect([...parts]).toEqual([
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      weekday,
      date.getUTCHours(),
    ]);
  };
  fc.assert(fc.property(fc.integer({ min: from, max: to }), check));
  for (const text of ["2000-02-29", "1900-03-01", "1900-02-28", "1969-12-31T23:59:59.999Z", "1970-01-01", "2100-03-01"])
    check(Date.parse(text));
});

test("byCodePoints orders as code points, not as units of UTF-16", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "ￃ", "😀", "😁", "é") });
  const compare = (a: string, b: string): number => {
    const [left, right] = [a, b].map((each) => [...each].map((c) => c.codePointAt(0)!)) as [number[], number[]];
    const at = left.findIndex((c, i) => c !== right[i]);
    return at < 0 ? left.length - right.length : left[at]! - (right[at] ?? -1);
  };
  fc.assert(fc.property(text, text, (a, b) => Math.sign(byCodePoints(a, b)) === Math.sign(compare(a, b))));
  expect(["😀", "ￃ"].sort(byCodePoints)).toEqual(["ￃ", "😀"]);
});
