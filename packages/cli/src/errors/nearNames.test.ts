import { expect, test } from "vitest";
import { adviceOnName, nearNames } from "./nearNames.ts";

test("near names differ by a third of the letters at most, whatever their case", () => {
  const names = ["species", "sepal length", "Petal", "x", "y"];
  expect(nearNames("specis", names)).toEqual(["species"]);
  expect(nearNames("SPECIES", names)).toEqual(["species"]);
  expect(nearNames("petall", names)).toEqual(["Petal"]);
  expect(nearNames("z", names)).toEqual(["x", "y"]);
  expect(nearNames("weight", names)).toEqual([]);
  expect(nearNames("a1", ["a2", "a3", "a4", "a5"])).toEqual(["a2", "a3", "a4"]);
});

test("the advice names the near ones and lists the others", () => {
  expect(adviceOnName("specis", ["a", "species"])).toBe('Did you mean "species"? Choose one of a, species.');
  expect(adviceOnName("z", ["x", "y"])).toBe('Did you mean "x" or "y"? Choose one of x, y.');
  expect(adviceOnName("weight", ["x", "y"])).toBe("Choose one of x, y.");
});
