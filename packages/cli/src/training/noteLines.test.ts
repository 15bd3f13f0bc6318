import { expect, test } from "vitest";
import { noteLines } from "./noteLines.ts";

const note = (code: string, column: string) =>
  ({ code, column, text: `${column}: ${code}`, level: "information" }) as const;

test("notes that say the same about many columns are one line at the place of the first", () => {
  const spaces = ["a", "b", "c", "d"].map((name) => note("spaces", name));
  expect(noteLines([note("codes", "x"), ...spaces, note("identifier", "y")])).toEqual([
    "x: codes",
    "a: spaces; the same applies to b, c, d",
    "y: identifier",
  ]);
});

test("three of a kind, and notes with numbers of their own, keep their lines", () => {
  const three = ["a", "b", "c"].map((name) => note("spaces", name));
  const encodings = ["p", "q", "r", "s"].map((name) => note("encoding", name));
  expect(noteLines([...three, ...encodings])).toHaveLength(7);
});
