import { expect, test } from "vitest";
import { noteLines } from "./noteLines.ts";

const note = (code: string, column: string) =>
  ({ code, column, text: `${column}: ${code}`, level: "information" }) as const;

test("notes that say the same about many columns are one line at the place of the first", () => {
  const spaces = ["a", "b", "c", "d"].map((name) => note("spaces", name));
  expect(noteLines([note("codes", "x"), ...spaces, note("identifier", "y")]).information).toEqual([
    "x: codes",
    "a: spaces; the same applies to b, c, d",
    "y: identifier",
  ]);
});

test("three of a kind, and notes with numbers of their own, keep their lines", () => {
  const three = ["a", "b", "c"].map((name) => note("spaces", name));
  const encodings = ["p", "q", "r", "s"].map((name) => note("encoding", name));
  expect(noteLines([...three, ...encodings]).information).toHaveLength(7);
});

test("warnings are separate from the other notes", () => {
  const warning = { ...note("possible-leak", "z"), level: "warning" } as const;
  expect(noteLines([note("codes", "x"), warning])).toEqual({
    warnings: ["z: possible-leak"],
    information: ["x: codes"],
  });
});
