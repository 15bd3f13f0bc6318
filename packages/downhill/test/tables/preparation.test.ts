// Learns preparations on small tables whose features are written out by hand.
import { describe, expect, test } from "vitest";
import { type LearningOptions, learnPreparation } from "../../src/tables/preparation/learnPreparation.ts";
import { prepareRows } from "../../src/tables/preparation/prepareRows.ts";
import type { TypedColumn } from "../../src/tables/reading/typedTable.ts";
import { categories, dialect, numbers, typedTable } from "./typedTables.ts";

const target = numbers("y", [0, 1, 0, 1, 1]);
const options: LearningOptions = { target: "y", dialect };
const day = (text: string): number => Date.parse(`${text.includes("T") ? text : `${text}T00:00`}Z`);

function learn(columns: readonly TypedColumn[], others: Partial<LearningOptions> = {}) {
  const typed = typedTable([...columns, target]);
  const learned = learnPreparation(typed, { ...options, ...others });
  return { ...learned, typed, ...prepareRows(learned.preparation, typed, dialect) };
}

const names = (columns: readonly TypedColumn[], others: Partial<LearningOptions> = {}) =>
  learn(columns, others).preparation.features.map(({ name }) => name);

/** The values of a feature. */
function feature({ X }: ReturnType<typeof learn>, name: string): number[] {
  const j = X.names!.indexOf(name);
  expect(j).toBeGreaterThanOrEqual(0);
  return Array.from({ length: X.rows }, (_, i) => X.data[i * X.columns + j]! + 0); // −0 as 0
}

const codes = ({ notes }: ReturnType<typeof learn>): (string | null)[][] =>
  notes.map(({ code, column }) => [code, column]);

describe("missing numbers", () => {
  test("are replaced by the median, and an indicator shows them", () => {
    const learned = learn([numbers("age", [4, null, 1, 2, 9])]);
    expect(feature(learned, "age")).toEqual([4, 3, 1, 2, 9]);
    expect(feature(learned, "age is missing")).toEqual([0, 1, 0, 0, 0]);
    expect(learned.missing).toEqual([{ column: "age", count: 1 }]);
    expect(learned.preparation.means).toEqual([19 / 5, 0.2]);
    expect(learned.notes[0]).toMatchObject({ code: "encoding", column: "age", level: "information" });
    expect(learned.notes[0]!.text).toBe(
      '1 of 5 cells of "age" are missing: the median 3 replaces them, and the column "age is missing" is 1 there',
    );
  });

  test("follow the same rule later, where the training rows had none", () => {
    const { preparation } = learn([numbers("age", [4, 3, 1, 2, 9])]);
    const later = prepareRows(preparation, typedTable([numbers("age", [null, 5])]), dialect);
    expect([...later.X.data]).toEqual([3, 5]);
    expect(later.missing).toEqual([{ column: "age", count: 1 }]);
  });

  test.each([
    ["mean", 4, true],
    ["mostFrequent", 1, true],
    [{ constant: -1 }, -1, false],
  ] as const)("rule %j", (missing, value, hasIndicator) => {
    const column = numbers("age", [4, null, 1, 1, 10]);
    const learned = learn([column], { columns: { age: { missing } } });
    expect(feature(learned, "age")[1]).toBe(value);
    expect(learned.X.names!.includes("age is missing")).toBe(hasIndicator);
    expect(learn([column], { missing }).preparation).toEqual(learned.preparation);
  });

  test("are an error with the rule error, in training and later, with one sentence for each column", () => {
    const columns = [numbers("a", [4, null, 1, 1, 10]), numbers("b", [null, 4, null, 7, 1])];
    expect(() => learn(columns, { missing: "error" })).toThrow(
      'fit: column "a" must have no missing cells, but a cell is missing in row 1. Supply the values, or leave out the rows.\n' +
        'fit: column "b" must have no missing cells, but 2 cells are missing, the first in row 0. Supply the values, or leave out the rows.',
    );
    const { preparation } = learn([numbers("a", [4, 2, 1, 1, 10])], { missing: "leaveOut" });
    expect(() => prepareRows(preparation, typedTable([numbers("a", [1, null])]), dialect)).toThrow(/"a".*row 1/);
  });

  test("cannot have a rule of categories", () => {
    const columns = [numbers("a", [4, null, 1, 1, 10]), numbers("b", [null, 4, null, 7, 1])];
    expect(() =>
      learn(columns, { columns: { a: { missing: "category" }, b: { missing: { constant: "x" } } } }),
    ).toThrow(
      /"a", which holds numbers, cannot have the rule "category"; use median, mean.*: columns: \{ a: \{ missing: "median" \} \}\.\nfit: .*"b".*the constant "x"/,
    );
  });
});

test("booleans are 0 and 1; missing ones get the most frequent value and an indicator", () => {
  const learned = learn([numbers("member", [1, null, 0, 1, null], "boolean")]);
  expect(feature(learned, "member")).toEqual([1, 1, 0, 1, 1]);
  expect(feature(learned, "member is missing")).toEqual([0, 1, 0, 0, 1]);
});

test("an ordinal is its position; a constant is one of its categories", () => {
  const typed = typedTable([numbers("size", [0, 2, null, 1, 2], "ordinal"), target], {
    size: { order: ["S", "M", "L"] },
  });
  const { preparation } = learnPreparation(typed, { ...options, columns: { size: { missing: { constant: "M" } } } });
  expect([...prepareRows(preparation, typed, dialect).X.data]).toEqual([0, 2, 1, 1, 2]);
});

test.each([
  ["boolean", {}, "true", 1, "the constant true"],
  ["date", {}, "1970-01-02", 86_400_000, "the constant 1970-01-02"],
  ["date", { dates: "%d/%m/%Y" }, "02/01/1970", 86_400_000, "the constant 1970-01-02"],
  ["time", {}, "01:30", 1.5, "the constant 01:30:00"],
  ["ordinal", { order: ["0", "1"] }, 1, 1, 'the constant "1"'],
  ["number", {}, "1.50", 1.5, "the constant 1.5"],
] as const)("a constant of the kind %s (%j) is written as the cells: %j", (kind, rule, constant, value, shown) => {
  const typed = typedTable([numbers("x", [0, null, 0, 1, null], kind), target], { x: rule });
  const { preparation, notes } = learnPreparation(typed, { ...options, columns: { x: { missing: { constant } } } });
  expect(preparation.columns[0]!.encoding).toMatchObject({ fill: { value, indicator: false } });
  expect(notes[0]!.text).toBe(`2 of 5 cells of "x" are missing: ${shown} replaces them`);
  const wrong = { ...options, columns: { x: { missing: { constant: "zzz" } } } };
  expect(() => learnPreparation(typed, wrong)).toThrow(
    /"x", which holds .*, cannot have the constant "zzz"; it must be /,
  );
});

test.each([
  ["boolean", [1, null, 0, 1], "the most frequent value true"],
  ["date", [0, null, 0, 86_400_000], "the median 1970-01-01"],
  ["time", [0, null, 3_600_000, 5_400_000], "the median 01:00:00"],
  ["ordinal", [0, null, 1, 1], 'the median "M"'],
  ["ordinal", [0, null, 1, null], "the median 0.5"],
] as const)("the note has the value that replaces missing cells of the kind %s", (kind, values, shown) => {
  const typed = typedTable([numbers("x", values, kind), numbers("y", [0, 1, 0, 1])], { x: { order: ["S", "M"] } });
  const { notes } = learnPreparation(typed, options);
  expect(notes[0]!.text).toContain(`cells of "x" are missing: ${shown} replaces them, and`);
});

test("a time is hours since midnight", () => {
  const learned = learn([numbers("at", [3_600_000, null, 5_400_000, 7_200_000, 0], "time")]);
  expect(feature(learned, "at")).toEqual([1, 1.25, 1.5, 2, 0]);
});

describe("categories", () => {
  const city = categories("city", ["b", "a", null, "a", "b"]);

  test("have a feature each, ordered by code points, and one for missing cells", () => {
    const learned = learn([city]);
    expect(learned.X.names).toEqual(["city=a", "city=b", "city is missing"]);
    expect([...learned.X.data]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0]);
    expect(learned.preparation.means).toEqual([0.4, 0.4, 0.2]);
  });

  test("in one training row only are rare, and share a feature with categories that are seen later", () => {
    const { preparation, X } = learn([categories("city", ["b", "a", "c", "a", "d"])]);
    expect(X.names).toEqual(["city=a", "city is rare"]);
    const later = prepareRows(
      preparation,
      typedTable([categories("city", ["a", "d", "new", "other", "new", null])]),
      dialect,
    );
    expect([...later.X.data]).toEqual([1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0]);
    expect(later.unseen).toEqual([{ column: "city", count: 3, example: "new", row: 2 }]);
    expect(later.missing).toEqual([{ column: "city", count: 1 }]);
  });

  test("that are unseen are all zeros without rare categories, or an error", () => {
    const columns = [categories("city", ["b", "a", "a", "a", "b"])];
    const rows = typedTable([categories("city", ["a", "x", "x"])]);
    const result = prepareRows(learn(columns).preparation, rows, dialect);
    expect([...result.X.data]).toEqual([1, 0, 0, 0, 0, 0]);
    const { preparation } = learn(columns, { unseen: "error" });
    expect(() => prepareRows(preparation, rows, dialect)).toThrow(
      'fit: column "city" must hold only categories of the training rows, but it has "x" in row 1 and 1 more such cells.',
    );
  });

  test("beyond maxCategories are rare: the least frequent, the last by code points", () => {
    const columns = [categories("city", ["c", "b", "b", "c", "a", "a"]), numbers("z", [1, 2, 3, 4, 5, 7])];
    const typed = typedTable([...columns, numbers("y", [1, 2, 3, 1, 2, 3])]);
    const limit = { city: { maxCategories: 2 } };
    const { preparation } = learnPreparation(typed, { ...options, columns: limit });
    expect(preparation.columns[0]!.encoding).toMatchObject({ categories: ["a", "b"], rare: ["c"] });
  });

  test.each([
    ["mostFrequent", "a"],
    [{ constant: "b" }, "b"],
  ] as const)("rule %j", (missing, category) => {
    const learned = learn([categories("city", ["b", "a", null, "a", "b"])], { missing });
    expect(learned.X.names).toEqual(["city=a", "city=b"]);
    expect(feature(learned, `city=${category}`)[2]).toBe(1);
  });
});

describe("dates", () => {
  const dates = (...texts: (string | null)[]): TypedColumn =>
    numbers(
      "joined",
      texts.map((text) => (text === null ? null : day(text))),
      "date",
    );

  test("are days since the first date, and the parts that vary", () => {
    const learned = learn([dates("2020-02-28", "2020-03-01", "2020-02-29T12:00", "2021-03-01", "2020-02-28")]);
    expect(learned.X.names).toEqual(
      ["elapsed days", "year", "month", "day of month", "weekday", "hour"].map((part) => `joined ${part}`),
    );
    expect(feature(learned, "joined elapsed days")).toEqual([0, 2, 1.5, 367, 0]);
    expect(feature(learned, "joined day of month")).toEqual([28, 1, 29, 1, 28]);
    expect(feature(learned, "joined weekday")).toEqual([5, 7, 6, 1, 5]);
    expect(feature(learned, "joined hour")).toEqual([0, 0, 12, 0, 0]);
  });

  test("have only parts that vary; a missing date is the median date", () => {
    const learned = learn([dates("1969-12-31", "1969-12-29", null, "1969-12-30", "1969-12-30")]);
    expect(learned.X.names).toEqual([
      "joined elapsed days",
      "joined day of month",
      "joined weekday",
      "joined is missing",
    ]);
    expect(feature(learned, "joined elapsed days")).toEqual([2, 0, 1, 1, 1]);
    expect(feature(learned, "joined weekday")).toEqual([3, 1, 2, 2, 2]);
  });
});

describe("columns of no use are left out by name", () => {
  test("constant columns, columns without values, and equal columns", () => {
    const a = [1, 2, null, 4, 5];
    const learned = learn([
      numbers("a", a),
      numbers("b", a),
      numbers("constant", [7, 7, 7, 7, 7]),
      numbers("empty", [null, null, null, null, null]),
      categories("one", ["x", "x", "x", "x", "x"]),
      categories("port", ["S", "C", "S", null, "C"]),
      categories("town", ["Southampton", "Cherbourg", "Southampton", null, "Cherbourg"]),
      categories("single", ["1", "2", "3", "4", "5"]),
    ]);
    expect(learned.preparation.columns.map(({ name }) => name)).toEqual(["a", "port"]);
    expect(learned.leftOut.map(({ note }) => note.text)).toEqual([
      '"b" is left out, because it has the same values as "a"',
      '"constant" is left out, because all training rows have the same value',
      '"empty" is left out, because it has no values in the training rows',
      '"one" is left out, because all training rows have the same value',
      '"single" is left out, because none of its categories is in two training rows',
      '"town" is left out, because its categories divide the rows in the same way as those of "port"',
    ]);
    expect(codes(learned).slice(0, 2)).toEqual([
      ["duplicate", "b"],
      ["constant", "constant"],
    ]);
  });

  test("a warning reports that a kind has no effect if every category is in one row", () => {
    const columns = [numbers("a", [1, 2, 3, 4, 5]), categories("id", ["1", "2", "3", "4", "5"])];
    const notesWith = (kinds: LearningOptions["columns"]) =>
      learn(columns, { ...(kinds && { columns: kinds }) }).leftOut.map(({ note }) => note);
    expect(notesWith({ id: "category" })).toEqual([
      {
        code: "only-rare-categories",
        column: "id",
        text: '"id" is left out, because none of its categories is in two training rows, so its kind has no effect',
        level: "warning",
      },
    ]);
    expect(notesWith(undefined)[0]!.level).toBe("information");
  });

  test("a constant column with missing cells stays, because missing cells can matter", () => {
    expect(names([numbers("a", [7, null, 7, 7, 7]), categories("b", ["x", "x", null, "x", null])])).toEqual([
      "a",
      "a is missing",
      "b=x",
      "b is missing",
    ]);
  });

  test("it is an error if no column remains, with all reasons", () => {
    expect(() => learn([numbers("a", [7, 7, 7, 7, 7])])).toThrow(/there is none\. "a" is left out, because all/);
  });
});

test("features that would have the same name get distinct names", () => {
  const columns = [numbers("a=b", [1, 2, 3, 4, 5]), categories("a", ["b", "b", "c", "c", "b"])];
  expect(names(columns)).toEqual(["a=b", "a=c", "a=b′"]);
});

describe("expansion", () => {
  const a = numbers("a", [1, 2, 3, 4, 10]);
  const b = numbers("b", [0, 2, 1, 5, 2]);
  const flag = numbers("flag", [0, 1, 1, 0, 1]);

  test("quadratic: products of the differences from the means", () => {
    const learned = learn([a, b, flag, categories("c", ["x", "x", "y", "y", "y"])], { expand: "quadratic" });
    expect(learned.X.names!.slice(5)).toEqual(["a²", "b²", "a × b", "a × flag", "b × flag"]);
    expect(feature(learned, "a²")).toEqual([9, 4, 1, 0, 36]);
    expect(feature(learned, "a × b")).toEqual([6, 0, 1, 0, 0]);
    expect(learned.preparation.features.at(-1)!.columns).toEqual(["b", "flag"]);
    expect(learned.preparation.means[5]).toBe(10);
    expect(learned.notes.map(({ text }) => text)).toContain("5 squares and products of numbers are added as features");
  });

  test("quadratic: at most 2000 features, which is reported", () => {
    const many = Array.from({ length: 70 }, (_, k) => numbers(`c${k}`, [k, k * k, 3, -k, k % 7]));
    const learned = learn(many, { expand: "quadratic" });
    expect(learned.X.columns).toBe(2000);
    expect(learned.notes.find(({ code }) => code === "expansion")!.text).toMatch(
      /^1\d+ of \d+ squares and products are used/,
    );
  });

  test("splines: knots at quantiles, and none for a column with too few values", () => {
    const learned = learn([a, flag], { expand: "splines" });
    expect(learned.X.names).toEqual(["a", "flag", "a spline 1", "a spline 2", "a spline 3"]);
    expect(learned.preparation.expansion).toMatchObject({
      splines: [{ feature: 0, knots: [1.2, 2.1, 3, 3.9, 8.8].map((k) => expect.closeTo(k, 12)) }],
    });
    expect(learned.notes.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '"flag" has no spline, because fewer than three of its quantiles differ',
        "Splines add 3 features to 1 column of numbers, with knots at quantiles",
      ]),
    );
  });

  test("a product that overflows is an error that names the row", () => {
    const { preparation } = learn([a, b], { expand: "quadratic" });
    const rows = typedTable([numbers("a", [1, 1e200]), numbers("b", [1, 1])]);
    expect(() => prepareRows(preparation, rows, dialect)).toThrow(
      /products or splines of the numbers in row 1 must be finite/,
    );
  });
});

test("numbers that share one array in the right order are used without a copy", () => {
  const values = Float64Array.of(1, 2, 0, 3, 4, 1, 5, 7, 0);
  const column = (name: string, start: number): TypedColumn => ({ name, kind: "number", values, start, step: 3 });
  const typed = typedTable([column("a", 0), column("b", 1), column("c", 2), numbers("y", [1, 2, 3])]);
  const { preparation } = learnPreparation({ ...typed, rows: 3 }, options);
  expect(prepareRows(preparation, { ...typed, rows: 3 }, dialect).X.data).toBe(values);
  values[4] = Number.NaN;
  const copied = prepareRows(preparation, { ...typed, rows: 3 }, dialect);
  expect([...copied.X.data]).toEqual([1, 2, 0, 3, 4, 1, 5, 7, 0]);
  expect(copied.missing).toEqual([{ column: "b", count: 1 }]);
});

test("an infinite number is an error that names the cell", () => {
  const { preparation } = learn([numbers("a", [1, 2, 3, 4, 5])]);
  expect(() => prepareRows(preparation, typedTable([numbers("a", [1, Infinity])]), dialect)).toThrow(
    'column "a" must hold finite numbers, but it has Infinity in row 1',
  );
});
