// Curves: a line in the colour and the dash pattern of the series, with a marker at each point where the points are few.

import { seriesColor, seriesDash, seriesShape } from "../color/series.ts";
import { ink, muted, paper } from "../color/theme.ts";
import { requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { decimate } from "../geometry/decimate.ts";
import { openPath, type Point, simplify } from "../geometry/path.ts";
import type { Plot } from "../layout/frame.ts";
import type { LegendItem, Mark } from "../scene/scene.ts";
import { formatNumber } from "../text/format.ts";

/** A curve, or a group of points. */
export interface Curve {
  /** Name in the legend. Default: none for a single one, else a number. */
  readonly name?: string;
  /** Horizontal positions, finite, in the order of the line; at least one. */
  readonly x: ArrayLike<number>;
  /** Vertical positions, finite, one for each of `x`. */
  readonly y: ArrayLike<number>;
}

/** A line to compare curves with, such as that of random guessing. */
export const referenceLine = { stroke: muted, width: 1.25, dash: [4, 4] } as const;

const lineWidth = 2;
const maxMarked = 40; // more markers than this hide the line
const tolerance = 0.05; // of the simplified line [px]

/** Throws if there is no curve, or if x and y of a curve are not finite or differ in length. */
export function checkCurves(functionName: string, argument: string, curves: readonly Curve[]): void {
  requireSome(functionName, { [argument]: curves });
  for (const [i, { name, x, y }] of curves.entries()) {
    requireTexts(functionName, { [`${argument}[${i}].name`]: name });
    const [nameX, nameY] = [`${argument}[${i}].x`, `${argument}[${i}].y`];
    requireFinite(functionName, { [nameX]: x, [nameY]: y });
    requireLength(functionName, { [nameY]: y }, { [nameX]: x.length });
  }
}

/** The name of curve i: its own, or its number when there are several. */
export function curveName({ name }: Curve, i: number, count: number): string {
  return name ?? (count > 1 ? `curve ${i + 1}` : "");
}

/** The entries of the legend; a single curve without a name has none. */
export function curveItems(names: readonly string[]): LegendItem[] {
  return names.flatMap((name, i) =>
    name === ""
      ? []
      : [{ name, key: { line: { stroke: seriesColor(i), width: lineWidth, dash: seriesDash(i) } }, series: i }],
  );
}

/** A ring with a dot at a chosen point of a curve; no mark without a point. */
export function chosenPoint(point: readonly [number, number] | undefined, plot: Plot): Mark[] {
  if (point === undefined) return [];
  const at = { xs: [plot.x(point[0])], ys: [plot.y(point[1])], shape: "circle" } as const;
  return [
    { kind: "points", ...at, radius: 6.5, stroke: ink, width: 1.6 },
    { kind: "points", ...at, radius: 2.5, fill: ink },
  ];
}

/** A sentence about the chosen point, with a space before it; "" without a point. */
export const pointSentence = ({
  point,
  xName,
  yName,
}: {
  readonly point?: readonly [number, number];
  readonly xName: string;
  readonly yName: string;
}): string =>
  point === undefined
    ? ""
    : ` The chosen threshold has ${xName.toLowerCase()} ${formatNumber(point[0])} and ${yName.toLowerCase()} ${formatNumber(point[1])}.`;

/** The line of curve number i, without markers; none for a single point. */
export function curveLine({ x, y }: Curve, i: number, plot: Plot): Mark[] {
  const xs = Float64Array.from(x, plot.x);
  const ys = Float64Array.from(y, plot.y);
  const points = decimate(xs, ys).map((at): Point => [xs[at]!, ys[at]!]);
  if (points.length < 2) return [];
  const d = openPath(simplify(points, tolerance));
  return [{ kind: "path", d, stroke: seriesColor(i), width: lineWidth, dash: seriesDash(i), series: i }];
}

/** The line of curve number i, and its markers if there are few points. */
export function curveMarks(curve: Curve, i: number, plot: Plot): Mark[] {
  const line = curveLine(curve, i, plot);
  if (curve.x.length > maxMarked) return line;
  const markers: Mark = {
    kind: "points",
    shape: seriesShape(i),
    xs: Array.from(curve.x, plot.x),
    ys: Array.from(curve.y, plot.y),
    radius: 3.5,
    fill: seriesColor(i),
    stroke: paper,
    width: 0.8,
    series: i,
  };
  return [...line, markers];
}
