import type { Zone } from "downhill";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { MarkedRate } from "./marks.ts";
import { rulerText } from "./rulerText.ts";

const zones: readonly Zone[] = [
  { name: "crawls", from: 0, to: 0.002 },
  { name: "steady", from: 0.002, to: 0.06 },
  { name: "fast", from: 0.06, to: 0.2 },
  { name: "zigzag", from: 0.2, to: 0.4 },
  { name: "diverges", from: 0.4, to: Infinity },
];
const marks: readonly MarkedRate[] = [
  { kind: "run", name: "this run", at: 0.05 },
  { kind: "best", name: "best", at: 0.2 },
  { kind: "limit", name: "limit", at: 0.4 },
];

test("a ruler shows the decades, the zones and the marked rates at their places", () => {
  expect(rulerText(zones, marks, { columns: 61, utf8: true })).toEqual([
    "         0.001         0.01          0.1           1",
    "░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▚▚▚▚██████████████",
    "                                 ▲       ◆    ┃",
    "▲ this run 0.05   ◆ best 0.2   ┃ limit 0.4   ░ crawls",
    "▒ steady   ▓ fast   ▚ zigzag   █ diverges",
  ]);
});

test("without UTF-8 every letter is ASCII, and the zones still differ", () => {
  const lines = rulerText(zones, marks, { columns: 61, utf8: false });
  expect(lines.join("")).toMatch(/^[\x20-\x7e]*$/);
  expect(new Set(lines[1])).toEqual(new Set([...".-=/X"]));
});

test("at any width and for any zones no line is longer than the terminal or 20 letters, and the marks keep their order", () => {
  const rate = fc.double({ min: 1e-12, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), rate, rate, rate, (columns, a, b, c) => {
      const [low = 0, middle = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
      const own: Zone[] = [
        { name: "steady", from: 0, to: low },
        { name: "fast", from: low, to: high },
        { name: "diverges", from: high, to: Infinity },
      ];
      const marked = [{ kind: "run", name: "this run", at: middle } as const];
      const lines = rulerText(own, marked, { columns, utf8: true });
      const names = lines.slice(3).flatMap((line) => line.split("   "));
      const longest = Math.max(...names.map((each) => each.length));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(20, longest, columns - 1));
      expect(lines[2]!.trim()).toBe("▲");
    }),
  );
});
