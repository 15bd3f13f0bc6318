import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectTable } from "./inspectTable.ts";

const repeat = <T>(cells: readonly T[], times: number): T[] => Array.from({ length: times }, () => cells).flat();

const columnOf = (data: Parameters<typeof inspectTable>[0], options?: Parameters<typeof inspectTable>[1], name = "x") =>
  inspectTable(data, options).columns.find((each) => each.name === name)!;

test("numbers: their range, and a histogram with an interval for each of a few integers", () => {
  expect(columnOf({ x: [1, 2, 2, 5, null] })).toEqual({
    name: "x",
    role: "feature",
    kind: "number",
    used: true,
    missing: 1,
    distinct: 3,
    numbers: {
      smallest: 1,
      mean: 2.5,
      median: 2,
      largest: 5,
      deviation: 1.5,
      histogram: { edges: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5], counts: [1, 2, 0, 0, 1] },
    },
    frequent: null,
    notes: [],
  });
});

test("categories and booleans: the most frequent values first", () => {
  expect(columnOf({ x: ["b", "a", "c", "a", ""] })).toMatchObject({
    kind: "category",
    missing: 1,
    distinct: 3,
    frequent: [
      { value: "a", count: 2 },
      { value: "b", count: 1 },
      { value: "c", count: 1 },
    ],
  });
  expect(columnOf({ x: [false, true, false] }).frequent).toEqual([
    { value: "false", count: 2 },
    { value: "true", count: 1 },
  ]);
  const ordinal = columnOf({ x: ["S", "L", "L"] }, { columns: { x: { order: ["S", "M", "L"] } } });
  expect(ordinal.frequent).toEqual([
    { value: "L", count: 2 },
    { value: "S", count: 1 },
  ]);
});

test("dates and times are numbers of milliseconds", () => {
  expect(columnOf({ x: ["1970-01-01", "1970-01-03"] })).toMatchObject({
    kind: "date",
    numbers: { smallest: 0, mean: 86_400_000, largest: 2 * 86_400_000 },
  });
  expect(columnOf({ x: ["00:00", "01:00"] })).toMatchObject({ kind: "time", numbers: { largest: 3_600_000 } });
});

test("columns that are left out, and cells that do not fit, have facts and a note", () => {
  const names = Array.from({ length: 20 }, (_, i) => `name ${i}x`);
  const ages = [...Array(19).keys(), "abc"].map(String);
  const { columns } = inspectTable({
    names,
    lists: names.map((name) => [name]),
    empty: names.map(() => null),
    ages,
    same: repeat([1], 20),
  });
  const [free, lists, empty, age, same] = columns;
  expect(free).toMatchObject({ kind: "category", used: false, distinct: 20, notes: [{ code: "free-text" }] });
  expect(lists).toMatchObject({
    kind: null,
    used: false,
    missing: null,
    distinct: null,
    notes: [{ code: "other-cells" }],
  });
  expect(empty).toMatchObject({ kind: null, used: false, missing: 20, distinct: 0, notes: [{ code: "all-missing" }] });
  expect(age).toMatchObject({ kind: "number", used: false, distinct: 20, numbers: null });
  expect(age!.notes[0]).toMatchObject({ code: "wrong-cells", level: "warning" });
  expect(age!.notes[0]!.text).toContain('1 cell is not a number: "abc" at row 19. Correct the cell');
  expect(same).toMatchObject({ kind: "number", used: false, notes: [{ code: "constant" }] });
});

test("the warnings of a fit are about single columns, and about the target if there is one", () => {
  const y = repeat(["yes", "no"], 60);
  const data = {
    y,
    copy: y.map((label) => (label === "yes" ? "a" : "b")),
    id: y.map((_, i) => i + 1),
    wild: y.map((_, i) => (i === 7 ? 1e6 : i % 5)),
  };
  const codes = (options?: Parameters<typeof inspectTable>[1]) =>
    Object.fromEntries(
      inspectTable(data, options).columns.map(({ name, notes }) => [name, notes.map(({ code }) => code)]),
    );
  expect(codes({ target: "y" })["copy"]).toEqual(["possible-leak"]);
  expect(codes({ target: "y" })["wild"]).toEqual(["outliers"]);
  expect(codes({ target: "y" })["id"]).toEqual(["identifier"]);
  expect(codes({ ignore: ["y"] })).toEqual({ copy: [], id: ["identifier"], wild: ["outliers"] });
  expect(inspectTable(data, { target: "y", group: "copy" }).columns.map(({ role }) => role)).toEqual([
    "target",
    "group",
    "feature",
    "feature",
  ]);
  expect(() => inspectTable(data, { target: "z" })).toThrow('inspectTable: target names the column "z"');
  expect(() => inspectTable(data, { missing: "mean" } as never)).toThrow(/option "missing" is unknown/);
});

test("every number is in one interval of the histogram, and the intervals cover the range", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (numbers) => {
      const { numbers: facts, distinct } = columnOf({ x: numbers });
      const { edges, counts } = facts!.histogram;
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(numbers.length);
      expect(edges.length).toBe(counts.length + 1);
      expect(edges[0]! <= facts!.smallest && edges.at(-1)! >= facts!.largest).toBe(true);
      expect(distinct).toBe(new Set(numbers).size);
      counts.forEach((count, bin) => {
        const last = bin === counts.length - 1;
        const inside = numbers.filter(
          (x) => x >= edges[bin]! && (x < edges[bin + 1]! || (last && x <= edges[bin + 1]!)),
        );
        if (edges[bin]! < edges[bin + 1]!) expect(count).toBe(inside.length);
      });
    }),
  );
});

test("of equal columns the first by name is used, as in a fit", () => {
  const { columns } = inspectTable({ z: [1, 2, 4], a: [1, 2, 4] });
  expect(columns.map(({ name, used }) => [name, used])).toEqual([
    ["z", false],
    ["a", true],
  ]);
});
