import { expect, test } from "vitest";
import { readingProgress } from "./readingProgress.ts";

function shown(kind: "bar" | "lines" | "none", rows: number): string {
  let text = "";
  const stderr = {
    line: (line: unknown) => (text += `${line}\n`),
    raw: (raw: string) => (text += raw),
  };
  const progress = readingProgress(kind, { stderr: stderr as never });
  for (let i = 0; i <= rows; i += 2048) progress.read(i);
  for (let pass = 0; pass < 2; pass++) {
    progress.begin();
    for (let i = 0; i <= rows; i += 65_536) progress.pass(i, rows);
  }
  progress.end();
  return text;
}

test("lines come every 5 million rows; a smaller table has none", () => {
  expect(shown("lines", 4_900_000)).toBe("");
  expect(shown("lines", 10_500_000).split("\n")).toEqual([
    "reading: 5,001,216 rows",
    "reading: 10,000,384 rows",
    "preparing, pass 1: 5,046,272 of 10,500,000 rows",
    "preparing, pass 1: 10,027,008 of 10,500,000 rows",
    "preparing, pass 2: 5,046,272 of 10,500,000 rows",
    "preparing, pass 2: 10,027,008 of 10,500,000 rows",
    "",
  ]);
});

test("on a terminal one line is drawn again and again, and is cleared at the end", () => {
  const drawn = shown("bar", 600_000).split("\r\x1b[2K");
  expect(drawn).toEqual([
    "",
    "reading: 262,144 rows",
    "reading: 524,288 rows",
    "preparing, pass 1: 262,144 of 600,000 rows",
    "preparing, pass 1: 524,288 of 600,000 rows",
    "preparing, pass 2: 262,144 of 600,000 rows",
    "preparing, pass 2: 524,288 of 600,000 rows",
    "",
  ]);
  expect(shown("bar", 100_000)).toBe("");
  expect(shown("none", 10_000_000)).toBe("");
});
