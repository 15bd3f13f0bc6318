import fc from "fast-check";
import { expect, test } from "vitest";
import { keepUnits, oneLine, textWidth, truncate, truncateMiddle, wrap } from "./measure.ts";

test("widths are those of Helvetica", () => {
  expect(textWidth("Loss", 1000)).toBe(556 + 556 + 500 + 500);
  expect(textWidth("Loss", 1000, "bold")).toBe(611 + 611 + 556 + 556);
  expect(textWidth("0123456789", 12)).toBeCloseTo(66.72, 10);
  expect(textWidth("é", 1000)).toBe(556);
  expect(textWidth("漢", 1000)).toBeGreaterThanOrEqual(1000);
});

test("truncate keeps as much of the beginning as fits", () => {
  expect(truncate("short", 100, 12)).toBe("short");
  expect(truncate("a rather long name", 60, 12)).toBe("a rather l…");
  expect(truncate("anything", 3, 12)).toBe("");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.double({ min: 0, max: 300, noNaN: true }), (text, width) => {
      expect(textWidth(truncate(text, width, 12), 12)).toBeLessThanOrEqual(width);
    }),
  );
});

test("truncateMiddle keeps both ends", () => {
  expect(truncateMiddle("learning rate 0.25", 200, 12)).toBe("learning rate 0.25");
  expect(truncateMiddle("learning rate 0.25", 60, 12)).toBe("lear…0.25");
  expect(truncateMiddle("anything", 3, 12)).toBe("");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.double({ min: 0, max: 300, noNaN: true }), (text, width) => {
      expect(textWidth(truncateMiddle(text, width, 12), 12)).toBeLessThanOrEqual(width);
    }),
  );
});

test("wrap breaks at spaces and truncates the last line", () => {
  const lines = (width: number, most: number) => ({ width, size: 12, weight: "regular", lines: most }) as const;
  expect(wrap("one two three four", lines(60, 3))).toEqual(["one two", "three four"]);
  expect(wrap("one two three four five six", lines(60, 2))).toEqual(["one two", "three fou…"]);
  expect(wrap("", lines(60, 2))).toEqual([]);
  fc.assert(
    fc.property(
      fc.lorem({ maxCount: 20 }),
      fc.integer({ min: 40, max: 400 }),
      fc.integer({ min: 1, max: 4 }),
      (text, width, most) => {
        const broken = wrap(text, lines(width, most));
        expect(broken.length).toBeLessThanOrEqual(most);
        for (const line of broken) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
        if (!broken.some((line) => line.endsWith("…"))) expect(broken.join(" ")).toBe(text);
      },
    ),
  );
});

test("a number and its unit stay on one line", () => {
  const text = "an accuracy of 98.0 % of all rows after 12 ms or 3 items";
  for (let width = 60; width < 300; width++) {
    const lines = wrap(text, { width, size: 12, weight: "regular", lines: 20 });
    expect(lines.join(" ").replaceAll("\u00a0", " ")).toBe(text);
    for (const line of lines) expect(line).not.toMatch(/^(%|ms)|(98.0|12)$/);
  }
  expect(keepUnits("1 % 2 min 3 minutes 4 × 5 m")).toBe("1\u00a0% 2\u00a0min 3 minutes 4\u00a0× 5 m");
});

test("characters that a browser would not show become a space or the replacement character", () => {
  expect(oneLine("  a\n\tb\u0000c \u2028 d ")).toBe("a b c d");
  expect(oneLine("x\ud800y\uffff")).toBe("x\ufffdy\ufffd");
});
