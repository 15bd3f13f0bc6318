import fc from "fast-check";
import { expect, test } from "vitest";
import { oneLine, textWidth, truncate, truncateMiddle, wrap } from "./measure.ts";

test("widths are Helvetica's", () => {
  expect(textWidth("Loss", 1000)).toBe(556 + 556 + 500 + 500);
  expect(textWidth("Loss", 1000, "bold")).toBe(611 + 611 + 556 + 556);
  expect(textWidth("0123456789", 12)).toBeCloseTo(66.72, 10);
  expect(textWidth("é", 1000)).toBe(556);
  expect(textWidth("漢", 1000)).toBeGreaterThanOrEqual(1000);
});

test("eliding keeps what fits", () => {
  expect(truncate("short", 100, 12)).toBe("short");
  expect(truncate("a rather long name", 60, 12)).toBe("a rather l…");
  expect(truncate("anything", 3, 12)).toBe("");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.double({ min: 0, max: 300, noNaN: true }), (text, width) => {
      expect(textWidth(truncate(text, width, 12), 12)).toBeLessThanOrEqual(width);
    }),
  );
});

test("eliding the middle keeps both ends", () => {
  expect(truncateMiddle("learning rate 0.25", 200, 12)).toBe("learning rate 0.25");
  expect(truncateMiddle("learning rate 0.25", 60, 12)).toBe("lear…0.25");
  expect(truncateMiddle("anything", 3, 12)).toBe("");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.double({ min: 0, max: 300, noNaN: true }), (text, width) => {
      expect(textWidth(truncateMiddle(text, width, 12), 12)).toBeLessThanOrEqual(width);
    }),
  );
});

test("wrapping breaks at spaces and elides the last line", () => {
  expect(wrap("one two three four", 60, 12, 3)).toEqual(["one two", "three four"]);
  expect(wrap("one two three four five six", 60, 12, 2)).toEqual(["one two", "three fou…"]);
  expect(wrap("", 60, 12, 2)).toEqual([]);
  fc.assert(
    fc.property(
      fc.lorem({ maxCount: 20 }),
      fc.integer({ min: 40, max: 400 }),
      fc.integer({ min: 1, max: 4 }),
      (text, width, most) => {
        const lines = wrap(text, width, 12, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
        if (!lines.some((line) => line.endsWith("…"))) expect(lines.join(" ")).toBe(text);
      },
    ),
  );
});

test("what a renderer would not show becomes a space or the replacement character", () => {
  expect(oneLine("  a\n\tb\u0000c \u2028 d ")).toBe("a b c d");
  expect(oneLine("x\ud800y\uffff")).toBe("x\ufffdy\ufffd");
});
