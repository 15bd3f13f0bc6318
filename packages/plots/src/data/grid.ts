// A field is a grid of cells over two variables; a caller asks for the cell centres, predicts there and hands the
// values back.

import { fail, requireFinite, requireLength } from "./check.ts";
import { extentOf, padded, type Range } from "./range.ts";

/** What a field needs to know of its grid: value k belongs to column k mod columns, row ⌊k / columns⌋ from below. */
export interface Grid {
  /** Cells along the first variable. */
  readonly columns: number;
  /** Cells along the second variable. */
  readonly rows: number;
  /** Edges of the grid along the first variable. */
  readonly x1: Range;
  /** Edges of the grid along the second variable. */
  readonly x2: Range;
}

/** A grid with its cell centres, ready for a predictor. */
export interface GridPoints extends Grid {
  /** Cell centres, row-major with two columns (x1, x2): 2·columns·rows numbers. */
  readonly points: Float64Array;
}

/**
 * A grid of cells that covers all the points and some room around them.
 *
 * @param x1  first variable of the points, finite
 * @param x2  second variable of the points, as many
 * @param options  columns, rows: cells each way (2 to 1000); padding: room on each side as a share of the span
 * @throws RangeError when lengths differ, a value is not finite or a count is out of range
 */
export function gridOver(
  x1: ArrayLike<number>,
  x2: ArrayLike<number>,
  { columns = 100, rows = 100, padding = 0.08 }: { columns?: number; rows?: number; padding?: number } = {},
): GridPoints {
  requireFinite("gridOver", { x1, x2 });
  requireLength("gridOver", { x2 }, { x1: x1.length });
  if (!(padding >= 0 && padding <= 10))
    fail("gridOver", `padding must be from 0 to 10, got ${padding}. It is a share of the span of the points.`);
  const room = (values: ArrayLike<number>): Range => padded(extentOf(values)!, padding);
  return gridBetween(room(x1), room(x2), { columns, rows });
}

/**
 * A grid of cells between given edges.
 *
 * @throws RangeError when an edge is not finite, edges are not ascending or a count is not from 2 to 1000
 */
export function gridBetween(
  x1: Range,
  x2: Range,
  { columns = 100, rows = 100 }: { columns?: number; rows?: number } = {},
): GridPoints {
  checkGrid("gridBetween", { columns, rows, x1, x2 });
  const points = new Float64Array(2 * columns * rows);
  const centre = ([low, high]: Range, i: number, n: number): number => low + ((high - low) * (i + 0.5)) / n;
  for (let k = 0; k < columns * rows; k++) {
    points[2 * k] = centre(x1, k % columns, columns);
    points[2 * k + 1] = centre(x2, Math.floor(k / columns), rows);
  }
  return { columns, rows, x1: [x1[0], x1[1]], x2: [x2[0], x2[1]], points };
}

/** The cell centres of a grid as rows [x1, x2], for predictors that take lists of rows. */
export function gridRows(grid: GridPoints): number[][] {
  return Array.from({ length: grid.columns * grid.rows }, (_, k) => [grid.points[2 * k]!, grid.points[2 * k + 1]!]);
}

/** Throws unless the grid has sensible counts and ascending edges. */
export function checkGrid(functionName: string, { columns, rows, x1, x2 }: Grid): void {
  for (const [name, count] of [["columns", columns] as const, ["rows", rows] as const])
    if (!Number.isInteger(count) || count < 2 || count > 1000)
      fail(
        functionName,
        `grid.${name} must be a whole number from 2 to 1000, got ${count}. Make the grid with gridOver or gridBetween.`,
      );
  for (const [name, [low, high]] of [["x1", x1] as const, ["x2", x2] as const]) {
    if (!(low < high && Number.isFinite(high - low)))
      fail(
        functionName,
        `grid.${name} must go from a finite number to a larger one, got ${low} to ${high}. Make the grid with gridOver.`,
      );
  }
}

/** Index of the cell that holds a point of the grid's rectangle. */
export function cellOf({ columns, rows, x1, x2 }: Grid, a: number, b: number): number {
  const along = (value: number, [low, high]: Range, n: number): number =>
    Math.min(n - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * n)));
  return along(b, x2, rows) * columns + along(a, x1, columns);
}
