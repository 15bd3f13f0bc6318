// Fields as filled areas between levels. The areas are nested and painted from the lowest level up, so there is no gap
// between two of them.

import type { Color } from "../color/color.ts";
import { outlinesOf } from "../data/contours.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf } from "../data/range.ts";
import { closedPath, type Point } from "../geometry/path.ts";
import type { Plot } from "../layout/frame.ts";
import type { Box, Mark } from "../scene/scene.ts";

/** Numbers over a grid, one for each cell. */
export interface Field {
  readonly grid: Grid;
  readonly values: ArrayLike<number>;
}

/** Path data of the outlines of the area where a field is at least a level; empty where the area is empty. */
export type Outlines = (level: number) => string;

/** Largest distance of a drawn outline from the field's own [px]. */
const tolerance = 0.12;

/** The outlines of a field in a plot. Those of a level are computed once: an area and the line around it have the same ones. */
export function outlinesIn({ grid, values }: Field, plot: Plot): Outlines {
  const rings = outlinesOf(grid, values);
  const place = ([a, b]: Point): Point => [plot.x(a), plot.y(b)];
  const known = new Map<number, string>();
  return (level) => {
    let d = known.get(level);
    if (d === undefined) {
      d = rings(level)
        .map((ring) => closedPath(ring.map(place), tolerance))
        .join("");
      known.set(level, d);
    }
    return d;
  };
}

/** The full plot in one colour. */
export function background({ x, y, width, height }: Box, fill: Color): Mark {
  return { kind: "rects", cells: [[x, y, width, height]], fill };
}

/** An area with these outlines; no mark when it is empty. */
export const filledArea = (d: string, plot: Plot, fill: Color): Mark[] =>
  d === "" ? [] : [{ kind: "path", d, fill, clip: plot.box }];

/** Areas between ascending levels, the lowest first: `colors` has one entry more than `levels`. */
export function filledAreas(
  { values }: Field,
  outlines: Outlines,
  levels: readonly number[],
  colors: readonly Color[],
  plot: Plot,
): Mark[] {
  const [low, high] = extentOf(values)!;
  const below = levels.filter((level) => level <= low).length;
  const marks: Mark[] = [background(plot.box, colors[below]!)];
  for (let i = below; i < levels.length && levels[i]! <= high; i++)
    marks.push(...filledArea(outlines(levels[i]!), plot, colors[i + 1]!));
  return marks;
}

/** The style of a contour line. */
export interface LineStyle {
  readonly stroke: Color;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

/** The lines of these outlines. They are one mark, so lines that coincide are drawn once. */
export function contourLines(outlines: readonly string[], plot: Plot, style: LineStyle): Mark[] {
  const d = outlines.join("");
  return d === "" ? [] : [{ kind: "path", d, ...style, clip: plot.box }];
}

/** Whether a field has values on both sides of a level, so that the plot contains the line of that level. */
export function crosses(values: ArrayLike<number>, level: number): boolean {
  const [low, high] = extentOf(values)!;
  return low < level && high >= level;
}
