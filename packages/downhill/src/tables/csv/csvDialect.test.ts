import fc from "fast-check";
import { expect, test } from "vitest";
import { csvDialect } from "./csvDialect.ts";

test("the delimiter is found, also if cells contain other delimiters", () => {
  const letters = fc.constantFrom(..."ab,;|\t 1");
  const words = fc.array(letters, { minLength: 1, maxLength: 6 }).map((all) => all.join(""));
  const shape = fc.record({ columns: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(
      shape,
      fc.constantFrom(",", ";", "\t", "|"),
      fc.infiniteStream(words),
      ({ columns, rows }, delimiter, stream) => {
        // Every cell with a delimiter of any kind is quoted, as programs write it.
        const cell = () => {
          const text = `x${stream.next().value!}`;
          return /[,;|\t]/.test(text) ? `"${text}"` : text;
        };
        const names = Array.from({ length: columns }, (_, i) => `n${i}${delimiter === "," ? ";" : ","}`);
        const lines = Array.from({ length: rows }, () => Array.from({ length: columns }, cell).join(delimiter));
        const text = `${names.map((name) => `"${name}"`).join(delimiter)}\n${lines.join("\n")}\n`;
        expect(csvDialect(text)).toMatchObject({ skip: 0, delimiter, names });
      },
    ),
  );
});

test.each([
  ["1,2\n3,4\n", { header: false }, { header: false, names: ["c1", "c2"], skip: 0 }],
  ["a,1.5\nb,2\n", { header: true }, { names: ["a", "1.5"] }],
  ["# x,y\n1,2\n3,4\n", {}, { names: ["# x", "y"], skip: 0, notes: [] }],
  ["sep=|\na,b|c\n1|2\n", {}, { delimiter: "|", names: ["a,b", "c"], skip: 1 }],
  ["a b\n1 2\n", { name: "t.tab" }, { delimiter: "\t", names: ["a b"] }],
])("the dialect of %j with %j", (text, options, expected) => {
  expect(csvDialect(text, { name: "t.csv", ...options })).toMatchObject(expected);
});

test.each([
  ["", "empty", 'csvDialect: "t.csv" has no rows. Pass a header and rows.'],
  ["1,2\n3,4\n", "numbers", 'but it contains "1, 2". Add a line with names, or set header to false.'],
  ["a,1.5\nb,2\n", "row", 'looks like a row, because it contains "a, 1.5". Set header to false'],
  ["Prices\n\na,b,c\n1,2,3\n4,5,6\n", "title", "has 1 cell, and all lines from line 3 have 3. Remove the lines before"],
])("%j has no header: %s", (text, fault, message) => {
  expect(() => csvDialect(text, { name: "t.csv" })).toThrow(expect.objectContaining({ fault }));
  expect(() => csvDialect(text, { name: "t.csv" })).toThrow(message);
});
