import { expect, test } from "vitest";
import { byCodePoints } from "./codePoints.ts";

test("texts are ordered by code points, the shorter of equals first", () => {
  const texts = ["é", "z", "\u{1f600}", "a", "ab", "Z", "", "\uffff"];
  expect([...texts].sort(byCodePoints)).toEqual(["", "Z", "a", "ab", "z", "é", "\uffff", "\u{1f600}"]);
});
