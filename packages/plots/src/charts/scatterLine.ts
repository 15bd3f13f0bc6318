// Points of one variable against another with the fitted line, or curve, over them.

import { seriesColor } from "../color/series.ts";
import { paper } from "../color/theme.ts";
import { fail, requireFinite, requireLength, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { openPath, type Point, simplify } from "../geometry/path.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { positions, radiusFor } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** A straight line y = slope·x + intercept, or the corners of a curve with ascending x. */
export type FittedLine =
  | { readonly slope: number; readonly intercept: number }
  | { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };

export interface ScatterLine extends Spec {
  readonly kind: "scatterLine";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly line?: FittedLine;
  readonly xName: string;
  readonly yName: string;
  readonly pointsName: string;
  readonly lineName: string;
}

/**
 * Points (x, y) and the line fitted to them.
 *
 * @throws RangeError when there is no point, lengths differ, or a number is not finite
 */
export function scatterLine({
  xName = "x",
  yName = "y",
  pointsName = "data",
  lineName = "fitted line",
  ...rest
}: Input<ScatterLine, "xName" | "yName" | "pointsName" | "lineName">): ScatterLine {
  requireTexts("scatterLine", { xName, yName, pointsName, lineName, ...textOf(rest) });
  requireFinite("scatterLine", "x", rest.x);
  requireFinite("scatterLine", "y", rest.y);
  requireLength("scatterLine", "y", rest.y, rest.x.length, "x");
  const { line } = rest;
  if (line !== undefined && "slope" in line) requireFinite("scatterLine", "line", [line.slope, line.intercept]);
  else if (line !== undefined) {
    requireFinite("scatterLine", "line.x", line.x);
    requireFinite("scatterLine", "line.y", line.y);
    requireLength("scatterLine", "line.y", line.y, line.x.length, "line.x");
    if (line.x.length < 2) fail("scatterLine", "line.x", "have at least two values", line.x.length, "Add a corner.");
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

function layout(spec: ScatterLine, size: Size): Scene {
  const { line } = spec;
  const [low, high] = extentOf(spec.x)!;
  const corners: readonly Point[] =
    line === undefined
      ? []
      : "slope" in line
        ? [low, high].map((at): Point => [at, line.slope * at + line.intercept])
        : Array.from(line.x, (at, i): Point => [at, line.y[i]!]);
  const frame = frameOf(
    {
      words: spec,
      x: {
        name: spec.xName,
        scale: "linear",
        domain: padded(
          extentOf(
            spec.x,
            corners.map(([x]) => x),
          )!,
          0.04,
        ),
      },
      y: {
        name: spec.yName,
        scale: "linear",
        domain: padded(
          extentOf(
            spec.y,
            corners.map(([, y]) => y),
          )!,
          0.05,
        ),
      },
      legend: line === undefined ? [] : items(spec),
    },
    size,
  );
  const marks: Mark[] = [
    {
      kind: "points",
      shape: "circle",
      ...positions(spec.x, spec.y, frame),
      radius: radiusFor(spec.x.length),
      fill: seriesColor(0),
      stroke: paper,
      width: 0.8,
      opacity: 0.75,
      series: 0,
    },
  ];
  if (corners.length > 0) {
    const points = corners.map(([x, y]): Point => [frame.x(x), frame.y(y)]);
    const d = openPath(simplify(points, 0.1));
    marks.push({ kind: "path", d, stroke: paper, width: 5, opacity: 0.8, series: 1 });
    marks.push({ kind: "path", d, stroke: seriesColor(1), width: 2.25, series: 1 });
  }
  const formula = line !== undefined && "slope" in line ? `: ${equation(spec, line.slope, line.intercept)}` : "";
  const what = line === undefined ? "" : ` with the ${spec.lineName}${formula}`;
  return finish(frame, marks, {
    title: spec.title,
    caption: `${formatCount(spec.x.length)} points of ${spec.yName} against ${spec.xName}${what}.`,
    series: [
      { name: spec.pointsName, count: spec.x.length },
      ...(line === undefined ? [] : [{ name: spec.lineName, count: corners.length }]),
    ],
    table: {
      columns: [spec.xName, spec.yName],
      rows: Array.from({ length: Math.min(200, spec.x.length) }, (_, i) => [spec.x[i]!, spec.y[i]!]),
      ...(spec.x.length > 200 ? { note: `The first 200 of ${formatCount(spec.x.length)} points.` } : {}),
    },
  });
}

function equation({ xName, yName }: ScatterLine, slope: number, intercept: number): string {
  const sign = intercept < 0 ? "−" : "+";
  return `${yName} = ${formatNumber(slope)} ${xName} ${sign} ${formatNumber(Math.abs(intercept))}`;
}

function items({ pointsName, lineName }: ScatterLine): LegendItem[] {
  return [
    { name: pointsName, key: { marker: { shape: "circle", fill: seriesColor(0) } } },
    { name: lineName, key: { line: { stroke: seriesColor(1), width: 2.25, dash: [] } } },
  ];
}
