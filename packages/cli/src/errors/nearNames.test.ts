import { expect, test } from "vitest";
import { adviceOnName, nearNames } from "./nearNames.ts";

test("near names differ by at most a third of the letters, in upper or lower case", () => {
  const names = ["species", "sepal length", "Petal", "x", "y"];
  expect(nearNames("specis", names)).toEqual(["species"]);
  expect(nearNames("SPECIES", names)).toEqual(["species"]);
  expect(nearNames("petall", names)).toEqual(["Petal"]);
  expect(nearNames("z", names)).toEqual([]);
  expect(nearNames("X", names)).toEqual(["x"]);
  expect(nearNames("weight", names)).toEqual([]);
  expect(nearNames("abc1", ["abc2", "abc3", "abc4", "abc5"])).toEqual(["abc2", "abc3", "abc4"]);
});

test("the advice names the near ones and lists the others", () => {
  expect(adviceOnName("specis", ["a", "species"])).toBe('Did you mean "species"? Choose one of a, species.');
  expect(adviceOnName("col", ["col1", "col2"])).toBe('Did you mean "col1" or "col2"? Choose one of col1, col2.');
  expect(adviceOnName("weight", ["x", "y"])).toBe("Choose one of x, y.");
});
