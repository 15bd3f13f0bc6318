import { expect, test } from "vitest";
import { changeText } from "./numberText.ts";

test("a change has at least 3 digits, and as many as show it", () => {
  expect(changeText(0.5, 12345)).toBe("from 0.5 to 12,300");
  expect(changeText(0.792132, 0.792147)).toBe("from 0.79213 to 0.79215");
  expect(changeText(1, 1 + 2 ** -50)).toBe("from 1 to 1.000000000000001");
});
