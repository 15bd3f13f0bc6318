// A grid of cells over two variables. A caller predicts at the centres of the cells, and passes the predictions to a chart.

import { fail, requireFinite, requireLength } from "./check.ts";
import { extentOf, padded, type Range } from "./range.ts";

/** A grid of cells. Cell k is in column k mod columns and in row ⌊k / columns⌋, counted from below. */
export interface Grid {
  /** Number of cells along the first variable. */
  readonly columns: number;
  /** Number of cells along the second variable. */
  readonly rows: number;
  /** Edges of the grid along the first variable. */
  readonly x1: Range;
  /** Edges of the grid along the second variable. */
  readonly x2: Range;
}

/** A grid with the centres of its cells, where a model can predict. */
export interface GridPoints extends Grid {
  /** The centres of the cells: x1 and x2 of the first cell, then of the next one, 2·columns·rows numbers. */
  readonly points: Float64Array;
}

/**
 * A grid of cells that covers all points and some space around them.
 *
 * @param x1  first variable of the points, finite
 * @param x2  second variable of the points, one for each of `x1`
 * @param options  `columns` and `rows`: number of cells, from 2 to 1,000 [100]; `padding`: free space on each side, as a
 *   share of the span of the points, from 0 to 10 [0.08]
 * @throws RangeError when lengths differ, when a value is not finite, or when an option is out of its range
 *
 * @example
 * ```ts
 * import { gridOver } from "@downhill/plots";
 *
 * const grid = gridOver([0, 10], [0, 1], { columns: 4, rows: 2, padding: 0.1 });
 * grid.x1; // [-1, 11]
 * ```
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
  const range = (values: ArrayLike<number>): Range => padded(extentOf(values)!, padding);
  return gridBetween(range(x1), range(x2), { columns, rows });
}

/**
 * A grid of cells between two edges in each direction.
 *
 * @param x1  edges of the grid along the first variable
 * @param x2  edges of the grid along the second variable
 * @param options  `columns` and `rows`: number of cells, from 2 to 1,000 [100]
 * @throws RangeError when an edge is not finite, when edges do not ascend, or when a number of cells is out of its range
 *
 * @example
 * ```ts
 * import { gridBetween } from "@downhill/plots";
 *
 * const grid = gridBetween([0, 4], [0, 2], { columns: 2, rows: 2 });
 * Array.from(grid.points); // [1, 0.5, 3, 0.5, 1, 1.5, 3, 1.5]
 * ```
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

/**
 * The centres of the cells of a grid as rows [x1, x2], for models that predict lists of rows.
 *
 * @example
 * ```ts
 * import { gridBetween, gridRows } from "@downhill/plots";
 *
 * const rows = gridRows(gridBetween([0, 4], [0, 2], { columns: 2, rows: 2 }));
 * rows; // [[1, 0.5], [3, 0.5], [1, 1.5], [3, 1.5]]
 * ```
 */
export function gridRows(grid: GridPoints): number[][] {
  return Array.from({ length: grid.columns * grid.rows }, (_, k) => [grid.points[2 * k]!, grid.points[2 * k + 1]!]);
}

/** Throws unless the grid has from 2 to 1,000 cells in each direction, and ascending edges. */
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

/** Index of the cell that contains a point of the grid's rectangle. */
export function cellOf({ columns, rows, x1, x2 }: Grid, a: number, b: number): number {
  const along = (value: number, [low, high]: Range, n: number): number =>
    Math.min(n - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * n)));
  return along(b, x2, rows) * columns + along(a, x1, columns);
}
