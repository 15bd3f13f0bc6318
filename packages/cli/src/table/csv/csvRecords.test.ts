import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { records, walkLines } from "./csvRecords.ts";

const all = (text: string, delimiter = ",") =>
  [...records(text, delimiter)].map(({ line, cells, closed }) => [line, ...cells, closed]);

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

test("walkLines finds the line of each record, and the line ends", () => {
  const folder = mkdtempSync(join(tmpdir(), "downhill-"));
  const path = join(folder, "t.csv");
  const cellText = fc.constantFrom("1", "", "a b", '"x"', '"a,b"', '"line\nend"', '"say ""hi"""', '""', "ä");
  const line = fc.array(cellText, { minLength: 2, maxLength: 3 }).map((cells) => cells.join());
  const lines = fc.array(fc.oneof({ weight: 4, arbitrary: line }, fc.constant("")), { minLength: 1, maxLength: 12 });
  try {
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\r\n", "\r"), fc.boolean(), (all, end, mark) => {
        const text = all.join(end) + end;
        writeFileSync(path, (mark ? "\ufeff" : "") + text);
        const expected = [...records(text, ",")].map((record) => record.line);
        const found = expected.map(
          (_, record) => walkLines(path, { delimiter: ",", skip: 0, record, blanks: false }).line,
        );
        expect(found).toEqual(expected);
        const { line, ends } = walkLines(path, { delimiter: ",", skip: 0, record: expected.length, blanks: false });
        expect(line).toBeUndefined();
        expect([...ends]).toEqual([end]);
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
