// An objective over two parameters as a landscape with levels spaced evenly in the logarithm of the height above its
// lowest value, and the paths that descent took over it.

import type { Color } from "../color/color.ts";
import { ramps } from "../color/ramps.ts";
import { seriesDash, seriesLight, seriesShape } from "../color/series.ts";
import { requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { checkField } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf } from "../data/range.ts";
import { clipLine, openPath, type Point } from "../geometry/path.ts";
import { type Frame, finish, frameOf } from "../layout/frame.ts";
import { bands, contourLines } from "../marks/field.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { formatNumber } from "../text/format.ts";

/** The parameters before each step, and after the last. */
export interface DescentPath {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface LossSurface extends Spec {
  readonly kind: "lossSurface";
  readonly grid: Grid;
  /** The objective at each cell of the grid. */
  readonly values: ArrayLike<number>;
  readonly paths: readonly DescentPath[];
  /** Where the objective is lowest, if known. */
  readonly optimum?: readonly [x: number, y: number];
  /** Whether a colour bar is drawn; small multiples may do without. */
  readonly bar: boolean;
  readonly xName: string;
  readonly yName: string;
}

const count = 18;
const depth = 3.6;
const colors = Array.from({ length: count + 1 }, (_, i) => ramps.surface(0.04 + (0.94 * i) / count));
const white: Color = ["#FFFFFF", "#FFFFFF"];
const black: Color = ["#16191D", "#16191D"];
const pathColors = [1, 0, 2, 6, 4, 3, 5].map((i): Color => [seriesLight[i]!, seriesLight[i]!]);

/**
 * Contours of an objective with the paths of one or several descents.
 *
 * @throws RangeError when grid and values disagree, a value is not finite, or a path's x and y differ in length;
 *   a path may leave the grid and may become NaN or infinite, and is then drawn as far as it can be
 */
export function lossSurface({
  paths = [],
  bar = true,
  xName = "first parameter",
  yName = "second parameter",
  ...rest
}: Input<LossSurface, "paths" | "bar" | "xName" | "yName">): LossSurface {
  requireTexts("lossSurface", { xName, yName, ...textOf(rest) });
  checkField("lossSurface", "values", rest.grid, rest.values);
  for (const [i, { x, y }] of paths.entries()) {
    requireSome("lossSurface", `paths[${i}].x`, x);
    requireLength("lossSurface", `paths[${i}].y`, y, x.length, `paths[${i}].x`);
    requireFinite("lossSurface", `the start of paths[${i}]`, [x[0]!, y[0]!]);
  }
  if (rest.optimum !== undefined) requireFinite("lossSurface", "optimum", rest.optimum);
  return { ...rest, paths, bar, xName, yName, kind: "lossSurface", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: LossSurface, size: Size): Scene {
  const { grid, values, paths, optimum } = spec;
  const [low, high] = extentOf(values)!;
  const levels = Array.from({ length: count }, (_, i) => low + (high - low) * 10 ** (-depth * (1 - (i + 0.5) / count)));
  const ticks = levels.map((level, i) => ({ at: i + 1, label: formatNumber(Number(level.toPrecision(2))) }));
  const frame = frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: items(spec),
      ...(spec.bar && high > low
        ? { bar: { name: "Objective", scale: "linear", domain: [0, count + 1], stops: colors, ticks } }
        : {}),
      field: true,
    },
    size,
  );
  const marks: Mark[] = bands(grid, values, levels, colors, frame);
  if (high > low) {
    const lines = levels.map((level) => ({ values, level }));
    marks.push(...contourLines(grid, lines, frame, { stroke: white, width: 0.5, opacity: 0.35 }));
  }
  if (optimum !== undefined) marks.push(spot(frame, "diamond", optimum, 6));
  marks.push(...paths.flatMap((path, i) => pathMarks(frame, path, i)));
  const starts = new Map(paths.map(({ x, y }) => [`${x[0]} ${y[0]}`, [x[0]!, y[0]!] as const]));
  for (const start of starts.values()) marks.push(spot(frame, "circle", start, 5));
  return finish(frame, marks, {
    title: spec.title,
    caption:
      `Objective over ${spec.xName} and ${spec.yName}, from ${formatNumber(low)} to ${formatNumber(high)}. ${sentences(spec)}`.trim(),
    series: paths.map(({ name, x }) => ({ name, count: x.length })),
    table: {
      columns: ["Path", "Step", spec.xName, spec.yName],
      rows: paths.flatMap(({ name, x, y }) =>
        Array.from({ length: Math.min(x.length, 50) }, (_, i) => [name, i, asCell(x[i]!), asCell(y[i]!)]),
      ),
      ...(paths.some(({ x }) => x.length > 50) ? { note: "The first 50 points of each path." } : {}),
    },
  });
}

const asCell = (value: number): number | string => (Number.isFinite(value) ? value : formatNumber(value));

/** A mark that reads on dark and on bright ground: white with a dark edge. */
function spot(frame: Frame, shape: "diamond" | "circle", [x, y]: readonly [number, number], radius: number): Mark {
  const at = { xs: [frame.x(x)], ys: [frame.y(y)] };
  return { kind: "points", shape, ...at, radius, fill: white, stroke: black, width: 1.6, clip: frame.box };
}

/** A pixel position that arithmetic can still be done on. */
const near = (pixel: number): number => Math.min(1e9, Math.max(-1e9, pixel));

function pathMarks(frame: Frame, { x, y }: DescentPath, series: number): Mark[] {
  const points: Point[] = [];
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [frame.x(x[i]!), frame.y(y[i]!)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) break;
    points.push([near(px), near(py)]);
  }
  const { box } = frame;
  const corner = (share: number): Point => [
    box.x - 20 + share * (box.width + 40),
    box.y - 20 + share * (box.height + 40),
  ];
  const d = clipLine(points, corner(0), corner(1)).map(openPath).join("");
  const color = pathColors[series % 7]!;
  const dots: Point[] = [];
  for (const point of points) {
    const [px, py] = point;
    const inside = px >= box.x && px <= box.x + box.width && py >= box.y && py <= box.y + box.height;
    const last = dots.at(-1);
    if (inside && (last === undefined || Math.hypot(px - last[0], py - last[1]) >= 5)) dots.push(point);
  }
  return [
    { kind: "path", d, stroke: white, width: 4.2, opacity: 0.9, clip: box, series },
    { kind: "path", d, stroke: color, width: 2, dash: seriesDash(series), clip: box, series },
    {
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
  ];
}

/** Whether a point lies in the picture. */
const inside = ({ x1, x2 }: Grid, x: number, y: number): boolean =>
  x >= x1[0] && x <= x1[1] && y >= x2[0] && y <= x2[1];

/** Whether some of a path is in the picture: a point, or a line between two points. */
function visible(grid: Grid, { x, y }: DescentPath): boolean {
  const bad = Array.from(x).findIndex((value, i) => !Number.isFinite(value) || !Number.isFinite(y[i]!));
  const points = Array.from(x, (value, i): Point => [value, y[i]!]).slice(0, bad < 0 ? x.length : bad);
  const [from, to]: [Point, Point] = [
    [grid.x1[0], grid.x2[0]],
    [grid.x1[1], grid.x2[1]],
  ];
  return points.some(([a, b]) => inside(grid, a, b)) || clipLine(points, from, to).length > 0;
}

/** What is drawn: a path that is nowhere in the picture has no entry, and the caption says so. */
function items({ paths, optimum, grid }: LossSurface): LegendItem[] {
  const lines = paths.flatMap((path, i): LegendItem[] => {
    const { name } = path;
    if (!visible(grid, path)) return [];
    const color = pathColors[i % 7]!;
    const key = {
      line: { stroke: color, width: 2, dash: seriesDash(i) },
      marker: { shape: seriesShape(i), fill: color },
    };
    return [{ name, key }];
  });
  const mark = (name: string, shape: "circle" | "diamond"): LegendItem => ({
    name,
    key: { marker: { shape, fill: white, stroke: black } },
  });
  return [
    ...lines,
    ...(paths.some(({ x, y }) => inside(grid, x[0]!, y[0]!)) ? [mark("start", "circle")] : []),
    ...(optimum !== undefined && inside(grid, ...optimum) ? [mark("optimum", "diamond")] : []),
  ];
}

function sentences({ paths, grid }: LossSurface): string {
  return paths
    .map(({ name, x, y }) => {
      const steps = x.length - 1;
      const bad = Array.from(x).findIndex((value, i) => !Number.isFinite(value) || !Number.isFinite(y[i]!));
      const off = Array.from(x).filter(
        (value, i) => value < grid.x1[0] || value > grid.x1[1] || y[i]! < grid.x2[0] || y[i]! > grid.x2[1],
      ).length;
      const end =
        bad >= 0
          ? `is not finite from step ${bad}`
          : `ends at (${formatNumber(x[steps]!)}, ${formatNumber(y[steps]!)})`;
      const left = off > 0 ? `, ${off} of its points off the picture` : "";
      return `${name} takes ${steps} steps and ${end}${left}.`;
    })
    .join(" ");
}
