// The outlines of the area where a field is at least some level.

import { contours } from "d3-contour";
import type { Point } from "../geometry/path.ts";
import type { Grid } from "./grid.ts";
import type { Range } from "./range.ts";

/** A set of closed rings: outlines and holes, in the grid's own variables. */
export type Rings = readonly (readonly Point[])[];

/**
 * Where the field is at least `level`, with straight lines between cell centres. Rings run outside the grid's edges
 * where the set does, so clip them to the grid.
 */
export function atLeast(grid: Grid, values: ArrayLike<number>, level: number): Rings {
  const { columns, rows } = grid;
  const [wide, high] = [columns + 2, rows + 2];
  // One more cell all around continues the field straight on, so that lines keep their direction up to the edges.
  const row = (r: number, c: number): number => values[r * columns + c]!;
  const beyond = (n: number, i: number, at: (i: number) => number): number =>
    i < 0 ? 2 * at(0) - at(1) : i >= n ? 2 * at(n - 1) - at(n - 2) : at(i);
  const framed = Array.from({ length: wide * high }, (_, k) =>
    beyond(rows, Math.floor(k / wide) - 1, (r) => beyond(columns, (k % wide) - 1, (c) => row(r, c))),
  );
  const place = (t: number, [low, top]: Range, n: number): number => low + ((top - low) * (t - 1)) / n;
  const shape = contours().size([wide, high]).smooth(true).contour(framed, level);
  return shape.coordinates.flatMap((polygon) =>
    polygon.map((ring) => ring.map(([a = 0, b = 0]): Point => [place(a, grid.x1, columns), place(b, grid.x2, rows)])),
  );
}
