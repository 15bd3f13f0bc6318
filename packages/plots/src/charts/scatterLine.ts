// Points (x, y) with the straight line or the curve that was fitted to them.

import { seriesColor } from "../color/series.ts";
import { ink, paper } from "../color/theme.ts";
import { fail, requireFinite, requireLength, requireOneOf, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { closedPath, openPath, type Point, simplify } from "../geometry/path.ts";
import { finish, frameOf, type Plot } from "../layout/frame.ts";
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
  /**
   * How far above its y each point is drawn, finite, for points that would cover each other otherwise. The table has the numbers without
   * it. Default: 0.
   */
  readonly shift?: ArrayLike<number>;
  /** The fitted line or curve. Default: none. */
  readonly line?: FittedLine;
  /** A second line, dashed, to compare the fitted one with. Default: none. */
  readonly reference?: FittedLine & { readonly name: string };
  /** The errors of the fitted line: from each point to the predicted value for it. Default: not drawn. */
  readonly residuals?: {
    /** The predicted value of each point, finite, one for each of `x`. */
    readonly predicted: ArrayLike<number>;
    /** A line from each point, or a square on this line. */
    readonly form: "sticks" | "squares";
  };
  /** Points of the fitted line that can be moved, as [x, y]; they get large markers. Default: none. */
  readonly handles?: readonly (readonly [x: number, y: number])[];
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
  const { hollow, shift } = rest;
  const lists = { ...(hollow && { hollow }), ...(shift && { shift }) };
  requireFinite("scatterLine", { ...(shift && { shift }) });
  requireLength("scatterLine", { y: rest.y, ...lists }, { x: rest.x.length });
  const { residuals, handles = [] } = rest;
  checkLine("line", rest.line);
  checkLine("reference", rest.reference);
  requireTexts("scatterLine", { "reference.name": rest.reference?.name });
  for (const [i, handle] of handles.entries()) requireFinite("scatterLine", { [`handles[${i}]`]: handle });
  if (residuals !== undefined) {
    requireFinite("scatterLine", { "residuals.predicted": residuals.predicted });
    requireLength("scatterLine", { "residuals.predicted": residuals.predicted }, { x: rest.x.length });
    requireOneOf("scatterLine", { "residuals.form": residuals.form }, ["sticks", "squares"]);
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

function checkLine(name: string, line: FittedLine | undefined): void {
  if (line === undefined) return;
  if ("slope" in line) {
    requireFinite("scatterLine", { [`${name}.slope`]: line.slope, [`${name}.intercept`]: line.intercept });
    return;
  }
  requireFinite("scatterLine", { [`${name}.x`]: line.x, [`${name}.y`]: line.y });
  requireLength("scatterLine", { [`${name}.y`]: line.y }, { [`${name}.x`]: line.x.length });
  if (line.x.length < 2)
    fail("scatterLine", `${name}.x must have at least two values, got ${line.x.length}. Add a point of the line.`);
}

/** Width of the line [px]. */
const lineWidth = 2.25;
const referenceStyle = { width: 1.75, dash: [6, 3] } as const;
/** Free space around the points as a share of each axis. */
const padding = { x: 0.04, y: 0.05 };
/** The table has this number of rows at most. */
const maxRows = 200;

function layout(spec: ScatterLine, size: Size): Scene {
  const { line, reference, handles = [], shift, x: xs, y: ys } = spec;
  const heights = Float64Array.from(ys, (y, i) => y + (shift?.[i] ?? 0));
  const corners = cornersOf(line, xs);
  const compared = cornersOf(reference, xs);
  const lineXs = [...corners, ...compared, ...handles].map(([x]) => x);
  const lineYs = [...corners, ...compared, ...handles].map(([, y]) => y);
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: padded(extentOf(xs, lineXs)!, padding.x) },
      y: { name: spec.yName, scale: "linear", domain: padded(extentOf(heights, lineYs)!, padding.y) },
      legend: line === undefined && reference === undefined ? [] : items(spec),
    },
    size,
  );
  const points = (isHollow: boolean): PointsMark =>
    circles(
      { xs, ys: heights },
      frame,
      { color: seriesColor(0), series: 0 },
      (i) => (spec.hollow?.[i] ?? false) === isHollow,
    );
  const marks: Mark[] = [...residualMarks(spec, frame), points(false)];
  if (spec.hollow !== undefined) marks.push({ ...points(true), ...hollowMarker(seriesColor(0)), opacity: 1 });
  const pathOf = (list: readonly Point[]): string =>
    openPath(
      simplify(
        list.map(([x, y]): Point => [frame.x(x), frame.y(y)]),
        0.1,
      ),
    );
  if (compared.length > 0) marks.push({ kind: "path", d: pathOf(compared), stroke: ink, ...referenceStyle, series: 2 });
  if (corners.length > 0)
    marks.push({ kind: "path", d: pathOf(corners), stroke: seriesColor(1), width: lineWidth, series: 1 });
  if (handles.length > 0)
    marks.push({
      kind: "points",
      shape: "circle",
      xs: handles.map(([x]) => frame.x(x)),
      ys: handles.map(([, y]) => frame.y(y)),
      ...{ radius: 7, fill: paper, stroke: seriesColor(1), width: 2.25, series: 1 },
    });
  const formula = line !== undefined && "slope" in line ? `: ${equation(spec, line.slope, line.intercept)}` : "";
  const withLine = line === undefined ? "" : ` with the ${spec.lineName}${formula}`;
  const drawn = finish(frame, marks, {
    title: spec.title,
    caption: `${counted(xs.length, "point")} of ${spec.yName} against ${spec.xName}${withLine}.`,
    series: [
      { name: spec.pointsName, count: xs.length },
      ...(line === undefined ? [] : [{ name: spec.lineName, count: corners.length }]),
      ...(reference === undefined ? [] : [{ name: reference.name, count: compared.length }]),
    ],
    table: {
      columns: [spec.xName, spec.yName, ...(spec.residuals ? ["predicted"] : [])],
      rows: Array.from({ length: Math.min(maxRows, xs.length) }, (_, i) => [
        xs[i]!,
        ys[i]!,
        ...(spec.residuals ? [spec.residuals.predicted[i]!] : []),
      ]),
      ...(xs.length > maxRows ? { note: `The first ${maxRows} of ${formatCount(xs.length)} points.` } : {}),
    },
  });
  return handles.length === 0 ? drawn : { ...drawn, handles };
}

/** The points that the line connects; none without a line. */
function cornersOf(line: FittedLine | undefined, x: ArrayLike<number>): readonly Point[] {
  if (line === undefined) return [];
  if ("slope" in line) return extentOf(x)!.map((at): Point => [at, line.slope * at + line.intercept]);
  return Array.from(line.x, (at, i): Point => [at, line.y[i]!]);
}

function equation({ xName, yName }: ScatterLine, slope: number, intercept: number): string {
  const sign = intercept < 0 ? "−" : "+";
  return `${yName} = ${formatNumber(slope)} ${xName} ${sign} ${formatNumber(Math.abs(intercept))}`;
}

/** A line or a square for each error. A square whose side is as long as the error [px] has the squared error as its area. */
function residualMarks({ residuals, x, y }: ScatterLine, frame: Plot): Mark[] {
  if (residuals === undefined) return [];
  const d: string[] = [];
  for (let i = 0; i < x.length; i++) {
    const [px, from, to] = [frame.x(x[i]!), frame.y(y[i]!), frame.y(residuals.predicted[i]!)];
    const side = Math.abs(from - to);
    const corners: Point[] = [
      [px, from],
      [px, to],
      [px + side, to],
      [px + side, from],
    ];
    d.push(residuals.form === "sticks" ? openPath(corners.slice(0, 2)) : closedPath(corners, 0));
  }
  const style = residuals.form === "sticks" ? { opacity: 0.55 } : { fill: seriesColor(1), opacity: 0.14 };
  return [{ kind: "path", d: d.join(""), stroke: seriesColor(1), width: 1, ...style, clip: frame.box, series: 3 }];
}

function items({ pointsName, lineName, line, reference, residuals }: ScatterLine): LegendItem[] {
  const fitted = { stroke: seriesColor(1), width: lineWidth, dash: [] };
  return [
    { name: pointsName, key: { marker: { shape: "circle", fill: seriesColor(0) } }, series: 0 },
    ...(line === undefined ? [] : [{ name: lineName, key: { line: fitted }, series: 1 }]),
    ...(reference === undefined
      ? []
      : [{ name: reference.name, key: { line: { stroke: ink, ...referenceStyle } }, series: 2 }]),
    ...(residuals === undefined ? [] : [{ name: "errors", key: { line: { ...fitted, width: 1 } }, series: 3 }]),
  ];
}
