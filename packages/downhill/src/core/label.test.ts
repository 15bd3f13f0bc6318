import { expect, test } from "vitest";
import { classesOf, classIndex, type Label } from "./label.ts";

test("classes are sorted by kind, then by value, for any order of the rows", () => {
  expect(classesOf("fit", ["b", 10, true, "B", 9, false, -1, "b", "a", true])).toEqual([
    false,
    true,
    -1,
    9,
    10,
    "B",
    "a",
    "b",
  ]);
  expect(classesOf("fit", Float64Array.of(2, 10, 2))).toEqual([2, 10]);
  expect(classesOf("fit", [])).toEqual([]);
});

test("a missing label throws, with its row in the message", () => {
  expect(() => classesOf("fit", [1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: fit: labels must be strings, finite numbers or booleans, got NaN in row 1. Remove the row or supply its label.]`,
  );
  for (const missing of [null, undefined]) {
    expect(() => classesOf("fit", [missing, "a"] as unknown as Label[])).toThrow(/in row 0/);
    expect(() => classesOf("fit", ["a", "b", "a", missing] as unknown as Label[])).toThrow(/in row 3/);
    for (const classes of [[], ["a"], ["a", "b"], ["a", "b", "c"]]) {
      expect(() => classIndex("fit", classes)(missing as unknown as Label)).toThrow(RangeError);
    }
  }
});

test('classIndex finds the position of a label; 1 and "1" differ', () => {
  const position = classIndex("fit", ["1", 1, true]);
  expect([position("1"), position(1), position(true)]).toEqual([0, 1, 2]);
  expect(() => position(false)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fit: labels must be among the classes ("1", 1, true), got false. Remove the row, or add the label to classes.]`,
  );
  expect(() => classIndex("fit", ["a", "a"])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fit: classes must be distinct, got 2 of which 1 are distinct. Remove the repeats.]`,
  );
});
