import { describe, expect, test } from "vitest";
import { countsOf, indexLabels, requireTwo, signsOf, weightsOfClasses } from "./labels.ts";

describe("indexLabels", () => {
  test("finds the classes, in order", () => {
    const { classes, indices } = indexLabels("fit", ["b", true, "a", 2, true]);
    expect(classes).toEqual([true, 2, "a", "b"]);
    expect([...indices]).toEqual([3, 0, 2, 1, 0]);
  });
  test("keeps the order of passed classes, and classes without a row", () => {
    const { classes, indices } = indexLabels("fit", ["b", "b"], ["c", "b", "a"]);
    expect(classes).toEqual(["c", "b", "a"]);
    expect([...indices]).toEqual([1, 1]);
  });
  test.each([
    [[3, -2, -2, 3]],
    [[-0, 1, 0, 1]],
    [[1, 0, -0]],
    [[5e-324, 0, 5e-324]],
    [[-1e308, 1e308, -1e308]],
    [[1, 2, 3, 2, 1]],
    [[1e-200, 2e-200, 3e-200]],
  ])("a Float64Array has the classes and indices of a list: %j", (list) => {
    const found = indexLabels("fit", Float64Array.from(list));
    const expected = indexLabels("fit", list);
    expect(found.classes).toStrictEqual(expected.classes);
    expect([...found.indices]).toStrictEqual([...expected.indices]);
  });
  test.each([Number.NaN, Infinity, -Infinity])("a Float64Array with %d is an error", (wrong) => {
    for (const list of [
      [wrong, 1],
      [1, wrong, 1],
      [0, 1, wrong],
    ]) {
      expect(() => indexLabels("fit", Float64Array.from(list))).toThrow(/^fit: labels must be .* finite numbers/);
    }
  });
  test("throws for fewer than two classes", () => {
    expect(() => indexLabels("fit", [3, 3])).toThrow(/^fit: labels must have at least two classes, got 1 \(3\)\. /);
    expect(() => indexLabels("fit", ["a"], ["a"])).toThrow(/^fit: labels must have at least two classes, got 1 /);
  });
});

test("signsOf: one column of ±1, or one column per class", () => {
  expect([...signsOf(Float64Array.of(0, 1, 0), 1)]).toEqual([-1, 1, -1]);
  expect([...signsOf(Float64Array.of(2, 0), 3)]).toEqual([-1, -1, 1, 1, -1, -1]);
});

describe("weightsOfClasses", () => {
  const indexed = { classes: [true, false, "1"], indices: Float64Array.of(0, 0, 0, 2) };
  const counted = { ...indexed, counts: countsOf(indexed) };
  test("balanced: n / (classes · rows), and 0 for a class without rows", () => {
    expect(weightsOfClasses("fit", "balanced", counted)).toEqual([4 / 9, 0, 4 / 3]);
  });
  test("by name, in the order of the classes", () => {
    expect(weightsOfClasses("fit", { "1": 5, false: 0, true: 2 }, counted)).toEqual([2, 0, 5]);
  });
});

test("requireTwo throws unless there are two classes", () => {
  requireTwo("fit", [0, 1]);
  expect(() => requireTwo("fit", [1, 2, 3, 4, 5, 6])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fit: labels must have two classes for logisticRegression, got 6 (1, 2, 3, 4, 5 and 1 more). Use softmaxRegression.]`,
  );
});
