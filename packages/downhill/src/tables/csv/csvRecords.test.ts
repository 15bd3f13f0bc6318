import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRecords } from "./csvRecords.ts";

const all = (text: string, delimiter = ",") =>
  [...csvRecords(text, { delimiter })].map(({ line, cells, closed }) => [line, ...cells, closed]);

test("records carry the line they start on, through quotes, blank lines and either line end", () => {
  expect(all('a,b\r\n"x\ny",""\n\n"say ""hi""",2')).toEqual([
    [1, "a", "b", true],
    [2, "x\ny", "", true],
    [5, 'say "hi"', "2", true],
  ]);
});

test("a byte order mark is not text; a quote inside a cell is", () => {
  expect(all('\ufeffa;b"c\n', ";")).toEqual([[1, "a", 'b"c', true]]);
});

test("a quote that is never closed is recognised", () => {
  expect(all('a,b\n1,"x\n2,y\n')).toEqual([
    [1, "a", "b", true],
    [2, "1", "x\n2,y\n", false],
  ]);
});

test("quotes can be letters, and blank lines can be records", () => {
  const cells = (text: string, options: object) =>
    [...csvRecords(text, { delimiter: ",", ...options })].map((record) => [record.line, ...record.cells]);
  expect(cells('a,"b\n"1,2\n', { quotes: false })).toEqual([
    [1, "a", '"b'],
    [2, '"1', "2"],
  ]);
  expect(cells("a\n\r\n1\r\r2", { blanks: true })).toEqual([
    [1, "a"],
    [2, ""],
    [3, "1"],
    [4, ""],
    [5, "2"],
  ]);
  expect(cells('a\n""\n', {})).toEqual([
    [1, "a"],
    [2, ""],
  ]);
});

test("text after a closing quote is recognised", () => {
  const [record] = csvRecords('"a"b,"c"\n', { delimiter: "," });
  expect(record).toEqual({ line: 1, cells: ["ab", "c"], closed: true, clean: false, end: 9 });
});

test("records are the lists of cells that were written", () => {
  const cell = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "\r\n", "a", "ä", " ") });
  const line = fc.array(cell, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom("\n", "\r\n", "\r"), (lines, end) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const written = lines.map((cells) =>
        cells.map((each) => (/[",\r\n]/.test(each) ? quoted(each) : each)).join(","),
      );
      const read = [...csvRecords(written.join(end), { delimiter: "," })];
      expect(read.map(({ cells }) => cells)).toEqual(lines);
      expect(read.every(({ closed, clean }) => closed && clean)).toBe(true);
    }),
  );
});
