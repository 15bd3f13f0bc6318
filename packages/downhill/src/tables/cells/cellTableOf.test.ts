import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CellColumn } from "./cellColumn.ts";
import { cellTableOf, type TableData } from "./cellTableOf.ts";

/** The type and the cells of a column; null is a missing cell. */
function plain(column: CellColumn, rows: number): unknown[] {
  if (column.type === "other") return [column.type, column.contents];
  const cells = Array.from({ length: rows }, (_, row) => {
    if (column.type === "text") return column.codes[row] === -1 ? null : column.texts[column.codes[row]!];
    const value = "values" in column ? column.values[column.start + row * column.step]! : column.milliseconds[row]!;
    return Number.isNaN(value) ? null : value;
  });
  return [column.type, ...cells];
}
const cellsOf = (data: TableData): Record<string, unknown[]> => {
  const { rows, columns } = cellTableOf("fit", data);
  return Object.fromEntries([...columns].map(([name, column]) => [name, plain(column, rows)]));
};

test("records become columns in the order in which their names appear; a missing member is a missing cell", () => {
  const records = [{ b: 1, a: "x" }, { c: true }, { a: "", b: Number.NaN, c: null }];
  expect(cellsOf(records)).toEqual({
    b: ["number", 1, null, null],
    a: ["text", "x", null, null],
    c: ["boolean", null, 1, null],
  });
  expect(Object.keys(cellsOf(records))).toEqual(["b", "a", "c"]);
});

test("each kind of value keeps what it is", () => {
  const day = new Date("2020-02-29T00:00:00Z");
  expect(
    cellsOf({
      date: [day, null],
      small: [2n, 3],
      large: [9007199254740993n, 1],
      mixed: [7, "007"],
      truth: [true, "maybe"],
      stamped: [day, "2020-03-01"],
      none: [undefined, ""],
      floats: Float32Array.of(0.5, Number.NaN),
      wide: BigInt64Array.of(1n, -(2n ** 62n)),
      infinite: [Infinity, 1],
    }),
  ).toEqual({
    date: ["instant", 1_582_934_400_000, null],
    small: ["number", 2, 3],
    large: ["text", "9007199254740993", "1"],
    mixed: ["text", "7", "007"],
    truth: ["text", "true", "maybe"],
    stamped: ["text", "2020-02-29T00:00:00.000Z", "2020-03-01"],
    none: ["text", null, null],
    floats: ["number", 0.5, null],
    wide: ["text", "1", "-4611686018427387904"],
    infinite: ["number", Infinity, 1],
  });
});

test("a Float64Array is used without a copy", () => {
  const values = Float64Array.of(1, 2);
  const column = cellTableOf("fit", { x: values }).columns.get("x");
  expect(column).toMatchObject({ type: "number" });
  expect((column as { values: Float64Array }).values).toBe(values);
});

test("records in records become columns; lists, bytes and other objects are named", () => {
  const self: Record<string, unknown> = { n: 1 };
  self["self"] = self;
  const table = cellsOf([
    {
      home: { city: "Bern", at: { x: 1 } },
      tags: ["a"],
      bytes: Uint8Array.of(1),
      "taken.a": 5,
      taken: { a: 1 },
      both: { a: 1 },
      map: new Map(),
      self,
    },
    {
      home: { city: "Oslo" },
      tags: null,
      bytes: null,
      "taken.a": 6,
      taken: { a: 2 },
      both: 3,
      map: new Map(),
      self: null,
    },
    { home: null, empty: {} },
  ]);
  const nested = Object.keys(table).filter((name) => name.startsWith("self"));
  expect(nested).toContain("self.n");
  expect(table[nested.at(-1)!]).toEqual(["other", "records"]);
  expect(Object.fromEntries(Object.entries(table).filter(([name]) => !name.startsWith("self")))).toEqual({
    "home.city": ["text", "Bern", "Oslo", null],
    "home.at.x": ["number", 1, null, null],
    tags: ["other", "lists"],
    bytes: ["other", "bytes"],
    "taken.a": ["number", 5, 6, null],
    taken: ["other", "records"],
    both: ["other", "records and other cells"],
    map: ["other", "other objects"],
    empty: ["other", "records"],
  });
});

test("names of methods and the empty name are names of columns", () => {
  const records = JSON.parse('[{"__proto__": 1, "": 2, "constructor": 3}, {"toString": 4}]') as object[];
  expect([...cellTableOf("fit", records).columns.keys()]).toEqual(["__proto__", "", "constructor", "toString"]);
  const table = cellTableOf("fit", [{ a: 1 }, {}]);
  expect(plain(table.columns.get("a")!, 2)).toEqual(["number", 1, null]);
});

describe("a value that is no table is an error with advice", () => {
  test.each<[unknown, RegExp]>([
    [[], /there must be at least one row, got none/],
    [[[1, 2]], /every row must be a record, got an array of 2 in row 0\. Give each cell a name/],
    [[{ a: 1 }, null], /got null in row 1\. Remove the row/],
    [{ age: 22, sex: "male" }, /column "age" must be a list of cells, got 22\..*wrap it in an array: \[record\]/],
    [{ sex: "male" }, /column "sex" must be a list of cells, got "male"/],
    [{ a: [1], b: [1, 2] }, /got 2 in column "b" and 1 in another column/],
    [{}, /at least one column/],
    [[{}], /at least one column/],
    ["a,b", /must be a list of records or an object of columns, got "a,b"/],
    [null, /got null/],
    [Promise.resolve([]), /got a promise\. Await it/],
    [Float64Array.of(1), /got a Float64Array/],
    [[{ at: new Date("x") }], /column "at" must hold valid Dates, got an invalid Date in row 0/],
    [{ a: { type: "number", values: Float64Array.of(1, 2), start: 0, step: 1 }, b: [1] }, /got 1 in column "b" and 2/],
  ])("%j", (data, message) => {
    expect(() => cellTableOf("fit", data as TableData)).toThrow(message);
  });
});

const cell = fc.oneof(
  fc.double(),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
);

test("records and columns of the same cells are the same table, in any order of members", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), fc.boolean(), (rows, other) => {
      const names = ["b", "a", "c"];
      const columns = Object.fromEntries(names.map((name, j) => [name, rows.map((row) => row[j])]));
      const records = rows.map((row) =>
        Object.fromEntries((other ? [2, 0, 1] : [0, 1, 2]).map((j) => [names[j]!, row[j]])),
      );
      expect(cellsOf(records)).toEqual(cellsOf(columns));
    }),
  );
});
