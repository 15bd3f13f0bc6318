// An objective over two parameters as a coloured surface with contour lines, and the paths that descents took over it.

import type { Color } from "../color/color.ts";
import { ramps } from "../color/ramps.ts";
import { ink } from "../color/theme.ts";
import { requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { checkField } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf } from "../data/range.ts";
import { checkStyle } from "../data/style.ts";
import { finish, frameOf, type Plot } from "../layout/frame.ts";
import {
  arrowDashes,
  arrowMarks,
  countOutside,
  type DescentPath,
  edgeMarks,
  firstBad,
  isInside,
  isVisible,
  pathMarks,
  pathStyle,
  pathWidth,
  white,
} from "../marks/descentPaths.ts";
import { contourLines, type Field, filledAreas, outlinesIn } from "../marks/field.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { counted, formatCount, formatNumber } from "../text/format.ts";

/** An arrow over the surface. */
export interface SurfaceArrow {
  /** Name in the legend. */
  readonly name: string;
  /** Both ends; they must be finite. */
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** The spec of `lossSurface`. */
export interface LossSurface extends Spec {
  readonly kind: "lossSurface";
  /** The grid of both parameters. Make it with `gridBetween`. */
  readonly grid: Grid;
  /** The objective at each cell of the grid, finite. */
  readonly values: ArrayLike<number>;
  /** The descents to draw. Default: none. */
  readonly paths: readonly DescentPath[];
  /** Arrows from one point to another, such as steps that other learning rates would do. Default: none. */
  readonly arrows: readonly SurfaceArrow[];
  /** Where the objective is lowest, if known. Default: not drawn. */
  readonly optimum?: readonly [x: number, y: number];
  /** Whether a colour bar is drawn. Default: true. */
  readonly colorBar: boolean;
  /** Name of the horizontal axis. Default: "first parameter". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "second parameter". */
  readonly yName: string;
}

/**
 * An objective over two parameters, with the paths of one or several descents. The levels of the colours are spaced evenly
 * in the logarithm of the height above the lowest value.
 *
 * A path may leave the grid: triangles at the edge then show where its points are, and the legend has their number. It may become
 * NaN or infinite; the description then states this.
 *
 * @throws RangeError when grid and values disagree, when a value is not finite, or when `x` and `y` of a path differ in
 *   length, and when a style is not a whole number from 0
 *
 * @example
 * ```ts
 * import { draw, gridBetween, gridRows, lossSurface } from "@downhill/plots";
 *
 * const grid = gridBetween([-2, 2], [-2, 2]);
 * const values = gridRows(grid).map(([a = 0, b = 0]) => a * a + 4 * b * b);
 * const path = { name: "descent", x: [1.8, 1, 0.5, 0.2], y: [1.5, -0.8, 0.4, 0] };
 * const svg = draw(lossSurface({ title: "A bowl", grid, values, paths: [path], optimum: [0, 0] }));
 * ```
 */
export function lossSurface({
  paths = [],
  arrows = [],
  colorBar = true,
  xName = "first parameter",
  yName = "second parameter",
  ...rest
}: Input<LossSurface, "paths" | "arrows" | "colorBar" | "xName" | "yName">): LossSurface {
  requireTexts("lossSurface", { xName, yName, ...textOf(rest) });
  checkField("lossSurface", rest.grid, { values: rest.values });
  for (const [i, path] of paths.entries()) {
    const { name, x, y } = path;
    checkStyle("lossSurface", `paths[${i}]`, path);
    requireTexts("lossSurface", { [`paths[${i}].name`]: name ?? null });
    requireSome("lossSurface", { [`paths[${i}].x`]: x });
    requireLength("lossSurface", { [`paths[${i}].y`]: y }, { [`paths[${i}].x`]: x.length });
    requireFinite("lossSurface", { [`the start of paths[${i}]`]: [x[0]!, y[0]!] });
  }
  for (const [i, { name, from, to }] of arrows.entries()) {
    requireTexts("lossSurface", { [`arrows[${i}].name`]: name ?? null });
    requireFinite("lossSurface", { [`arrows[${i}].from`]: from, [`arrows[${i}].to`]: to });
  }
  if (rest.optimum !== undefined) requireFinite("lossSurface", { optimum: rest.optimum });
  return {
    ...rest,
    paths,
    arrows,
    colorBar,
    xName,
    yName,
    kind: "lossSurface",
    [drawing]: { defaultSize: standardSize, layout },
  };
}

/** Number of levels, and how many powers of ten of height they span: from 0.03 % of the height to nearly all of it. */
const levelCount = 18;
const levelDecades = 3.6;
/** The surface has the same colours in both themes; both ends of viridis are left out, where lines could not be seen. */
const colors = Array.from({ length: levelCount + 1 }, (_, i) => ramps.surface(0.04 + (0.94 * i) / levelCount));
const black: Color = ["#16191D", "#16191D"];
/** The table has this number of points of each path at most. */
const maxRows = 50;

function layout(spec: LossSurface, size: Size): Scene {
  const { grid, values, paths, optimum } = spec;
  const [low, high] = extentOf(values)!;
  const levels = Array.from(
    { length: levelCount },
    (_, i) => low + (high - low) * 10 ** (-levelDecades * (1 - (i + 0.5) / levelCount)),
  );
  const ticks = levels.map((level, i) => ({ at: i + 1, label: formatNumber(Number(level.toPrecision(2))) }));
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: items(spec),
      ...(spec.colorBar && high > low
        ? { colorBar: { name: "Objective", scale: "linear", domain: [0, levelCount + 1], stops: colors, ticks } }
        : {}),
      lines: "border",
    },
    size,
  );
  const marks: Mark[] = [...surfaceMarks({ grid, values }, levels, frame)];
  if (optimum !== undefined) marks.push(spot(frame, "diamond", optimum, 6));
  const drawn = paths.map((path, i) => pathMarks(frame, path, i));
  marks.push(...drawn.flatMap(({ lines }) => lines), ...drawn.map(({ markers }) => markers));
  marks.push(...spec.arrows.flatMap((arrow, i) => arrowMarks(frame, arrow, { index: i, series: paths.length + i })));
  marks.push(...paths.flatMap((path, i) => edgeMarks(frame, path, i, grid)));
  const starts = new Map(paths.map(({ x, y }) => [`${x[0]} ${y[0]}`, [x[0]!, y[0]!] as const]));
  for (const start of starts.values()) marks.push(spot(frame, "circle", start, 5));
  return finish(frame, marks, {
    title: spec.title,
    caption: [
      `Objective from ${formatNumber(low)} to ${formatNumber(high)}. Across: ${spec.xName}. Up: ${spec.yName}.`,
      ...paths.map((path) => sentenceOf(path, grid)),
    ].join(" "),
    series: paths.map(({ name, x }) => ({ name, count: x.length })),
    table: {
      columns: ["Path", "Point", spec.xName, spec.yName],
      rows: paths.flatMap(({ name, x, y }) =>
        Array.from({ length: Math.min(x.length, maxRows) }, (_, i) => [name, i + 1, asCell(x[i]!), asCell(y[i]!)]),
      ),
      ...(paths.some(({ x }) => x.length > maxRows) ? { note: `The first ${maxRows} points of each path.` } : {}),
    },
  });
}

/** The surface that was drawn last: a page draws it again and again while the paths grow. */
let latest: { readonly key: string; readonly values: Float64Array; readonly marks: readonly Mark[] } | null = null;

/** The areas between the levels, and the lines between them. Those of the same field in the same place are not computed again. */
function surfaceMarks(field: Field, levels: readonly number[], frame: Plot): readonly Mark[] {
  const { grid, values } = field;
  const { columns, rows, x1, x2 } = grid;
  const place = [x1.map(frame.x), x2.map(frame.y), frame.box]; // a window moves the ends of the grid
  const key = JSON.stringify([columns, rows, x1, x2, place]);
  if (latest?.key === key && latest.values.every((value, i) => value === values[i])) return latest.marks;
  const outlines = outlinesIn(field, frame);
  const marks = filledAreas(field, outlines, levels, colors, frame);
  const [low, high] = extentOf(values)!;
  if (high > low)
    marks.push(...contourLines(levels.map(outlines), frame, { stroke: white, width: 0.5, opacity: 0.35 }));
  latest = { key, values: Float64Array.from(values), marks };
  return marks;
}

const asCell = (value: number): number | string => (Number.isFinite(value) ? value : formatNumber(value));

/** A white marker with a dark edge, which can be seen on dark and on bright colours. */
function spot(plot: Plot, shape: "diamond" | "circle", [x, y]: readonly [number, number], radius: number): Mark {
  const at = { xs: [plot.x(x)], ys: [plot.y(y)] };
  return { kind: "points", shape, ...at, radius, fill: white, stroke: black, width: 1.6, clip: plot.box };
}

/** Entries of what is in the plot, and of the points outside. */
function items({ paths, arrows, optimum, grid }: LossSurface): LegendItem[] {
  const lines = paths.flatMap((path, i): LegendItem[] => {
    const { color, strip, dash, shape } = pathStyle(path, i);
    const outside = countOutside(path, grid);
    const more: LegendItem = {
      name: `${path.name}: ${counted(outside, "point")} outside`,
      key: { marker: { shape: "triangle", fill: strip, stroke: color } },
    };
    if (!isVisible(path, grid)) return [more];
    const key = {
      line: { stroke: color, width: pathWidth, dash },
      ...(!path.faint && { marker: { shape, fill: color } }),
    };
    return [{ name: path.name, key, series: i }, ...(outside > 0 ? [more] : [])];
  });
  const mark = (name: string, shape: "circle" | "diamond"): LegendItem => ({
    name,
    key: { marker: { shape, fill: white, stroke: black } },
  });
  return [
    ...lines,
    ...arrows.map(({ name }, i) => ({
      name,
      key: { line: { stroke: ink, width: 2, dash: arrowDashes[i % arrowDashes.length]! } },
      series: paths.length + i,
    })),
    ...(paths.some(({ x, y }) => isInside(grid, x[0]!, y[0]!)) ? [mark("start", "circle")] : []),
    ...(optimum !== undefined && isInside(grid, ...optimum) ? [mark("optimum", "diamond")] : []),
  ];
}

function sentenceOf(path: DescentPath, grid: Grid): string {
  const { name, x, y } = path;
  const last = x.length - 1;
  const bad = firstBad(path);
  const outside = countOutside(path, grid);
  const at = (i: number): string => `(${formatNumber(x[i]!)}, ${formatNumber(y[i]!)})`;
  const course =
    bad >= 0
      ? `has ${counted(x.length, "point")} and is not finite from point ${formatCount(bad + 1)} on`
      : last === 0
        ? `is at ${at(0)}`
        : `goes from ${at(0)} to ${at(last)} in ${counted(x.length, "point")}`;
  const off =
    outside > 0 ? ` ${counted(outside, "of its points lies", "of its points lie")} outside of the picture.` : "";
  return `${name} ${course}.${off}`;
}
