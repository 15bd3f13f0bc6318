// The contract of the preparation, on tables that fast-check makes.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LearningOptions, learnPreparation } from "../../src/tables/preparation/learnPreparation.ts";
import { prepareRows } from "../../src/tables/preparation/prepareRows.ts";
import { decodePreparation } from "../../src/tables/preparation/savedPreparation.ts";
import type { TypedRows } from "../../src/tables/reading/typedParts.ts";
import type { TypedColumn, TypedTable } from "../../src/tables/reading/typedTable.ts";
import { cases } from "../cases.ts";
import { categories, dialect, inParts, numbers, rowsOf, typedTable } from "./typedTables.ts";

const missing = <T>(cell: fc.Arbitrary<T>) => fc.option(cell, { freq: 5 });
const anyNumber = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
);

/** A table of `rows` rows with columns of all kinds, in any order, and a target. */
const tables = fc.tuple(fc.integer({ min: 3, max: 30 }), fc.integer({ min: 1, max: 6 })).chain(([rows, count]) => {
  const cells = <T>(cell: fc.Arbitrary<T>) => fc.array(missing(cell), { minLength: rows, maxLength: rows });
  const column = (k: number): fc.Arbitrary<TypedColumn> => {
    const name = `${"café=b"[k % 6]}${k}`;
    return fc.oneof(
      cells(anyNumber).map((values) => numbers(name, values)),
      cells(fc.constantFrom(0, 1)).map((values) => numbers(name, values, "boolean")),
      cells(fc.integer({ min: 0, max: 86_399_999 })).map((values) => numbers(name, values, "time")),
      cells(fc.integer({ min: -1e13, max: 1e13 })).map((values) => numbers(name, values, "date")),
      cells(fc.constantFrom("a", "b", "", "é", "😀", "ￃ", "__proto__")).map((values) => categories(name, values)),
    );
  };
  const target = cells(fc.constantFrom("no", "yes")).map((values) => categories("target", values));
  return fc.tuple(...Array.from({ length: count }, (_, k) => column(k)), target).map((columns) => typedTable(columns));
});

const optionSets: readonly Partial<LearningOptions>[] = [
  {},
  { expand: "quadratic" },
  { expand: "splines" },
  { missing: "mean" },
  { missing: "mostFrequent" },
];
const options = fc.constantFrom(...optionSets).map((each): LearningOptions => ({ target: "target", dialect, ...each }));

/** The preparation, or undefined for a table without a column of use or with products that overflow. */
function learned(typed: TypedTable, own: LearningOptions) {
  try {
    const { preparation, notes } = learnPreparation(typed, own);
    return { preparation, notes, ...prepareRows(preparation, typed, dialect) };
  } catch (error) {
    expect((error as Error).message).toMatch(/^fit: (there must be a column|the products or splines)/);
    return undefined;
  }
}

const bits = (data: ArrayLike<number>): string =>
  JSON.stringify([...new BigUint64Array(Float64Array.from(data).buffer)].map(String));

/** The result of a function, or the message of its error. */
function resultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as Error).message;
  }
}

test("a table in parts has the preparation and the notes of the table in memory, to the bit", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  const classes = fc.constantFrom(true, undefined);
  fc.assert(
    fc.property(tables, options, sizes, classes, (typed, own, parts, isClasses) => {
      const all = { ...own, ...(isClasses && { classes: isClasses }) };
      const inMemory = resultOf(() => learnedFrom(typed));
      expect(resultOf(() => learnedFrom(inParts(typed, parts)))).toStrictEqual(inMemory);

      function learnedFrom(table: TypedRows): unknown {
        const result = learnPreparation(table, all);
        prepareRows(result.preparation, typed, dialect); // products that overflow have no means
        return result;
      }
    }),
    { numRuns: cases(120, 300) },
  );
});

describe("for any table", () => {
  const check = (property: (typed: TypedTable, own: LearningOptions) => void, numRuns = cases(60, 150)): void =>
    fc.assert(fc.property(tables, options, property), { numRuns });

  test("all features, means and fills are finite, and the features have distinct names", () => {
    check((typed, own) => {
      const result = learned(typed, own);
      if (result === undefined) return;
      expect(result.X.data.every(Number.isFinite)).toBe(true);
      expect(result.preparation.means).toHaveLength(result.X.columns);
      expect(result.preparation.means.every(Number.isFinite)).toBe(true);
      expect(new Set(result.X.names).size).toBe(result.X.columns);
    });
  });

  test("the mean of a column is finite if the difference of its mean and its fill is not", () => {
    const values = [-1.7e308, null, null, 1.1e308, 1.3e308];
    const typed = typedTable([numbers("n", values), categories("target", ["no", "yes", "no", "yes", "no"])]);
    const { preparation } = learnPreparation(typed, { target: "target", dialect, missing: "mostFrequent" });
    expect(preparation.columns[0]!.encoding).toMatchObject({ fill: { value: -1.7e308 } });
    expect(preparation.means[0]! / 1e308).toBeCloseTo((3 * -1.7 + 1.1 + 1.3) / 5, 12);
  });

  test("the features of a row do not depend on the other rows", () => {
    check((typed, own) => {
      const result = learned(typed, own);
      if (result === undefined) return;
      const { X, preparation } = result;
      const some = Array.from({ length: typed.rows }, (_, i) => (i * 7 + 3) % typed.rows).slice(0, 4);
      const part = prepareRows(preparation, rowsOf(typed, some), dialect).X;
      const expected = some.flatMap((row) => [...X.data.subarray(row * X.columns, (row + 1) * X.columns)]);
      expect(bits(part.data)).toBe(bits(expected));
    });
  });

  test("the order of the columns changes nothing", () => {
    check((typed, own) => {
      const result = learned(typed, own);
      const other = learned({ ...typed, columns: typed.columns.toReversed() }, own);
      expect(other?.preparation).toEqual(result?.preparation);
      expect(other?.notes).toEqual(result?.notes);
      expect(bits(other?.X.data ?? [])).toBe(bits(result?.X.data ?? []));
    });
  });

  test("a preparation that was saved and decoded gives the same bits", () => {
    check((typed, own) => {
      const result = learned(typed, own);
      if (result === undefined) return;
      const text = JSON.stringify(result.preparation);
      const decoded = decodePreparation(JSON.parse(text));
      expect(JSON.stringify(decoded)).toBe(text);
      expect(bits(prepareRows(decoded, typed, dialect).X.data)).toBe(bits(result.X.data));
    });
  });
});
