// Fields as filled areas between levels. The areas are nested and painted from the lowest level up, so there is no gap
// between two of them.

import type { Color } from "../color/color.ts";
import { atLeast } from "../data/contours.ts";
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

/** A field and the lowest value of an area to draw. */
export interface Level extends Field {
  readonly level: number;
}

/** Largest distance of a drawn outline from the field's own [px]. */
const tolerance = 0.12;

/** Path data of the outlines of the area where a field is at least a level. */
function outlines({ grid, values, level }: Level, plot: Plot): string {
  return atLeast(grid, values, level)
    .map((ring) =>
      closedPath(
        ring.map(([a, b]): Point => [plot.x(a), plot.y(b)]),
        tolerance,
      ),
    )
    .join("");
}

/** The full plot in one colour. */
export function background({ x, y, width, height }: Box, fill: Color): Mark {
  return { kind: "rects", cells: [[x, y, width, height]], fill };
}

/** The area where the field is at least the level; no mark when the area is empty. */
export function filledArea(level: Level, plot: Plot, fill: Color): Mark[] {
  const d = outlines(level, plot);
  return d === "" ? [] : [{ kind: "path", d, fill, clip: plot.box }];
}

/** Areas between ascending levels, the lowest first: `colors` has one entry more than `levels`. */
export function filledAreas(field: Field, levels: readonly number[], colors: readonly Color[], plot: Plot): Mark[] {
  const [low, high] = extentOf(field.values)!;
  const below = levels.filter((level) => level <= low).length;
  const marks: Mark[] = [background(plot.box, colors[below]!)];
  for (let i = below; i < levels.length && levels[i]! <= high; i++)
    marks.push(...filledArea({ ...field, level: levels[i]! }, plot, colors[i + 1]!));
  return marks;
}

/** The style of a contour line. */
export interface LineStyle {
  readonly stroke: Color;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

/** The lines where each field has its level. They are one mark, so lines that coincide are drawn once. */
export function contourLines(levels: readonly Level[], plot: Plot, style: LineStyle): Mark[] {
  const d = levels.map((level) => outlines(level, plot)).join("");
  return d === "" ? [] : [{ kind: "path", d, ...style, clip: plot.box }];
}

/** Whether a field has values on both sides of a level, so that the plot contains the line of that level. */
export function crosses(values: ArrayLike<number>, level: number): boolean {
  const [low, high] = extentOf(values)!;
  return low < level && high >= level;
}
