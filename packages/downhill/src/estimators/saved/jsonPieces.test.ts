import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonPieces } from "./jsonPieces.ts";
import { integersText, numbersText } from "./numberText.ts";

const joined = (value: unknown): string => [...jsonPieces(value)].join("");

test("the pieces are the text of JSON.stringify", () => {
  const member = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(undefined, Number.NaN, -0, new Date(0), () => 1),
    fc.array(fc.double(), { maxLength: 9 }).map(numbersText),
    fc.array(fc.nat(), { maxLength: 9 }).map(integersText),
  );
  const body = fc.dictionary(fc.string(), fc.oneof(member, fc.dictionary(fc.string(), member)));
  for (const values of [body, fc.jsonValue()]) {
    fc.assert(fc.property<[unknown]>(values, (value) => joined(value) === JSON.stringify(value)));
  }
});

test("a long string keeps its escapes and surrogate pairs at the ends of pieces", () => {
  for (const unit of ["a", "é", '"', "\\", "\n", "😀", "\ud800", "\udc00", "a😀"]) {
    for (const before of ["", "b", "bb"]) {
      const text = before + unit.repeat(70_000);
      expect(joined({ text }) === JSON.stringify({ text }), JSON.stringify(unit)).toBe(true);
    }
  }
});

test("a long list is in pieces of at most 32 768 characters; only the last piece has padding", () => {
  const pieces = [...numbersText(new Float64Array(10_000)).pieces()];
  expect(pieces.map(({ length }) => length)).toEqual([32_768, 32_768, 32_768, 8364]);
  expect(pieces.join("").indexOf("=")).toBe(pieces.join("").length - 1);
});
