// Lines through points, of any quantity against any other.

import { seriesColor, seriesShape } from "../color/series.ts";
import { fail, requireLength, requireOneOf, requireTexts } from "../data/check.ts";
import { extentOf, padded, paddedLog, type Range } from "../data/range.ts";
import { closedPath, type Point } from "../geometry/path.ts";
import { finish, frameOf, type Plot } from "../layout/frame.ts";
import { type Curve, checkCurves, curveItems, curveMarks, curveName } from "../marks/curves.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatNumber } from "../text/format.ts";

/** The spec of `lineChart`. */
export interface LineChart extends Spec {
  readonly kind: "lineChart";
  /** The lines, at least one. */
  readonly lines: readonly Curve[];
  /** Name of the horizontal axis. Default: "x". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "y". */
  readonly yName: string;
  /** Scale of the horizontal axis. On a logarithmic axis every value must be above 0. Default: "linear". */
  readonly xScale: "linear" | "log";
  /** Scale of the vertical axis. Default: "linear". */
  readonly yScale: "linear" | "log";
  /**
   * Whether each line is drawn above the sum of those before it, over a filled area of its own height. All lines then have the same x,
   * values that are not below 0, and a linear vertical axis. The table has the values themselves. Default: false.
   */
  readonly stacked: boolean;
}

/**
 * One or several lines through points (x, y). Lines of at most 40 points have a marker at each point.
 *
 * For losses, which may be NaN or infinite, use `lossCurve`.
 *
 * @throws RangeError when there is no line, lengths differ, a number is not finite, a value is not above 0 on a logarithmic axis, or
 *   stacked lines have a value below 0, another x or a logarithmic vertical axis
 *
 * @example
 * ```ts
 * import { draw, lineChart } from "@downhill/plots";
 *
 * const lines = [{ name: "linear", x: [1, 2, 3], y: [1, 2, 3] }, { name: "square", x: [1, 2, 3], y: [1, 4, 9] }];
 * const svg = draw(lineChart({ title: "Growth", lines }));
 * ```
 */
export function lineChart({
  xName = "x",
  yName = "y",
  xScale = "linear",
  yScale = "linear",
  stacked = false,
  ...rest
}: Input<LineChart, "xName" | "yName" | "xScale" | "yScale" | "stacked">): LineChart {
  requireTexts("lineChart", { xName, yName, ...textOf(rest) });
  requireOneOf("lineChart", { xScale, yScale }, ["linear", "log"]);
  checkCurves("lineChart", "lines", rest.lines);
  for (const [i, line] of rest.lines.entries()) {
    for (const [axis, scale] of [["x", xScale] as const, ["y", yScale] as const]) {
      const [low] = extentOf(line[axis])!;
      if (scale === "log" && low <= 0) {
        fail(
          "lineChart",
          `lines[${i}].${axis} must be above 0 on a logarithmic axis, got ${low}. Set ${axis}Scale to "linear".`,
        );
      }
    }
  }
  if (stacked) checkStack(rest.lines, yScale);
  const choices = { xName, yName, xScale, yScale, stacked };
  return { ...rest, ...choices, kind: "lineChart", [drawing]: { defaultSize: standardSize, layout } };
}

function checkStack(lines: readonly Curve[], yScale: LineChart["yScale"]): void {
  if (yScale === "log") fail("lineChart", 'yScale must be "linear" for stacked lines, got "log". Leave yScale out.');
  for (const [i, { x, y }] of lines.entries()) {
    const first = lines[0]!.x;
    requireLength("lineChart", { [`lines[${i}].x`]: x }, { "lines[0].x": first.length });
    for (let k = 0; k < x.length; k++) {
      if (x[k] !== first[k])
        fail(
          "lineChart",
          `lines[${i}].x[${k}] must be ${first[k]}, as lines[0].x[${k}], got ${x[k]}. Stack lines with the same x.`,
        );
      if (y[k]! < 0)
        fail("lineChart", `lines[${i}].y[${k}] must be at least 0, got ${y[k]}. Draw such lines without stacked.`);
    }
  }
}

/** The edges of a stack, from the lowest up: each is the sum of the lines up to its own. */
function edgesOf(lines: readonly Curve[]): Curve[] {
  const sum = new Float64Array(lines[0]!.x.length);
  return lines.map((line) => {
    for (let k = 0; k < sum.length; k++) sum[k]! += line.y[k]!;
    return { ...line, y: sum.slice() };
  });
}

/** The areas between the edges of a stack. */
function areaMarks(edges: readonly Curve[], { x, y, box }: Plot): Mark[] {
  return edges.map((edge, i) => {
    const place = (at: number, height: number): Point => [x(at), y(height)];
    const top = Array.from(edge.x, (at, k) => place(at, edge.y[k]!));
    const bottom = Array.from(edge.x, (at, k) => place(at, edges[i - 1]?.y[k] ?? 0)).reverse();
    const d = closedPath([...top, ...bottom], 0.1);
    return { kind: "path", d, fill: seriesColor(i), opacity: 0.25, clip: box, series: i };
  });
}

function layout(spec: LineChart, size: Size): Scene {
  const { lines, xName, yName, xScale, yScale, stacked } = spec;
  const drawn = stacked ? edgesOf(lines) : lines;
  const names = lines.map((line, i) => curveName(line, i, lines.length));
  const domain = (axis: "x" | "y", scale: LineChart["xScale"], share: number): Range => {
    const extent = extentOf(...drawn.map((line) => line[axis]), stacked && axis === "y" ? [0] : [])!;
    return scale === "log" ? paddedLog(extent, share) : padded(extent, share);
  };
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: xScale, domain: domain("x", xScale, 0.02) },
      y: { name: yName, scale: yScale, domain: domain("y", yScale, 0.05) },
      legend: curveItems(names).map((item) => (lines[item.series!]!.x.length === 1 ? pointItem(item) : item)),
    },
    size,
  );
  const points = lines.flatMap((line, i) => Array.from(line.x, (x, k) => [names[i]!, x, line.y[k]!] as const));
  return finish(
    frame,
    [...(stacked ? areaMarks(drawn, frame) : []), ...drawn.flatMap((line, i) => curveMarks(line, i, frame))],
    {
      title: spec.title,
      caption: captionOf(spec, names),
      series: lines.map(({ x }, i) => ({ name: names[i]!, count: x.length })),
      table: firstRows(["Line", xName, yName], points.length, (i) => points[i]!),
    },
  );
}

/** The entry of a single point: its marker. */
const pointItem = (item: LegendItem): LegendItem => ({
  ...item,
  key: { marker: { shape: seriesShape(item.series!), fill: seriesColor(item.series!) } },
});

const maxSentences = 6;

/** What is on the axes, and where each line begins and ends. */
function captionOf({ lines, xName, yName }: LineChart, names: readonly string[]): string {
  const axes = `${yName} against ${xName}`;
  const ends = ({ x, y }: Curve): string => {
    const last = x.length - 1;
    const first = `${formatNumber(y[0]!)} at ${formatNumber(x[0]!)}`;
    return last === 0
      ? `is ${first}.`
      : `goes from ${first} to ${formatNumber(y[last]!)} at ${formatNumber(x[last]!)}.`;
  };
  if (lines.length === 1 && (names[0] === "" || names[0] === yName)) return `${axes} ${ends(lines[0]!)}`;
  const sentences = lines
    .slice(0, maxSentences)
    .map((line, i) => `The ${line.x.length === 1 ? "point" : "line"} ${names[i]} ${ends(line)}`);
  const more = lines.length - maxSentences;
  return [`${axes}.`, ...sentences, ...(more > 0 ? [`The chart shows ${more} more lines.`] : [])].join(" ");
}
