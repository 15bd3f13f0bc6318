// Fields as outlines: nested areas painted from the lowest level up, so no two of them can leave a gap.

import type { Color } from "../color/color.ts";
import { atLeast, type Rings } from "../data/contours.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf } from "../data/range.ts";
import { closedPath, type Point } from "../geometry/path.ts";
import type { Box, Mark } from "../scene/scene.ts";

interface Plot {
  readonly x: (v: number) => number;
  readonly y: (v: number) => number;
  readonly box: Box;
}

/** How far an outline may stray from the field's own [px]. */
const outlineTolerance = 0.12;

/** Path data of rings given in the grid's variables. */
function ringsPath(rings: Rings, place: Plot): string {
  return rings
    .map((ring) =>
      closedPath(
        ring.map(([a, b]): Point => [place.x(a), place.y(b)]),
        outlineTolerance,
      ),
    )
    .join("");
}

/** The whole plot in one colour. */
export function background({ x, y, width, height }: Box, fill: Color): Mark {
  return { kind: "rects", cells: [[x, y, width, height]], fill };
}

/** The area where `values` ≥ `level`, filled; no mark when it is empty. */
export function area(grid: Grid, values: ArrayLike<number>, level: number, place: Plot, fill: Color): Mark[] {
  const d = ringsPath(atLeast(grid, values, level), place);
  return d === "" ? [] : [{ kind: "path", d, fill, clip: place.box }];
}

/** The lines where each of the fields has its level, as one mark: where lines coincide they are not drawn twice. */
export function contourLines(
  grid: Grid,
  fields: readonly { readonly values: ArrayLike<number>; readonly level: number }[],
  place: Plot,
  style: { stroke: Color; width: number; dash?: readonly number[]; opacity?: number },
): Mark[] {
  const d = fields.map(({ values, level }) => ringsPath(atLeast(grid, values, level), place)).join("");
  return d === "" ? [] : [{ kind: "path", d, ...style, clip: place.box }];
}

/** Whether a field lies on both sides of a level, so that the line of that level is in the plot. */
export function crosses(values: ArrayLike<number>, level: number): boolean {
  const [low, high] = extentOf(values)!;
  return low < level && high >= level;
}

/** Bands between ascending levels: `colors` has one entry more than `levels`. */
export function bands(
  grid: Grid,
  values: ArrayLike<number>,
  levels: readonly number[],
  colors: readonly Color[],
  place: Plot,
): Mark[] {
  const [low, high] = extentOf(values)!;
  const under = levels.filter((level) => level <= low).length;
  const marks: Mark[] = [background(place.box, colors[under]!)];
  for (let i = under; i < levels.length && levels[i]! <= high; i++)
    marks.push(...area(grid, values, levels[i]!, place, colors[i + 1]!));
  return marks;
}
