// The outlines of the area where a field is at least some level.

import { contours } from "d3-contour";
import type { Point } from "../geometry/path.ts";
import type { Grid } from "./grid.ts";
import type { Range } from "./range.ts";

/** Closed rings: the outlines of areas and of the holes in them, in the variables of the grid. */
export type Rings = readonly (readonly Point[])[];

/**
 * The outlines of the area where a field is at least `level`, with straight lines between cell centres. They continue
 * outside of the grid where the area reaches an edge, so a caller must clip them to the grid.
 */
export function atLeast(grid: Grid, values: ArrayLike<number>, level: number): Rings {
  const { columns, rows } = grid;
  const [wide, high] = [columns + 2, rows + 2];
  // One more cell on each side extrapolates the field, so that lines keep their direction up to the edges.
  const row = (r: number, c: number): number => values[r * columns + c]!;
  const beyond = (n: number, i: number, at: (i: number) => number): number =>
    i < 0 ? 2 * at(0) - at(1) : i >= n ? 2 * at(n - 1) - at(n - 2) : at(i);
  const extended = Array.from({ length: wide * high }, (_, k) =>
    beyond(rows, Math.floor(k / wide) - 1, (r) => beyond(columns, (k % wide) - 1, (c) => row(r, c))),
  );
  const toVariable = (t: number, [low, top]: Range, n: number): number => low + ((top - low) * (t - 1)) / n;
  const shape = contours().size([wide, high]).smooth(true).contour(extended, level);
  return shape.coordinates.flatMap((polygon) =>
    polygon.map((ring) =>
      ring.map(([a = 0, b = 0]): Point => [toVariable(a, grid.x1, columns), toVariable(b, grid.x2, rows)]),
    ),
  );
}
