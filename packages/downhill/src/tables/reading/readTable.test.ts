import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import type { ReadOptions } from "./columnOptions.ts";
import type { ReadRule } from "./readRule.ts";
import { readTable } from "./readTable.ts";
import { readWith } from "./readWith.ts";
import type { TypedColumn, TypedTable } from "./typedTable.ts";

const dialect = libraryDialect("fit");
const read = (data: TableData, options: ReadOptions = {}): TypedTable => readTable(data, { ...options, dialect });

const repeat = <T>(cells: readonly T[], times: number): T[] => Array.from({ length: times }, () => cells).flat();

/** The kind and the values of a column; null is a missing cell. */
const plain = (column: TypedColumn | undefined, rows: number): unknown[] => {
  if (column === undefined) return [];
  const values = Array.from({ length: rows }, (_, row) => {
    if ("codes" in column) return column.texts[column.codes[row]!] ?? null;
    const value = column.values[column.start + row * column.step]!;
    return Number.isNaN(value) ? null : value;
  });
  return [column.kind, ...values];
};
const column = (typed: TypedTable, name = "x") =>
  plain(
    typed.columns.find((each) => each.name === name),
    typed.rows,
  );
const notes = ({ notes, leftOut }: TypedTable) =>
  [...notes, ...leftOut.map(({ note }) => note)].map(({ text }) => text).join("\n");

const day = (text: string) => Date.parse(`${text}Z`);

describe("the kind of a column of text", () => {
  test.each<[string, string[], unknown[], RegExp]>([
    ["plain numbers", ["1.5", "-2", "1e3", ""], ["number", 1.5, -2, 1000, null], /^$/],
    ["thousands", ["1,234.50", "7"], ["number", 1234.5, 7], /^"x" is read as numbers: "1,234.50" is 1234.5$/],
    ["decimal commas", ["1.234,50", "7"], ["number", 1234.5, 7], /"1.234,50" is 1234.5/],
    ["money", ["$3.00", "$1,200.50"], ["number", 3, 1200.5], /"\$3.00" is 3/],
    ["percent", ["12 %", "5%"], ["number", 12, 5], /"12 %" is 12/],
    [
      "marks of missing cells",
      ["1", "NA", "2", "n/a", "?", "-", ".", "null", "None"],
      ["number", 1, null, 2, null, null, null, null, null, null],
      /the text "NA", "n\/a", "\?", "-", "\.", "null" or "None" in "x" is a missing cell/,
    ],
    ["true and false", ["true", "FALSE", "NA"], ["boolean", 1, 0, null], /in "x" is a missing cell/],
    ["yes and no", ["Yes", "no", ""], ["boolean", 1, 0, null], /"Yes" is true/],
    ["t and f", ["T", "F"], ["boolean", 1, 0], /"T" is true/],
    ["words and digits", ["true", "1", "0"], ["boolean", 1, 1, 0], /"1" is true/],
    ["0 and 1", ["0", "1", "1"], ["number", 0, 1, 1], /^$/],
    ["only yes", ["yes", "yes"], ["category", "yes", "yes"], /^$/],
    ["only the letter f", ["f", "f"], ["category", "f", "f"], /^$/],
    [
      "dates",
      ["2020-01-31", "1969-12-31", "-"],
      ["date", day("2020-01-31T00:00"), -86_400_000, null],
      /is a missing cell/,
    ],
    ["times of day", ["09:30", "17:05:10"], ["time", 34_200_000, 61_510_000], /^$/],
    [
      "times with a zone",
      ["2020-01-31T09:30:00+02:00", "2020-01-31 07:30Z"],
      ["date", day("2020-01-31T07:30"), day("2020-01-31T07:30")],
      /^$/,
    ],
    [
      "times with and without a zone",
      ["2020-01-31T09:30", "2020-01-31T09:30+02:00"],
      ["date", day("2020-01-31T09:30"), day("2020-01-31T07:30")],
      /have no zone, such as "2020-01-31T09:30"; they are read as UTC/,
    ],
    ["marks among categories", ["a", "none", "?", " "], ["category", "a", "none", "?", null], /^$/],
    [
      "spaces around labels",
      [" a", "a", "b "],
      ["category", "a", "a", "b"],
      /the spaces around the text of "x" are removed, such as those of " a"/,
    ],
    [
      "case",
      ["Oslo", "oslo", "Bern"],
      ["category", "Oslo", "oslo", "Bern"],
      /categories of "x" differ only by case or spaces: "Oslo" and "oslo"/,
    ],
    [
      "codes with zeros",
      ["007", "7"],
      ["category", "007", "7"],
      /codes with leading zeros, such as 007 \(columns: \{ x: "number" \} reads it as numbers\)/,
    ],
    [
      "large integers",
      ["9007199254740993", "12"],
      ["category", "9007199254740993", "12"],
      /integers beyond 2\^53, such as 9007199254740993/,
    ],
    [
      "other dates",
      ["31/01/2020", "01/02/2020"],
      ["category", "31/01/2020", "01/02/2020"],
      /"x" may contain dates or times, such as "31\/01\/2020" \(columns: \{ x: \{ format: "%d\/%m\/%Y" \} \} reads them\)/,
    ],
    [
      "dates in two formats",
      ["31/01/2020", "01/02/2020", "2020-03-01", "4 words"],
      ["category", "31/01/2020", "01/02/2020", "2020-03-01", "4 words"],
      /^"x" may contain dates or times, such as "31\/01\/2020" and "2020-03-01"; use one format$/,
    ],
    [
      "the day first and the month first",
      repeat(["13/02/2020", "02/13/2020"], 2),
      ["category", ...repeat(["13/02/2020", "02/13/2020"], 2)],
      /^"x" may contain dates or times, such as "13\/02\/2020" and "02\/13\/2020"/,
    ],
    ["a date and other text", ["31/01/2020", "2 words"], ["category", "31/01/2020", "2 words"], /^$/],
    [
      "most dates of ISO 8601 and other text",
      repeat(["2020-01-01", "2020-01-02", "2020-01-03", "in 2b"], 3),
      ["category", ...repeat(["2020-01-01", "2020-01-02", "2020-01-03", "in 2b"], 3)],
      /contains dates and other text, such as "in 2b" \(na: \["in 2b"\] reads/,
    ],
    [
      "numbers and other text",
      repeat(["1", "2", "3", "2b"], 3),
      ["category", ...repeat(["1", "2", "3", "2b"], 3)],
      /contains numbers and other text, such as "2b" \(na: \["2b"\] reads/,
    ],
  ])("%s", (_, cells, values, note) => {
    const typed = read({ x: cells });
    expect(column(typed)).toEqual(values);
    expect(notes(typed)).toMatch(note);
  });

  test("in a file with semicolons the comma of 1,234 is a decimal comma, and both readings are noted", () => {
    const table = (semicolons: boolean) => ({
      rows: 2,
      semicolons,
      columns: new Map([["x", { type: "text", codes: Int32Array.of(0, 1), texts: ["1,234", "5,678"] } as const]]),
    });
    expect(column(read(table(true)))).toEqual(["number", 1.234, 5.678]);
    expect(notes(read(table(true)))).toMatch(/every comma could also separate thousands$/);
    expect(column(read(table(false)))).toEqual(["number", 1234, 5678]);
    expect(notes(read(table(false)))).toMatch(/every comma could also be a decimal comma$/);
  });

  test("text that is different in more than half of the cells is left out, with advice if a text occurs twice", () => {
    const names = Array.from({ length: 30 }, (_, i) => `name ${i}x`);
    const typed = read({ x: names, y: repeat([1], 30) });
    expect(typed.columns.map(({ name }) => name)).toEqual(["y"]);
    expect(notes(typed)).toBe(
      '"x" is left out, because 30 of its 30 cells have text that no other row has, such as "name 0x"',
    );
    expect(notes(read({ x: ["twice", "twice", ...names] }))).toMatch(
      /such as "name 0x" \(columns: \{ x: "category" \} uses it\)$/,
    );
    expect(column(read({ x: names }, { columns: { x: "category" } }))).toEqual(["category", ...names]);
    expect(read({ x: names.slice(0, 10) }).columns).toHaveLength(1);
    expect(read({ x: [...names.slice(0, 15), ...repeat(["a"], 15)] }).columns).toHaveLength(1);
    expect(read({ x: names }, { target: "x" }).columns).toHaveLength(1);
    expect(read({ x: names }, { group: "x" }).columns).toHaveLength(1);
  });
});

test("numbers, booleans and Dates keep their kinds, and lists and empty columns are left out", () => {
  const typed = read([
    { n: 1, b: true, d: new Date("2020-01-01"), list: [1], none: null },
    { n: null, b: null, d: null, list: null, none: "" },
  ]);
  expect(typed.columns.map(({ name }) => column(typed, name))).toEqual([
    ["number", 1, null],
    ["boolean", 1, null],
    ["date", day("2020-01-01T00:00"), null],
  ]);
  expect(notes(typed)).toBe(
    '"list" is left out, because it contains lists\n"none" is left out, because all its cells are missing',
  );
});

test("numbers are used without a copy, also from a shared row-major array", () => {
  const values = Float64Array.of(1, 2, 3, 4);
  const shared = { type: "number", values, step: 2 } as const;
  const typed = read({
    rows: 2,
    columns: new Map([
      ["a", { ...shared, start: 0 }],
      ["b", { ...shared, start: 1 }],
    ]),
  });
  for (const each of typed.columns) expect((each as { values: Float64Array }).values.buffer).toBe(values.buffer);
  expect(column(typed, "b")).toEqual(["number", 2, 4]);
});

describe("options", () => {
  test.each<[string, unknown[], ReadOptions["columns"], unknown[]]>([
    ["numbers as categories", [7, 7.5, -1], { x: "category" }, ["category", "7", "7.5", "-1"]],
    ["booleans as categories", [true, false], { x: "category" }, ["category", "true", "false"]],
    ["codes as numbers", ["007", "7"], { x: "number" }, ["number", 7, 7]],
    ["0 and 1 as booleans", [0, 1, null], { x: "boolean" }, ["boolean", 0, 1, null]],
    ["0 and 1 of text as booleans", ["0", "1"], { x: "boolean" }, ["boolean", 0, 1]],
    ["dates of a format", ["31/01/2020", "?"], { x: { format: "%d/%m/%Y" } }, ["date", day("2020-01-31T00:00"), null]],
    ["times of a format", ["1:30 PM", ""], { x: { format: "%I:%M %p" } }, ["time", 48_600_000, null]],
    [
      "numbers as dates",
      [20200131, null],
      { x: { kind: "date", format: "%Y%m%d" } },
      ["date", day("2020-01-31T00:00"), null],
    ],
    ["seconds as dates", [86_400], { x: { kind: "date", format: "%s" } }, ["date", 86_400_000]],
    ["an order", ["M", "S", "", "L"], { x: { order: ["S", "M", "L"] } }, ["ordinal", 1, 0, null, 2]],
    ["an order of numbers", [3, 1], { x: { kind: "ordinal", order: ["1", "2", "3"] } }, ["ordinal", 2, 0]],
    ["dates as categories", [new Date("2020-01-31"), null], { x: "category" }, ["category", "2020-01-31", null]],
  ])("%s", (_, cells, columns, values) => {
    expect(column(read({ x: cells }, columns === undefined ? {} : { columns }))).toEqual(values);
  });

  test("na adds texts and numbers that are missing cells", () => {
    expect(column(read({ x: ["a", "unknown", " UNKNOWN"] }, { na: ["Unknown"] }))).toEqual([
      "category",
      "a",
      null,
      null,
    ]);
    expect(column(read({ x: [1, -999, 2] }, { na: ["-999"] }))).toEqual(["number", 1, null, 2]);
    expect(column(read({ x: ["$1", "x", "$-999"] }, { na: ["-999", "x"] }))).toEqual(["number", 1, null, null]);
    expect(column(read({ x: [1, Infinity, 2] }, { na: ["Infinity"] }))).toEqual(["number", 1, null, 2]);
    expect(column(read({ x: ["1", "-inf", "2"] }, { na: ["-inf"] }))).toEqual(["number", 1, null, 2]);
  });

  test("the target's words are names of classes, but true and false are booleans", () => {
    expect(column(read({ x: ["yes", "no"] }, { target: "x" }))).toEqual(["category", "yes", "no"]);
    expect(column(read({ x: ["True", "False"] }, { target: "x" }))).toEqual(["boolean", 1, 0]);
    expect(column(read({ x: ["none", "a", "NA"] }, { target: "x" }))).toEqual(["category", "none", "a", "NA"]);
  });

  test("ignored columns are not read", () => {
    const typed = read({ x: [1], bad: [Infinity] }, { ignore: ["bad"] });
    expect(typed.columns.map(({ name }) => name)).toEqual(["x"]);
  });

  test.each<[ReadOptions, RegExp]>([
    [{ target: "z" }, /^fit: target names the column "z", but the table has only "x", "y"\. Use one of these names\.$/],
    [{ ignore: ["z"] }, /ignore names the column "z"/],
    [{ columns: { z: "number" } }, /columns names the column "z"/],
    [{ target: "x", ignore: ["x"] }, /column "x" is the target, and ignore has it too/],
    [{ target: "x", group: "x" }, /column "x" cannot be the group and the target/],
    [
      { columns: { x: "text" as never } },
      /must be one of number, boolean, category, ordinal, date, time, words, got "text"/,
    ],
    [{ columns: { x: 3 as never } }, /must be a kind or an object, got 3/],
    [{ columns: { x: { fromat: "%Y" } as never } }, /the option of "x": option "fromat" is unknown/],
    [{ columns: { x: { format: "%q" } } }, /the format "%q" of column "x" is wrong: the code %q is unknown/],
    [{ columns: { x: { kind: "time", format: "%Y" } } }, /has a date, but its kind is time\. Use the kind date/],
    [{ columns: { x: { kind: "number", format: "%Y" } } }, /has a format, which only dates and times have/],
    [{ columns: { x: "ordinal" } }, /is ordinal and needs the order/],
    [{ columns: { x: { order: ["a", "a"] } } }, /must be at least two distinct texts/],
    [{ ignore: "x" as never }, /ignore and na must be lists of texts/],
    [
      { target: "x", columns: { x: { missing: "mean" } } },
      /column "x" is the target, which cannot have a rule for missing cells\. Remove the rule/,
    ],
    [{ columns: { x: "number" }, ignore: ["x"] }, /column "x" has options, and ignore has it too/],
  ])("%j is an error", (options, message) => {
    expect(() => read({ x: ["a"], y: [1] }, options)).toThrow(message);
  });
});

describe("cells that do not fit", () => {
  const many = Array.from({ length: 60 }, (_, i) => `${i}`);

  test("the error names the cell, and each advice works", () => {
    const data = { x: [...many, "n.a.", ...repeat(["7"], 70), "n.a."], y: repeat([1], 132) };
    expect(() => read(data)).toThrow(
      'fit: column "x" must contain numbers, but 2 cells are not numbers; the first is "n.a." at row 60. Correct the cells, ' +
        'read them as missing with na: ["n.a."], read the column as categories with columns: { x: "category" } or leave the column out with ignore: ["x"].',
    );
    expect(column(read(data, { na: ["n.a."] }))[61]).toBeNull();
    expect(column(read(data, { columns: { x: "category" } }))[0]).toBe("category");
    expect(column(read(data, { ignore: ["x"] }), "y")[0]).toBe("number");
  });

  test("a wrong date among dates is named", () => {
    const dates = Array.from({ length: 28 }, (_, i) => `2020-02-${String(i + 1).padStart(2, "0")}`);
    expect(() => read({ x: [...dates, "2020-02-30"] })).toThrow(
      'column "x" must contain dates, but 1 cell is not a date such as 2020-01-31: "2020-02-30" at row 28. Correct the cell, read it as missing',
    );
  });

  test("infinite numbers are errors, as numbers and as text, and the advice works", () => {
    for (const [data, shown] of [
      [{ x: [1, Infinity] }, "Infinity"],
      [{ x: [1, -Infinity] }, "-Infinity"],
      [{ x: ["1", "inf"] }, "inf"],
      [{ x: ["1", "1e400"] }, "1e400"],
    ] as const) {
      expect(() => read(data)).toThrow(
        `1 cell is not finite: ${shown} at row 1. Correct the cell, read it as missing with na: ["${shown}"]`,
      );
      expect(column(read(data, { na: [shown] }))).toEqual(["number", 1, null]);
    }
  });

  test("all problems are in one error, a line for each", () => {
    expect(() => read({ x: [Infinity], y: ["a"], z: [2] }, { columns: { y: "number", z: "boolean" } })).toThrow(
      /^fit: column "x" .*\nfit: column "y" must contain numbers, but 1 cell is not a number: "a" at row 0.*\nfit: column "z" must contain true and false, but 1 cell is not true or false: "2" at row 0.*$/,
    );
  });

  test.each<[unknown[], ReadOptions, RegExp]>([
    [
      [1, 2],
      { columns: { x: "date" } },
      /must contain dates, but it contains numbers\. Set the format of the numbers, such as columns: \{ x: \{ format: "%Y%m%d" \} \}/,
    ],
    [[true, false], { columns: { x: "number" } }, /it contains true and false\. Choose another kind/],
    [
      ["S", "XL"],
      { columns: { x: { order: ["S", "M"] } } },
      /must contain the categories "S" and "M", but 1 cell is not one of these: "XL" at row 1/,
    ],
    [["2020-01-01"], { target: "x" }, /^$/],
    [
      [new Date(0)],
      { target: "x" },
      /the target "x" must hold numbers, booleans or text, but it is read as date\. Read it as classes with columns: \{ x: "category" \}/,
    ],
    [[null, ""], { target: "x" }, /column "x" is the target, but all its cells are missing\. Choose another column/],
    [["a"], { weight: "x" }, /must contain numbers, but 1 cell is not a number: "a"/],
  ])("%j with %j", (cells, options, message) => {
    const attempt = () => read({ x: cells }, options);
    if (message.source === "^$") expect(attempt).not.toThrow();
    else expect(attempt).toThrow(message);
  });
});

describe("other rows are read by the saved rules", () => {
  const rulesOf = (typed: TypedTable) => new Map(JSON.parse(JSON.stringify([...typed.rules])) as [string, ReadRule][]);
  const later = libraryDialect("predict");

  test.each<[unknown[], unknown[], unknown[]]>([
    [
      ["true", "false"],
      [true, 1, 0, "yes", "No", "TRUE", "1", null],
      ["boolean", 1, 1, 0, 1, 0, 1, 1, null],
    ],
    [
      ["1.234,50", "7"],
      ["1.000,5", "NA", ""],
      ["number", 1000.5, null, null],
    ],
    [
      ["$3.00", "$4"],
      [5, 6.5],
      ["number", 5, 6.5],
    ],
    [
      ["a", "7", "b"],
      [7, 7.0, "7", true, null],
      ["category", "7", "7", "7", "true", null],
    ],
    [
      [1, 2],
      ["3", " 4 ", "-"],
      ["number", 3, 4, null],
    ],
    [["2020-01-01"], [new Date("2020-01-02"), null], ["date", day("2020-01-02T00:00"), null]],
    [
      [new Date("2020-01-02")],
      ["2020-01-02", "2020-01-02T00:00Z"],
      ["date", day("2020-01-02T00:00"), day("2020-01-02T00:00")],
    ],
    [
      [1, 2],
      [null, undefined],
      ["number", null, null],
    ],
  ])("%j reads %j", (cells, rows, values) => {
    const typed = readWith({ x: rows }, rulesOf(read({ x: cells })), later);
    expect(column(typed)).toEqual(values);
  });

  test.each<[unknown[], unknown[], RegExp]>([
    [
      ["$3.00", "$4"],
      ["5"],
      /^predict: column "x" must contain numbers, as in the training rows, but 1 cell is not a number in the same format: "5" at row 0\. Correct the cell\.$/,
    ],
    [[1, 2], ["a", 3], /1 cell is not a number: "a" at row 0/],
    [[1, 2], [true], /it contains true and false\. Pass such cells/],
    [[1, 2], [Infinity], /1 cell is not finite: Infinity at row 0/],
    [
      ["true", "false"],
      [2],
      /must contain true and false, as in the training rows, but 1 cell is not true or false: "2"/,
    ],
    [[1, 2], [[1]], /it contains lists/],
    [["2020-01-01"], [5], /must contain dates, as in the training rows, but it contains numbers/],
  ])("%j rejects %j", (cells, rows, message) => {
    expect(() => readWith({ x: rows }, rulesOf(read({ x: cells })), later)).toThrow(message);
  });

  test("a column that is not there is an error", () => {
    expect(() => readWith([{ y: 1 }], rulesOf(read({ x: [1], z: [2] })), later)).toThrow(
      'predict: the model needs the columns "x", "z", but the rows have only "y". Add these columns; a cell may be missing.',
    );
  });
});

const text = fc.oneof(
  fc.constantFrom(
    "1",
    "2.5",
    "1,5",
    "$3",
    "007",
    "true",
    "no",
    "yes",
    "NA",
    "?",
    "",
    " a",
    "a",
    "2020-01-31",
    "09:30",
    "inf",
    "1e400",
    "é",
  ),
  fc.string({ maxLength: 4 }),
);
const anyCell = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null));

test("no non-finite number passes, and rows that were read are read again with the same values", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ a: text, b: fc.double(), c: anyCell }), { minLength: 1, maxLength: 30 }),
      (rows) => {
        let typed: TypedTable;
        try {
          typed = read(rows);
        } catch (error) {
          expect((error as Error).message).toMatch(/^fit: column "[abc]" must contain/);
          return;
        }
        for (const each of typed.columns) {
          for (const value of column(typed, each.name).slice(1))
            expect(typeof value === "number" && !Number.isFinite(value)).toBe(false);
        }
        const rules = new Map(JSON.parse(JSON.stringify([...typed.rules])) as [string, ReadRule][]);
        const again = readWith(
          rows.map(({ a, b, c }) => ({ c, b, a })),
          rules,
          dialect,
        );
        for (const { name } of typed.columns) expect(column(again, name)).toEqual(column(typed, name));
        const [first] = rows;
        const alone = readWith([first!], rules, dialect);
        for (const { name } of typed.columns) expect(column(alone, name)[1]).toEqual(column(typed, name)[1]);
      },
    ),
    { numRuns: 300 },
  );
});
