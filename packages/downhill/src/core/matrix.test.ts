import { expect, test } from "vitest";
import { matrix, matrixFromRows, takeRows } from "./matrix.ts";

test("matrix keeps a Float64Array and copies anything else", () => {
  const data = Float64Array.of(1, 2, 3, 4, 5, 6);
  const kept = matrix(data, 2, 3);
  expect(kept.data).toBe(data);
  expect([kept.rows, kept.columns]).toEqual([2, 3]);
  expect(matrix([1, 2, 3, 4], 2, 2)).toEqual({ data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 });
});

test("matrix keeps a Float32Array too, and takeRows its element type", () => {
  const data = Float32Array.of(0.1, 2, 3, 4);
  const kept = matrix(data, 2, 2);
  expect(kept.data).toBe(data);
  expect(takeRows(kept, [1, 0]).data).toEqual(Float32Array.of(3, 4, 0.1, 2));
  expect(() => matrix(Float32Array.of(1, 1e39), 1, 2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrix: data must hold finite numbers, got Infinity in row 0, column 1. Remove the row or supply the value.]`,
  );
});

test("matrix throws for wrong sizes and for numbers that are not finite", () => {
  expect(() => matrix([1, 2, 3], 2, 2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrix: data must have rows · columns = 2 · 2 = 4 numbers, got 3. Pass that many numbers, or change rows or columns.]`,
  );
  expect(() => matrix([1, 2, 3, Number.NaN], 2, 2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrix: data must hold finite numbers, got NaN in row 1, column 1. Remove the row or supply the value.]`,
  );
  expect(() => matrix([], 0, 1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrix: rows must be a whole number of at least 1, got 0. Pass a whole number, such as 1.]`,
  );
  expect(() => matrix([], 1, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrix: columns must be a whole number of at least 1, got 0. Pass a whole number, such as 1.]`,
  );
});

test("matrixFromRows is row-major", () => {
  const table = matrixFromRows([[1, 2], Float64Array.of(3, 4), [5, 6]]);
  expect(table).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 3, columns: 2 });
});

test("matrixFromRows throws for ragged, empty, wrong and infinite rows", () => {
  expect(() => matrixFromRows([[1, 2], [3]])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrixFromRows: every row must have as many numbers as row 0 (2), got 1 in row 1. Make all rows equally long.]`,
  );
  expect(() => matrixFromRows([])).toThrow(RangeError);
  expect(() => matrixFromRows([[]])).toThrow(RangeError);
  expect(() => matrixFromRows([[1, Infinity]])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: matrixFromRows: rows must hold finite numbers, got Infinity in row 0, column 1. Remove the row or supply the value.]`,
  );
  const text = [[1, "2"]] as unknown as number[][];
  expect(() => matrixFromRows(text)).toThrow(TypeError);
  expect(() => matrixFromRows(text)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: matrixFromRows: every entry must be a number, got "2" in row 0, column 1. Replace it with a number, or remove the row.]`,
  );
});

test("takeRows copies rows in the order of the indices, with repeats", () => {
  const table = matrixFromRows([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const taken = takeRows(table, Uint32Array.of(2, 0, 2));
  expect(taken).toEqual({ data: Float64Array.of(5, 6, 1, 2, 5, 6), rows: 3, columns: 2 });
  taken.data[0] = 9;
  expect(table.data[4]).toBe(5);
});
