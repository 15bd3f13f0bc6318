import { describe, expect, test } from "vitest";
import { matrixOf, type Table } from "./table.ts";

const data = Float64Array.of(1, 2, 3, 4, 5, 6);
const abc = { count: 3, names: ["a", "b", "c"] };

describe("matrixOf", () => {
  test("a matrix is used without a copy", () => {
    const X = { data, rows: 2, columns: 3 };
    expect(matrixOf("fit", X)).toBe(X);
    expect(matrixOf("predict", X, abc)).toBe(X);
  });

  test("rows, typed rows and records make the same matrix", () => {
    const forms: Table[] = [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)],
      [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)],
      [
        { a: 1, b: 2, c: 3 },
        { c: 6, b: 5, a: 4 },
      ],
    ];
    for (const form of forms) expect([...matrixOf("fit", form).data]).toEqual([...data]);
    expect(matrixOf("fit", forms[3]!).names).toEqual(["a", "b", "c"]);
    expect(matrixOf("fit", forms[0]!).names).toBeUndefined();
  });

  test("columns of a fitted model are found by name, in its order, without other columns", () => {
    const turned = { data: Float64Array.of(9, 3, 1, 2, 9, 6, 4, 5), rows: 2, columns: 4, names: ["z", "c", "a", "b"] };
    const found = matrixOf("predict", turned, abc);
    expect([...found.data]).toEqual([...data]);
    expect(found).toMatchObject({ rows: 2, columns: 3, names: ["a", "b", "c"] });
    const records = [{ z: 0, c: 3, b: 2, a: 1 }];
    expect([...matrixOf("predict", records, abc).data]).toEqual([1, 2, 3]);
  });

  test("throws for other columns", () => {
    expect(() => matrixOf("predict", [[1, 2]], abc)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: predict: X must have the 3 columns of the fit, got 2. Pass the same columns.]`,
    );
    expect(() =>
      matrixOf("predict", { data, rows: 2, columns: 3, names: ["a", "b", "x"] }, abc),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: predict: X must have the column "c" of the fit, got only a, b, x. Add this column.]`,
    );
    expect(() => matrixOf("predict", [{ a: 1, b: 2 }], abc)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: predict: column "c" must be a number in every record, got undefined in record 0. Supply a number.]`,
    );
  });

  test("throws for records with different columns and for entries that are not finite numbers", () => {
    expect(() => matrixOf("fit", [{ a: 1 }, { a: 2, b: 1 }] as never)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: every record must have the columns of record 0, got also "b" in record 1. Pass the same columns in all records.]`,
    );
    expect(() =>
      matrixOf("fit", [
        { a: 1, b: 0 },
        { a: 1, b: Number.NaN },
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: X must hold finite numbers, got NaN in row 1, column 1. Remove the row or supply the value.]`,
    );
    expect(() => matrixOf("fit", { data, rows: 3, columns: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: X must have rows · columns numbers, at least one, got 6 for 3 · 3. Make X with matrix or matrixFromRows.]`,
    );
    expect(() => matrixOf("fit", { data: new Float64Array(0), rows: 0, columns: 3 })).toThrow(/^fit: X must have rows/);
    for (const nothing of [null, 5, "x", undefined]) {
      expect(() => matrixOf("fit", nothing as unknown as Table)).toThrow(
        /^fit: X must be a list of rows or a Matrix, got /,
      );
    }
  });
});
