import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../../test/anyText.ts";
import { integerField, messageField, textField } from "./protobuf.ts";

test("integers have groups of seven bits, the lowest first; the key is 8 · field", () => {
  expect([...integerField(1, 0)]).toEqual([8, 0]);
  expect([...integerField(1, 300)]).toEqual([8, 0xac, 2]);
  expect([...integerField(20, 7)]).toEqual([0xa0, 1, 7]);
  expect([...integerField(1, -1)]).toEqual([8, ...new Array(9).fill(0xff), 1]);
});

test("a message has its length before its fields", () => {
  expect([...messageField(3, integerField(1, 150))]).toEqual([26, 3, 8, 150, 1]);
});

test("texts are in UTF-8, as TextEncoder writes them", () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(anyText(20), (text) => {
      const bytes = encoder.encode(text);
      expect([...textField(2, text)]).toEqual([18, bytes.length, ...bytes]);
    }),
  );
  expect([...textField(2, "a\ud800")]).toEqual([18, 4, 97, 0xef, 0xbf, 0xbd]);
});
