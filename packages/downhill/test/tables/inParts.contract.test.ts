// A table in parts is read as the table in memory.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CellTable } from "../../src/tables/cells/cellColumn.ts";
import { cellTableOf } from "../../src/tables/cells/cellTableOf.ts";
import type { ReadOptions } from "../../src/tables/reading/columnOptions.ts";
import { readTable } from "../../src/tables/reading/readTable.ts";
import { readTableInParts } from "../../src/tables/reading/readTableInParts.ts";
import type { TypedColumn, TypedTable } from "../../src/tables/reading/typedTable.ts";
import { cases } from "../cases.ts";
import { cellsInParts, dialect } from "./typedTables.ts";

/** A table with values as lists, so that two can be compared. */
function plain({ rows, columns, rules, leftOut, notes }: TypedTable) {
  const values = (column: TypedColumn): unknown[] =>
    Array.from({ length: rows }, (_, row) =>
      "codes" in column ? column.texts[column.codes[row]!] : column.values[column.start + row * column.step],
    );
  const all = columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    texts: "codes" in column ? column.texts : null,
    values: values(column),
  }));
  return { rows, columns: all, rules: [...rules], leftOut, notes };
}

function wholeOf(table: CellTable, sizes: readonly number[], options: ReadOptions) {
  const parts = readTableInParts(cellsInParts(table, sizes), options);
  const names = parts.columns.map(({ name }) => name);
  const all = [...parts.parts(names)].map(plain);
  const columns = parts.columns.map((head, c) => ({
    name: head.name,
    kind: head.kind,
    texts: head.kind === "category" ? head.texts : null,
    values: all.flatMap((part) => part.columns[c]!.values),
  }));
  return { rows: parts.rows, columns, rules: [...parts.rules], leftOut: parts.leftOut, notes: parts.notes };
}

function resultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as Error).message;
  }
}

const texts = [
  "a",
  " a",
  "A",
  "1",
  "2.5",
  "1,5",
  "007",
  "NA",
  "?",
  "",
  " ",
  "2020-01-31",
  "31/01/2020",
  "09:30",
  "yes",
  "no",
];
const columnsOfCells = [
  fc.constantFrom<unknown>(...texts, null),
  fc.constantFrom<unknown>("1", "2.5", "1,234.5", "NA", "3", null),
  fc.constantFrom<unknown>("1.234,5", "2,5", "-", "7"),
  fc.constantFrom<unknown>(1, 2.5, Number.NaN, Infinity, null, -999),
  fc.constantFrom<unknown>(true, false, null),
  fc.constantFrom<unknown>("2020-01-31", "2021-02-01T10:00", "n/a", null),
  fc.constantFrom<unknown>(new Date(0), new Date(1e12), null),
  fc.string({ maxLength: 3 }),
];
const options = fc.record(
  {
    na: fc.constantFrom(["-999"], ["unknown", "7"]),
    columns: fc.constantFrom({ c0: "category" as const }, { c0: "number" as const }, { c1: { order: ["1", "3"] } }),
    target: fc.constantFrom("c0", "c1"),
  },
  { requiredKeys: [] },
);

test("any table is read in parts as in memory: values, kinds, notes and errors", () => {
  const tables = fc.integer({ min: 1, max: 40 }).chain((rows) =>
    fc.array(
      fc
        .integer({ min: 0, max: columnsOfCells.length - 1 })
        .chain((k) => fc.array(columnsOfCells[k]!, { minLength: rows, maxLength: rows })),
      { minLength: 2, maxLength: 5 },
    ),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(tables, sizes, options, (columns, parts, own) => {
      const data = Object.fromEntries(columns.map((cells, c) => [`c${c}`, cells]));
      const table = resultOf(() => cellTableOf("fit", data as never)) as CellTable | string;
      fc.pre(
        typeof table === "object" &&
          ![...table.columns].some(([name, { type }]) => {
            const asText = own.columns !== undefined && name in own.columns;
            return asText && type !== "text"; // the command reads such columns as texts
          }),
      );
      const all = { ...own, dialect } as ReadOptions;
      expect(resultOf(() => wholeOf(table as CellTable, parts, all))).toStrictEqual(
        resultOf(() => plain(readTable(table as CellTable, all))),
      );
    }),
    { numRuns: cases(250, 600) },
  );
});

const titanic = new URL("../../../../datasets/", import.meta.url);

test("the tables of the repository are read in parts as in memory", () => {
  for (const file of ["iris.csv", "wine.csv", "breast_cancer.csv"]) {
    const [header, ...lines] = readFileSync(new URL(file, titanic), "utf8").trim().split(/\r?\n/);
    const names = header!.split(",");
    const data = Object.fromEntries(names.map((name, c) => [name, lines.map((line) => line.split(",")[c]!)]));
    const table = cellTableOf("fit", data);
    expect(wholeOf(table, [7, 50], { dialect })).toStrictEqual(plain(readTable(table, { dialect })));
  }
});
