// Some rows of a table, as a copy or in the same memory.
import { oncePerArray } from "./oncePerArray.ts";
import type { NumberValues, TypedColumn, TypedTable } from "./typedTable.ts";

/** A table of some rows, as a copy. The columns of a row-major array share an array in the copy too. */
export function takeRows(typed: TypedTable, rows: Uint32Array): TypedTable {
  const steps = stepsOf(typed);
  const taken = oncePerArray((values: Float64Array) => {
    const width = steps(values);
    const own = new Float64Array(rows.length * width);
    for (let i = 0, at = 0; i < rows.length; i++) {
      for (let j = 0, from = rows[i]! * width; j < width; j++) own[at++] = values[from++]!;
    }
    return own;
  });
  const columns = typed.columns.map((column): TypedColumn => {
    if (!("codes" in column)) return { ...column, values: taken(column.values) };
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
    return { ...column, codes };
  });
  return { ...typed, rows: rows.length, columns };
}

/**
 * Divides a table into parts without a second copy of it: the rows are reordered in their own memory, and the parts are views
 * of it. The table itself must not be used afterwards.
 *
 * @param parts  the rows of each part; every row is in one part
 */
export function divideRows(typed: TypedTable, parts: readonly Uint32Array[]): TypedTable[] {
  const order = new Uint32Array(typed.rows);
  let filled = 0;
  for (const part of parts) {
    order.set(part, filled);
    filled += part.length;
  }
  const steps = stepsOf(typed);
  const numbers = oncePerArray((values: Float64Array) => {
    reorder(values, order, steps(values));
    return values;
  });
  const codes = oncePerArray((values: Int32Array) => {
    reorder(values, order, 1);
    return values;
  });
  const columns = typed.columns.map(
    (column): TypedColumn =>
      "codes" in column ? { ...column, codes: codes(column.codes) } : { ...column, values: numbers(column.values) },
  );
  const starts = parts.map((_, k) => parts.slice(0, k).reduce((sum, { length }) => sum + length, 0));
  return parts.map(({ length }, k) => {
    const [from, to] = [starts[k]!, starts[k]! + length];
    const views = columns.map(
      (column): TypedColumn =>
        "codes" in column
          ? { ...column, codes: column.codes.subarray(from, to) }
          : { ...column, values: column.values.subarray(from * column.step, to * column.step) },
    );
    return { ...typed, rows: length, columns: views };
  });
}

/** The number of columns in the array of a column of numbers. */
function stepsOf(typed: TypedTable): (values: Float64Array) => number {
  const numbers = typed.columns.filter((column): column is NumberValues => !("codes" in column));
  const steps = new Map(numbers.map(({ values, step }) => [values, step]));
  return (values) => steps.get(values)!;
}

/** Reorders rows in their own memory, along the cycles of the permutation. */
function reorder<A extends Float64Array | Int32Array>(values: A, order: Uint32Array, width: number): void {
  const moved = new Uint8Array(order.length);
  const held = values.slice(0, width);
  for (let first = 0; first < order.length; first++) {
    if (moved[first]) continue;
    held.set(values.subarray(first * width, (first + 1) * width));
    let to = first;
    for (let from = order[to]!; from !== first; to = from, from = order[to]!) {
      values.copyWithin(to * width, from * width, (from + 1) * width);
      moved[to] = 1;
    }
    values.set(held, to * width);
    moved[to] = 1;
  }
}
