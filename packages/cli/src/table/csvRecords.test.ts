import { expect, test } from "vitest";
import { records } from "./csvRecords.ts";

const all = (text: string, delimiter = ",") =>
  [...records(text, delimiter)].map(({ line, cells, closed }) => [line, ...cells, closed]);

test("records carry the line they start on, through quotes, blank lines and either line end", () => {
  expect(all('a,b\r\n"x\ny",""\n\n"say ""hi""",2')).toEqual([
    [1, "a", "b", true],
    [2, "x\ny", "", true],
    [5, 'say "hi"', "2", true],
  ]);
});

test("a byte order mark is no text, a quote inside a cell is", () => {
  expect(all('\ufeffa;b"c\n', ";")).toEqual([[1, "a", 'b"c', true]]);
});

test("a quote that never ends is told from one that does", () => {
  expect(all('a,b\n1,"x\n2,y\n')).toEqual([
    [1, "a", "b", true],
    [2, "1", "x\n2,y\n", false],
  ]);
});
