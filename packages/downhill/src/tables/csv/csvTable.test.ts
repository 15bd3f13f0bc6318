import { expect, test } from "vitest";
import { csvTable } from "./csvTable.ts";

const lists = (text: string, options: object = {}) => {
  const { columns, rows, lines, notes } = csvTable(text, { name: "t.csv", ...options });
  const cells = [...columns].map(([name, column]) => {
    if (column.type !== "text") throw new Error("no text");
    return [name, Array.from(column.codes, (code) => column.texts[code] ?? null)];
  });
  return { rows, lines: [...lines], notes, ...Object.fromEntries(cells) };
};

test("cells are texts, empty cells are missing, and every row has its line", () => {
  expect(lists('sep=;\n\na;b\n"1\n2";x\n\n;x\n3;""\n')).toEqual({
    rows: 3,
    lines: [4, 7, 8],
    notes: [],
    a: ["1\n2", null, "3"],
    b: ["x", "x", null],
  });
  expect(lists("a\n1\n\n2\n")).toMatchObject({ rows: 3, lines: [2, 3, 4], a: ["1", null, "2"] });
  expect(csvTable("a;b\n1;2\n").semicolons).toBe(true);
  expect(csvTable("a;b\n1;2\n", { decimal: "." }).semicolons).toBe(false);
  expect(csvTable("a,b\n1,2\n", { decimal: "," }).semicolons).toBe(true);
});

test("more rows than the first memory of a column", () => {
  const { rows, columns } = csvTable(`a,b\n${Array.from({ length: 5000 }, (_, i) => `${i},x`).join("\n")}\n`);
  expect([rows, columns.get("a")]).toEqual([
    5000,
    expect.objectContaining({ codes: Int32Array.from({ length: 5000 }, (_, i) => i) }),
  ]);
});

const ragged = "a,b\n1,2,3\n1,2\n4\n";

test("lines with another number of cells are an error, filled, or left out", () => {
  expect(() => lists(ragged)).toThrow("t.csv:2 has 3 cells instead of 2; see also line 4. Correct these lines, or set");
  expect(lists(ragged, { ragged: "pad" })).toMatchObject({
    rows: 3,
    a: ["1", "1", "4"],
    b: ["2", "2", null],
    notes: [
      "2 lines of t.csv (2, 4) have another number of cells than there are columns; they are filled with missing cells, or cut at the last column",
    ],
  });
  expect(lists(ragged, { ragged: "leaveOut" })).toMatchObject({ rows: 1, lines: [3], a: ["1"], b: ["2"] });
  expect(() => lists("a,b\n1,2,3\n4,5,6\n", { ragged: "leaveOut" })).toThrow(
    "t.csv has a header but no rows. Add rows.",
  );
});

test("quotes that do not close are an error, or letters", () => {
  const text = 'a,b\n1,5\n2,"x\n3,y\n';
  expect(() => lists(text)).toThrow("csvTable: t.csv:3 opens a quote that never closes. Close it");
  expect(lists(text, { quotes: false })).toMatchObject({ b: ["5", '"x', "y"] });
  expect(() => lists('a,b\n1,"x"y\n')).toThrow("t.csv:2 has text after a closing quote.");
});

test("the progress is the share of the text that is read", () => {
  const shares: number[] = [];
  csvTable(`a,b\n${"1,2\n".repeat(50_000)}`, { progress: (share) => shares.push(share) });
  expect(shares.map((share) => share.toFixed(2))).toEqual(["0.20", "0.40", "0.60", "0.80", "1.00"]);
});

test("options of the wrong kind are errors", () => {
  expect(() => csvTable("a,b\n1,2\n", { ragged: "cut" as "pad" })).toThrow(
    "ragged must be one of error, pad, leaveOut",
  );
  expect(() => csvTable("a,b\n1,2\n", { separator: ";" } as object)).toThrow("separator");
});
