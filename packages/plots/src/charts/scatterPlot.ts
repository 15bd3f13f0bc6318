// Points of one variable against another, in one or several groups.

import { seriesColor, seriesShape } from "../color/series.ts";
import { paper } from "../color/theme.ts";
import { requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { type Curve, checkCurves } from "../marks/curves.ts";
import { positions, radiusFor } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { counted } from "../text/format.ts";

/** The spec of `scatterPlot`. */
export interface ScatterPlot extends Spec {
  readonly kind: "scatterPlot";
  /** The groups of points, at least one. Each group has its own colour and its own marker. */
  readonly groups: readonly Curve[];
  /** Name of the horizontal axis. Default: "x". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "y". */
  readonly yName: string;
}

/**
 * Points (x, y) in groups. With a fitted line, use `scatterLine`.
 *
 * @throws RangeError when there is no group, lengths differ, or a number is not finite
 *
 * @example
 * ```ts
 * import { draw, scatterPlot } from "@downhill/plots";
 *
 * const groups = [{ name: "oak", x: [1, 2], y: [3, 5] }, { name: "ash", x: [4, 5], y: [2, 1] }];
 * const svg = draw(scatterPlot({ title: "Leaves", groups, xName: "length [cm]", yName: "width [cm]" }));
 * ```
 */
export function scatterPlot({ xName = "x", yName = "y", ...rest }: Input<ScatterPlot, "xName" | "yName">): ScatterPlot {
  requireTexts("scatterPlot", { xName, yName, ...textOf(rest) });
  checkCurves("scatterPlot", "groups", rest.groups);
  return { ...rest, xName, yName, kind: "scatterPlot", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: ScatterPlot, size: Size): Scene {
  const { groups, xName, yName } = spec;
  const names = groups.map(({ name }, i) => name ?? (groups.length > 1 ? `group ${i + 1}` : ""));
  const count = groups.reduce((sum, { x }) => sum + x.length, 0);
  const legend = names.flatMap((name, i): LegendItem[] =>
    name === "" ? [] : [{ name, key: { marker: { shape: seriesShape(i), fill: seriesColor(i) } }, series: i }],
  );
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: "linear", domain: padded(extentOf(...groups.map(({ x }) => x))!, 0.04) },
      y: { name: yName, scale: "linear", domain: padded(extentOf(...groups.map(({ y }) => y))!, 0.05) },
      legend,
    },
    size,
  );
  const marks = groups.map(
    ({ x, y }, i): Mark => ({
      kind: "points",
      shape: seriesShape(i),
      ...positions({ xs: x, ys: y }, frame),
      radius: radiusFor(count),
      fill: seriesColor(i),
      stroke: paper,
      width: 0.8,
      opacity: 0.8,
      series: i,
    }),
  );
  const points = groups.flatMap(({ x, y }, i) => Array.from(x, (value, k) => [names[i]!, value, y[k]!] as const));
  const parts = groups.length === 1 ? "" : ` in ${groups.length} groups`;
  return finish(frame, marks, {
    title: spec.title,
    caption: `${counted(count, "point")} of ${yName} against ${xName}${parts}.`,
    series: groups.map(({ x }, i) => ({ name: names[i]!, count: x.length })),
    table: firstRows(["Group", xName, yName], count, (i) => points[i]!),
  });
}
