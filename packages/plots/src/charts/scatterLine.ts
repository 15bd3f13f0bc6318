// Points (x, y) with the straight line or the curve that was fitted to them.

import { seriesColor } from "../color/series.ts";
import { fail, requireFinite, requireLength, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { openPath, type Point, simplify } from "../geometry/path.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { circles, hollowMarker } from "../marks/markers.ts";
import type { LegendItem, Mark, PointsMark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { counted, formatCount, formatNumber } from "../text/format.ts";

/** A straight line y = slope·x + intercept, or at least two points of a curve with ascending x. */
export type FittedLine =
  | { readonly slope: number; readonly intercept: number }
  | { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };

/** The spec of `scatterLine`. */
export interface ScatterLine extends Spec {
  readonly kind: "scatterLine";
  /** First coordinate of each point, finite; at least one point. */
  readonly x: ArrayLike<number>;
  /** Second coordinate of each point, finite, one for each of `x`. */
  readonly y: ArrayLike<number>;
  /** Whether the marker of each point is hollow, for rows that were held out. Default: none. */
  readonly hollow?: ArrayLike<boolean>;
  /** The fitted line or curve. Default: none. */
  readonly line?: FittedLine;
  /** Name of the horizontal axis. Default: "x". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "y". */
  readonly yName: string;
  /** Name of the points in the legend. Default: "data". */
  readonly pointsName: string;
  /** Name of the line in the legend. Default: "fitted line". */
  readonly lineName: string;
}

/**
 * Points (x, y) and the line that was fitted to them.
 *
 * @throws RangeError when there is no point, when lengths differ, or when a number is not finite
 *
 * @example
 * ```ts
 * import { draw, scatterLine } from "@downhill/plots";
 *
 * const line = { slope: 2.1, intercept: -0.2 };
 * const svg = draw(scatterLine({ title: "A fitted line", x: [0, 1, 2, 3], y: [0, 2, 3.9, 6.2], line }));
 * ```
 */
export function scatterLine({
  xName = "x",
  yName = "y",
  pointsName = "data",
  lineName = "fitted line",
  ...rest
}: Input<ScatterLine, "xName" | "yName" | "pointsName" | "lineName">): ScatterLine {
  requireTexts("scatterLine", { xName, yName, pointsName, lineName, ...textOf(rest) });
  requireFinite("scatterLine", { x: rest.x, y: rest.y });
  requireLength("scatterLine", { y: rest.y, ...(rest.hollow && { hollow: rest.hollow }) }, { x: rest.x.length });
  const { line } = rest;
  if (line !== undefined && "slope" in line)
    requireFinite("scatterLine", { "line.slope": line.slope, "line.intercept": line.intercept });
  else if (line !== undefined) {
    requireFinite("scatterLine", { "line.x": line.x, "line.y": line.y });
    requireLength("scatterLine", { "line.y": line.y }, { "line.x": line.x.length });
    if (line.x.length < 2)
      fail("scatterLine", `line.x must have at least two values, got ${line.x.length}. Add a point of the line.`);
  }
  return {
    ...rest,
    xName,
    yName,
    pointsName,
    lineName,
    kind: "scatterLine",
    [drawing]: { defaultSize: standardSize, layout },
  };
}

/** Width of the line [px]. */
const lineWidth = 2.25;
/** Free space around the points as a share of each axis. */
const padding = { x: 0.04, y: 0.05 };
/** The table has this number of rows at most. */
const maxRows = 200;

function layout(spec: ScatterLine, size: Size): Scene {
  const { line, x: xs, y: ys } = spec;
  const corners = cornersOf(spec);
  const [lineXs, lineYs] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: padded(extentOf(xs, lineXs)!, padding.x) },
      y: { name: spec.yName, scale: "linear", domain: padded(extentOf(ys, lineYs)!, padding.y) },
      legend: line === undefined ? [] : items(spec),
    },
    size,
  );
  const points = (isHollow: boolean): PointsMark =>
    circles({ xs, ys }, frame, { color: seriesColor(0), series: 0 }, (i) => (spec.hollow?.[i] ?? false) === isHollow);
  const marks: Mark[] = [points(false)];
  if (spec.hollow !== undefined) marks.push({ ...points(true), ...hollowMarker(seriesColor(0)), opacity: 1 });
  if (corners.length > 0) {
    const d = openPath(
      simplify(
        corners.map(([x, y]): Point => [frame.x(x), frame.y(y)]),
        0.1,
      ),
    );
    marks.push({ kind: "path", d, stroke: seriesColor(1), width: lineWidth, series: 1 });
  }
  const formula = line !== undefined && "slope" in line ? `: ${equation(spec, line.slope, line.intercept)}` : "";
  const withLine = line === undefined ? "" : ` with the ${spec.lineName}${formula}`;
  return finish(frame, marks, {
    title: spec.title,
    caption: `${counted(xs.length, "point")} of ${spec.yName} against ${spec.xName}${withLine}.`,
    series: [
      { name: spec.pointsName, count: xs.length },
      ...(line === undefined ? [] : [{ name: spec.lineName, count: corners.length }]),
    ],
    table: {
      columns: [spec.xName, spec.yName],
      rows: Array.from({ length: Math.min(maxRows, xs.length) }, (_, i) => [xs[i]!, ys[i]!]),
      ...(xs.length > maxRows ? { note: `The first ${maxRows} of ${formatCount(xs.length)} points.` } : {}),
    },
  });
}

/** The points that the line connects; none without a line. */
function cornersOf({ line, x }: ScatterLine): readonly Point[] {
  if (line === undefined) return [];
  if ("slope" in line) return extentOf(x)!.map((at): Point => [at, line.slope * at + line.intercept]);
  return Array.from(line.x, (at, i): Point => [at, line.y[i]!]);
}

function equation({ xName, yName }: ScatterLine, slope: number, intercept: number): string {
  const sign = intercept < 0 ? "−" : "+";
  return `${yName} = ${formatNumber(slope)} ${xName} ${sign} ${formatNumber(Math.abs(intercept))}`;
}

function items({ pointsName, lineName }: ScatterLine): LegendItem[] {
  return [
    { name: pointsName, key: { marker: { shape: "circle", fill: seriesColor(0) } } },
    { name: lineName, key: { line: { stroke: seriesColor(1), width: lineWidth, dash: [] } } },
  ];
}
