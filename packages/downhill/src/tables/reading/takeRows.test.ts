import fc from "fast-check";
import { expect, test } from "vitest";
import { libraryDialect } from "../libraryDialect.ts";
import { readTable } from "./readTable.ts";
import { divideRows, takeRows } from "./takeRows.ts";
import { targetOf } from "./targetOf.ts";
import type { NumberValues, TypedTable } from "./typedTable.ts";

/** A table of n rows with two columns in one row-major array, a column of its own, and categories. */
function tableOf(n: number): TypedTable {
  const values = Float64Array.from({ length: 3 * n }, (_, i) => i);
  const shared = { type: "number", step: 3 } as const;
  return readTable(
    {
      rows: n,
      columns: new Map([
        ["a", { ...shared, values, start: 0 }],
        ["c", { ...shared, values: values.subarray(), start: 2 }],
        ["own", { type: "number", values: Float64Array.from({ length: n }, (_, i) => -i), start: 0, step: 1 }],
        [
          "text",
          { type: "text", codes: Int32Array.from({ length: n }, (_, i) => i % 2), texts: ["x", "y"].slice(0, n) },
        ],
      ]),
    },
    {},
  );
}
const cells = ({ rows, columns }: TypedTable): unknown[] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map((column) =>
      "codes" in column ? column.texts[column.codes[row]!] : column.values[column.start + row * column.step],
    ),
  );

test("takeRows copies rows; columns that share an array share one in the copy", () => {
  const table = tableOf(5);
  const all = cells(table);
  const taken = takeRows(table, Uint32Array.of(4, 0, 0));
  expect(cells(taken)).toEqual([all[4], all[0], all[0]]);
  const [a, c] = taken.columns as NumberValues[];
  expect(a!.values).toBe(c!.values);
  a!.values.fill(0);
  expect(cells(table)).toEqual(all);
});

test("divideRows gives each part its rows, in the memory of the table", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      fc.infiniteStream(fc.nat()),
      (n, cut, keys) => {
        const table = tableOf(n);
        const memory = (table.columns[0] as NumberValues).values.buffer;
        const all = cells(table);
        const order = Uint32Array.from(
          [...Array(n).keys()]
            .map((row) => [keys.next().value as number, row] as const)
            .sort((x, y) => x[0] - y[0] || x[1] - y[1]),
          ([, row]) => row,
        );
        const parts = [order.subarray(0, Math.min(cut, n)), order.subarray(Math.min(cut, n))];
        const divided = divideRows(table, parts);
        expect(divided.map(cells)).toEqual(parts.map((part) => [...part].map((row) => all[row])));
        for (const { columns } of divided) expect((columns[1] as NumberValues).values.buffer).toBe(memory);
      },
    ),
  );
});

test("targets are numbers, booleans or text, and a missing target is an error", () => {
  const dialect = libraryDialect("fit");
  const table = readTable({ n: [1, 2.5, null], b: [true, false, null], t: ["x", "x", null] }, { dialect, target: "t" });
  const known = takeRows(table, Uint32Array.of(0, 1));
  expect(targetOf(known, "n", dialect)).toEqual(Float64Array.of(1, 2.5));
  expect(targetOf(known, "b", dialect)).toEqual([true, false]);
  expect(targetOf(known, "t", dialect)).toEqual(["x", "x"]);
  expect(() => targetOf(table, "b", dialect)).toThrow(
    'fit: the target "b" is missing at row 2. Remove the row or supply its target.',
  );
});
