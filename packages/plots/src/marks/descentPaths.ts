// The paths of descents over two parameters: their colours, lines and markers, and which parts of them are in the plot.

import type { Color } from "../color/color.ts";
import { seriesDash, seriesLight, seriesShape } from "../color/series.ts";
import type { Grid } from "../data/grid.ts";
import { clipLine, openPath, type Point } from "../geometry/path.ts";
import type { Plot } from "../layout/frame.ts";
import type { Mark } from "../scene/scene.ts";

/** The parameters before each step of a descent, and after the last one. */
export interface DescentPath {
  /** Name in the legend. */
  readonly name: string;
  /** Values of the first parameter, at least one. The first value must be finite. NaN and ±∞ end the drawn path. */
  readonly x: ArrayLike<number>;
  /** Values of the second parameter, one for each of `x`. */
  readonly y: ArrayLike<number>;
}

/** White in both themes. */
export const white: Color = ["#FFFFFF", "#FFFFFF"];
/** The series colours of the light theme in both themes. Orange comes first: it differs most from viridis. */
const pathColors = [1, 0, 2, 6, 4, 3, 5].map((i): Color => [seriesLight[i]!, seriesLight[i]!]);
/** The colour of a path. */
export const pathColor = (series: number): Color => pathColors[series % pathColors.length]!;

/** The width of a path [px]. */
export const pathWidth = 2;
/** A white strip under each path makes it visible on dark and on bright colours [px]. */
const casingWidth = 4.2;
/** Points of a path closer than this to the last drawn point have no marker [px]. */
const minMarkerDistance = 5;
/** A path is cut off this far outside of the plot [px]. */
const clipMargin = 20;
/** A position that arithmetic can be done on: beyond ±1e9 px the direction of a line hardly changes. */
const bounded = (pixel: number): number => Math.min(1e9, Math.max(-1e9, pixel));

/** A path as lines with a white strip below them, and its points as markers. */
export function pathMarks(plot: Plot, { x, y }: DescentPath, series: number): { lines: Mark[]; markers: Mark } {
  const points: Point[] = [];
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [plot.x(x[i]!), plot.y(y[i]!)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) break;
    points.push([bounded(px), bounded(py)]);
  }
  const { box } = plot;
  const d = clipLine(
    points,
    [box.x - clipMargin, box.y - clipMargin],
    [box.x + box.width + clipMargin, box.y + box.height + clipMargin],
  )
    .map(openPath)
    .join("");
  const dots: Point[] = [];
  for (const point of points) {
    const [px, py] = point;
    const isInPlot = px >= box.x && px <= box.x + box.width && py >= box.y && py <= box.y + box.height;
    const last = dots.at(-1);
    if (isInPlot && (last === undefined || Math.hypot(px - last[0], py - last[1]) >= minMarkerDistance))
      dots.push(point);
  }
  const color = pathColor(series);
  return {
    lines: [
      { kind: "path", d, stroke: white, width: casingWidth, opacity: 0.9, clip: box, series },
      { kind: "path", d, stroke: color, width: pathWidth, dash: seriesDash(series), clip: box, series },
    ],
    markers: {
      kind: "points",
      shape: seriesShape(series),
      xs: dots.map(([px]) => px),
      ys: dots.map(([, py]) => py),
      radius: 3.4,
      fill: color,
      stroke: white,
      width: 1,
      clip: box,
      series,
    },
  };
}

/** Whether a point is on the grid. */
export const isInside = ({ x1, x2 }: Grid, x: number, y: number): boolean =>
  x >= x1[0] && x <= x1[1] && y >= x2[0] && y <= x2[1];

/** Index of the first point of a path that is not finite; −1 when all are. */
export const firstBad = ({ x, y }: DescentPath): number =>
  Array.from(x).findIndex((value, i) => !Number.isFinite(value) || !Number.isFinite(y[i]!));

/** Whether some of a path is in the plot: a point, or a part of the line between two points. */
export function isVisible(path: DescentPath, grid: Grid): boolean {
  const { x, y } = path;
  const bad = firstBad(path);
  const points = Array.from(x, (value, i): Point => [value, y[i]!]).slice(0, bad < 0 ? x.length : bad);
  const [from, to]: [Point, Point] = [
    [grid.x1[0], grid.x2[0]],
    [grid.x1[1], grid.x2[1]],
  ];
  return points.some(([a, b]) => isInside(grid, a, b)) || clipLine(points, from, to).length > 0;
}
