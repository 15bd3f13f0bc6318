// Lines through points, of any quantity against any other.

import { seriesColor, seriesShape } from "../color/series.ts";
import { fail, requireOneOf, requireTexts } from "../data/check.ts";
import { extentOf, padded, paddedLog, type Range } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { type Curve, checkCurves, curveItems, curveMarks, curveName } from "../marks/curves.ts";
import type { LegendItem, Scene, Size } from "../scene/scene.ts";
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
}

/**
 * One or several lines through points (x, y). Lines of at most 40 points have a marker at each point.
 *
 * For losses, which may be NaN or infinite, use `lossCurve`.
 *
 * @throws RangeError when there is no line, lengths differ, a number is not finite, or a value is not above 0 on a logarithmic axis
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
  ...rest
}: Input<LineChart, "xName" | "yName" | "xScale" | "yScale">): LineChart {
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
  return { ...rest, xName, yName, xScale, yScale, kind: "lineChart", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: LineChart, size: Size): Scene {
  const { lines, xName, yName, xScale, yScale } = spec;
  const names = lines.map((line, i) => curveName(line, i, lines.length));
  const domain = (axis: "x" | "y", scale: LineChart["xScale"], share: number): Range => {
    const extent = extentOf(...lines.map((line) => line[axis]))!;
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
    lines.flatMap((line, i) => curveMarks(line, i, frame)),
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
