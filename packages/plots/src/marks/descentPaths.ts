// The paths of descents over two parameters: their colours, lines and markers, and which parts of them are in the plot.

import type { Color } from "../color/color.ts";
import { seriesColor, seriesLight, seriesShape } from "../color/series.ts";
import { paper } from "../color/theme.ts";
import type { Grid } from "../data/grid.ts";
import type { Range } from "../data/range.ts";
import { dashOf, type SeriesStyle } from "../data/style.ts";
import { clipLine, openPath, type Point } from "../geometry/path.ts";
import type { Shape } from "../geometry/symbols.ts";
import type { Plot } from "../layout/frame.ts";
import type { Mark } from "../scene/scene.ts";

/** The parameters before each step of a descent, and after the last one. */
export interface DescentPath extends SeriesStyle {
  /** Name in the legend. */
  readonly name: string;
  /** Values of the first parameter, at least one. The first value must be finite. NaN and ±∞ end the drawn path. */
  readonly x: ArrayLike<number>;
  /** Values of the second parameter, one for each of `x`. */
  readonly y: ArrayLike<number>;
  /** Whether the path is drawn faintly, and without markers. Default: false. */
  readonly faint?: boolean;
}

/** White in both themes. */
export const white: Color = ["#FFFFFF", "#FFFFFF"];
const dark: Color = ["#16191D", "#16191D"];
/** The series colours of the light theme in both themes. Orange comes first: it differs most from viridis. */
const pathColors = [1, 0, 2, 6, 4, 3, 5].map((i): Color => [seriesLight[i]!, seriesLight[i]!]);
/** How a path is drawn. */
export interface PathStyle {
  readonly color: Color;
  /** The colour of the strip under the path, and of the inside of its triangles. */
  readonly strip: Color;
  readonly dash: readonly number[];
  readonly shape: Shape;
}

/** How path n is drawn. A path with a `style` has the colours that this style has in other charts, on a strip in the colour of the paper. */
export const pathStyle = (path: DescentPath, n: number): PathStyle => ({
  ...(path.style === undefined
    ? { color: pathColors[n % pathColors.length]!, strip: white }
    : { color: seriesColor(path.style), strip: paper }),
  dash: dashOf(path, n),
  shape: seriesShape(path.style ?? n),
});

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
export function pathMarks(plot: Plot, path: DescentPath, series: number): { lines: Mark[]; markers: Mark } {
  const { x, y, faint = false } = path;
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
    if (isInPlot && !faint && (last === undefined || Math.hypot(px - last[0], py - last[1]) >= minMarkerDistance))
      dots.push(point);
  }
  const { color, strip, dash, shape } = pathStyle(path, series);
  return {
    lines: [
      { kind: "path", d, stroke: strip, width: casingWidth, opacity: faint ? 0.4 : 0.9, clip: box, series },
      {
        ...{ kind: "path", d, stroke: color, width: pathWidth, dash, clip: box, series },
        ...(faint && { opacity: 0.7 }),
      },
    ],
    markers: {
      kind: "points",
      shape,
      xs: dots.map(([px]) => px),
      ys: dots.map(([, py]) => py),
      radius: 3.4,
      fill: color,
      stroke: strip,
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

/** The number of finite points of a path outside of the grid. */
export const countOutside = ({ x, y }: DescentPath, grid: Grid): number =>
  Array.from(x).filter((value, i) => Number.isFinite(value) && Number.isFinite(y[i]!) && !isInside(grid, value, y[i]!))
    .length;

/** A triangle at the edge of the plot for each direction in which a path has points outside. */
export function edgeMarks({ x, y, box }: Plot, path: DescentPath, series: number, grid: Grid): Mark[] {
  const spots = new Map<string, Point>();
  const along = (value: number, [low, high]: Range, pixel: (value: number) => number, [from, to]: Range): number =>
    value < low ? from : value > high ? to : Math.min(Math.max(pixel(value), Math.min(from, to)), Math.max(from, to));
  const across: Range = [box.x + edgeGap, box.x + box.width - edgeGap];
  const up: Range = [box.y + box.height - edgeGap, box.y + edgeGap];
  for (let i = 0; i < path.x.length; i++) {
    const [a, b] = [path.x[i]!, path.y[i]!];
    if (!Number.isFinite(a) || !Number.isFinite(b) || isInside(grid, a, b)) continue;
    const spot: Point = [along(a, grid.x1, x, across), along(b, grid.x2, y, up)];
    spots.set(`${Math.round(spot[0] / minEdgeDistance)} ${Math.round(spot[1] / minEdgeDistance)}`, spot);
  }
  if (spots.size === 0) return [];
  const at = [...spots.values()];
  const { color, strip } = pathStyle(path, series);
  const style = { radius: 5, fill: strip, stroke: color, width: 1.8, clip: box, series };
  return [{ kind: "points", shape: "triangle", xs: at.map(([px]) => px), ys: at.map(([, py]) => py), ...style }];
}

/** Distance of the triangles from the edge, and from each other [px]. */
const edgeGap = 6;
const minEdgeDistance = 14;

/** The dashes of the arrows. */
export const arrowDashes: readonly (readonly number[])[] = [[], [5, 3], [2, 2], [8, 2, 2, 2], [12, 4]];
const headLength = 8; // of an arrow [px]

/** An arrow with a dark edge, which can be seen on dark and on bright colours. */
export function arrowMarks(
  { x, y, box }: Plot,
  { from, to }: Arrow,
  { index, series }: { readonly index: number; readonly series: number },
): Mark[] {
  const ends: Point[] = [from, to].map(([a, b]) => [bounded(x(a)), bounded(y(b))]);
  const [[x0, y0], [x1, y1]] = ends as [Point, Point];
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 0.5)) return [];
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const head = Math.min(headLength, length / 2);
  const wing = (side: number): Point => [
    x1 - head * ux + side * (head / 2) * uy,
    y1 - head * uy - side * (head / 2) * ux,
  ];
  const tip = openPath([wing(1), [x1, y1], wing(-1)]);
  const shaft = clipLine(ends, [box.x, box.y], [box.x + box.width, box.y + box.height])
    .map(openPath)
    .join("");
  return [
    { kind: "path", d: shaft + tip, stroke: dark, width: 4, clip: box, series },
    {
      kind: "path",
      d: shaft,
      stroke: white,
      width: 2,
      dash: arrowDashes[index % arrowDashes.length]!,
      clip: box,
      series,
    },
    { kind: "path", d: tip, stroke: white, width: 2, clip: box, series },
  ];
}

interface Arrow {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}
