import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvRecords } from "downhill";
import fc from "fast-check";
import { expect, test } from "vitest";
import { walkLines } from "./walkLines.ts";

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
        const expected = [...csvRecords(text, { delimiter: "," })].map((record) => record.line);
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
