// Horizontal bars from 0: one for each name, or several side by side for several groups.

import { seriesColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import { fail, requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatNumber } from "../text/format.ts";

/** The bars of one colour. */
export interface BarGroup {
  /** Name in the legend. Default: none for a single group, else "group 1", "group 2", … */
  readonly name?: string;
  /** The values, finite: one for each name of the chart. */
  readonly values: ArrayLike<number>;
}

/** The spec of `barChart`. */
export interface BarChart extends Spec {
  readonly kind: "barChart";
  /** Names beside the bars, from above, 1 to 100. */
  readonly names: readonly string[];
  /** The groups of bars, at least one. */
  readonly groups: readonly BarGroup[];
  /** Name of the values. Default: "Value". */
  readonly xName: string;
}

const maxNames = 100;
const thickest = 18; // of a bar [px]
const filled = 0.74; // share of its line that the bars of a name take

/**
 * Horizontal bars from 0. For the coefficients of a model, use `coefficients`, which shows their signs.
 *
 * @throws RangeError when there is no name or group, there are more than 100 names, lengths differ, or a value is not finite
 *
 * @example
 * ```ts
 * import { barChart, draw } from "@downhill/plots";
 *
 * const chart = { names: ["oak", "ash"], groups: [{ name: "precision", values: [0.9, 0.8] }, { name: "recall", values: [0.85, 0.7] }] };
 * const svg = draw(barChart({ title: "Classes", ...chart, xName: "score" }));
 * ```
 */
export function barChart({ xName = "Value", ...rest }: Input<BarChart, "xName">): BarChart {
  const functionName = "barChart";
  const { names, groups } = rest;
  requireTexts(functionName, { xName, names, ...textOf(rest) });
  requireSome(functionName, { names });
  if (names.length > maxNames) {
    fail(
      functionName,
      `names must hold at most ${maxNames} names, got ${names.length}. Draw only the largest bars, or a histogram.`,
    );
  }
  requireSome(functionName, { groups });
  for (const [i, { name, values }] of groups.entries()) {
    requireTexts(functionName, { [`groups[${i}].name`]: name });
    requireFinite(functionName, { [`groups[${i}].values`]: values });
    requireLength(functionName, { [`groups[${i}].values`]: values }, { names: names.length });
  }
  return { ...rest, xName, kind: "barChart", [drawing]: { defaultSize, layout } };
}

/** The size at which every bar can be seen and every name has a line. */
const defaultSize = ({ names, groups, caption, subtitle }: BarChart): Size => ({
  width: 640,
  height: Math.max(
    220,
    116 +
      names.length * Math.max(21, 9 * groups.length) +
      (caption === undefined ? 0 : 40) +
      (subtitle === undefined ? 0 : 34),
  ),
});

function layout(spec: BarChart, size: Size): Scene {
  const { names, groups, xName } = spec;
  const groupNames = groups.map(({ name }, i) => name ?? (groups.length > 1 ? `group ${i + 1}` : ""));
  const extent = extentOf([0], ...groups.map(({ values }) => values))!;
  const [low, high] = padded(extent, 0.03);
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: "linear", domain: [extent[0] === 0 ? 0 : low, extent[1] === 0 ? 0 : high] },
      y: { name: "", scale: "band", domain: [0, names.length], labels: [...names].reverse() },
      legend: groupNames.flatMap((name, i) => (name === "" ? [] : [{ name, key: { swatch: seriesColor(i) } }])),
      lines: "vertical",
    },
    size,
  );
  const { box } = frame;
  const line = box.height / names.length;
  const thick = Math.min(thickest, (line * filled) / groups.length);
  const zero = frame.x(0);
  const marks = groups.map(({ values }, i): Mark => {
    const cells = names.flatMap((_, row) => {
      const end = frame.x(values[row]!);
      const top = box.y + (row + 0.5) * line + (i - groups.length / 2) * thick;
      return values[row] === 0 ? [] : [[Math.min(zero, end), top, Math.max(0.5, Math.abs(end - zero)), thick] as const];
    });
    return { kind: "rects", cells, fill: seriesColor(i), series: i };
  });
  const axis: Mark = { kind: "rule", from: [zero, box.y], to: [zero, box.y + box.height], stroke: ink, width: 1 };
  const tops = groups.slice(0, 4).map(({ values }, i) => {
    const row = names.reduce((best, _, each) => (values[each]! > values[best]! ? each : best), 0);
    const group = groupNames[i] === "" ? "" : ` of ${groupNames[i]}`;
    return `The largest ${xName}${group} is ${formatNumber(values[row]!)}, for ${names[row]!}.`;
  });
  return finish(frame, [...marks, axis], {
    title: spec.title,
    caption: tops.join(" "),
    series: groupNames.map((name) => ({ name, count: names.length })),
    table: firstRows(
      ["Name", ...groupNames.map((name) => (name === "" ? xName : `${xName}, ${name}`))],
      names.length,
      (row) => [names[row]!, ...groups.map(({ values }) => values[row]!)],
    ),
  });
}
