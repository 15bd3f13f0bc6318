// The outlines of the areas where a field is at least some level.

import { contours } from "d3-contour";
import type { Point } from "../geometry/path.ts";
import type { Grid } from "./grid.ts";
import type { Range } from "./range.ts";

/** Closed rings: the outlines of areas and of the holes in them, in the variables of the grid. */
export type Rings = readonly (readonly Point[])[];

/**
 * The outlines of the area where a field is at least a level, as a function of the level, with straight lines between cell
 * centres. They continue outside of the grid where the area reaches an edge, so a caller must clip them to the grid.
 */
export function outlinesOf({ columns, rows, x1, x2 }: Grid, values: ArrayLike<number>): (level: number) => Rings {
  const [wide, high] = [columns + 2, rows + 2];
  // One more cell on each side extrapolates the field, so that lines keep their direction up to the edges.
  const extended = new Array<number>(wide * high);
  for (let r = 0; r < rows; r++) {
    const at = (r + 1) * wide;
    for (let c = 0; c < columns; c++) extended[at + c + 1] = values[r * columns + c]!;
    extended[at] = 2 * extended[at + 1]! - extended[at + 2]!;
    extended[at + columns + 1] = 2 * extended[at + columns]! - extended[at + columns - 1]!;
  }
  const last = (high - 1) * wide;
  for (let c = 0; c < wide; c++) {
    extended[c] = 2 * extended[c + wide]! - extended[c + 2 * wide]!;
    extended[last + c] = 2 * extended[last - wide + c]! - extended[last - 2 * wide + c]!;
  }
  const toVariable = (t: number, [low, top]: Range, n: number): number => low + ((top - low) * (t - 1)) / n;
  const shapes = contours().size([wide, high]).smooth(true);
  return (level) =>
    shapes
      .contour(extended, level)
      .coordinates.flatMap((polygon) =>
        polygon.map((ring) =>
          ring.map(([a = 0, b = 0]): Point => [toVariable(a, x1, columns), toVariable(b, x2, rows)]),
        ),
      );
}
