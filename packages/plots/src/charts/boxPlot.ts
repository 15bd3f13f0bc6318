// The spread of values in groups: a box for the quartiles, whiskers and single points for the other values.

import { quantileSorted } from "d3-array";
import { seriesColor } from "../color/series.ts";
import { ink, paper } from "../color/theme.ts";
import { fail, requireFinite, requireSome, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { type Frame, finish, frameOf } from "../layout/frame.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { counted, formatNumber } from "../text/format.ts";

/** The values of one box. */
export interface BoxGroup {
  /** Written beside the box. */
  readonly name: string;
  /** The values, finite; at least one. */
  readonly values: ArrayLike<number>;
}

/** The spec of `boxPlot`. */
export interface BoxPlot extends Spec {
  readonly kind: "boxPlot";
  /** The groups from above, 1 to 60. */
  readonly groups: readonly BoxGroup[];
  /** Name of the values. Default: "Value". */
  readonly xName: string;
}

const maxGroups = 60;
const reach = 1.5; // a whisker ends at the last value within this many interquartile ranges of the box (Tukey, 1977)
const maxOutliers = 400; // of one group; more points would cover each other

/**
 * A box for each group: it runs from the first to the third quartile (by linear interpolation), with a line at the median. A
 * whisker ends at the last value within 1.5 interquartile ranges of the box; values beyond it are points.
 *
 * @throws RangeError when there is no group, there are more than 60, one is empty, or a value is not finite
 *
 * @example
 * ```ts
 * import { boxPlot, draw } from "@downhill/plots";
 *
 * const groups = [{ name: "oak", values: [2, 3, 3, 4, 9] }, { name: "ash", values: [1, 2, 2, 3] }];
 * const svg = draw(boxPlot({ title: "Leaves", groups, xName: "length [cm]" }));
 * ```
 */
export function boxPlot({ xName = "Value", ...rest }: Input<BoxPlot, "xName">): BoxPlot {
  const functionName = "boxPlot";
  requireTexts(functionName, { xName, ...textOf(rest) });
  requireSome(functionName, { groups: rest.groups });
  if (rest.groups.length > maxGroups) {
    fail(functionName, `groups must hold at most ${maxGroups} groups, got ${rest.groups.length}. Draw several charts.`);
  }
  for (const [i, { name, values }] of rest.groups.entries()) {
    requireTexts(functionName, { [`groups[${i}].name`]: name ?? null });
    requireFinite(functionName, { [`groups[${i}].values`]: values });
  }
  return { ...rest, xName, kind: "boxPlot", [drawing]: { defaultSize, layout } };
}

const defaultSize = ({ groups, caption, subtitle }: BoxPlot): Size => ({
  width: 640,
  height: Math.max(
    220,
    100 + groups.length * 34 + (caption === undefined ? 0 : 40) + (subtitle === undefined ? 0 : 34),
  ),
});

/** The numbers of a group that are drawn. */
interface Five {
  readonly low: number;
  readonly first: number;
  readonly median: number;
  readonly third: number;
  readonly high: number;
  readonly outliers: readonly number[];
}

function fiveOf({ values }: BoxGroup): Five {
  const sorted = Array.from(Float64Array.from(values).sort());
  const quartile = (share: number): number => quantileSorted(sorted, share)!;
  const [first, median, third] = [quartile(0.25), quartile(0.5), quartile(0.75)];
  const limit = reach * (third - first);
  const inside = sorted.filter((value) => value >= first - limit && value <= third + limit);
  const outliers = sorted.filter((value) => value < first - limit || value > third + limit);
  return { low: inside[0]!, first, median, third, high: inside.at(-1)!, outliers };
}

function layout(spec: BoxPlot, size: Size): Scene {
  const { groups, xName } = spec;
  const fives = groups.map(fiveOf);
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: "linear", domain: padded(extentOf(...groups.map(({ values }) => values))!, 0.03) },
      y: { name: "", scale: "band", domain: [0, groups.length], labels: groups.map(({ name }) => name).reverse() },
      legend: [],
      lines: "vertical",
    },
    size,
  );
  const line = frame.box.height / groups.length;
  const marks = fives.flatMap((five, row) =>
    boxMarks(five, { middle: frame.box.y + (row + 0.5) * line, half: Math.min(11, line * 0.32), series: row, frame }),
  );
  const medians = groups.slice(0, 6).map(({ name }, i) => `${name} ${formatNumber(fives[i]!.median)}`);
  const more = groups.length > 6 ? ` and ${groups.length - 6} more` : "";
  const outliers = fives.reduce((sum, five) => sum + five.outliers.length, 0);
  return finish(frame, marks, {
    title: spec.title,
    caption: `Median of ${xName}: ${medians.join(", ")}${more}. ${counted(outliers, "value is", "values are")} beyond the whiskers.`,
    series: groups.map(({ name, values }) => ({ name, count: values.length })),
    table: firstRows(
      ["Group", "Values", "Whisker from", "First quartile", "Median", "Third quartile", "Whisker to", "Beyond"],
      groups.length,
      (i) => {
        const { low, first, median, third, high, outliers } = fives[i]!;
        return [groups[i]!.name, groups[i]!.values.length, low, first, median, third, high, outliers.length];
      },
    ),
  });
}

function boxMarks(
  { low, first, median, third, high, outliers }: Five,
  { middle, half, series, frame }: { middle: number; half: number; series: number; frame: Frame },
): Mark[] {
  const { x } = frame;
  const color = seriesColor(0);
  const rule = (from: readonly [number, number], to: readonly [number, number], width: number, stroke = ink): Mark => ({
    kind: "rule",
    from,
    to,
    stroke,
    width,
    series,
  });
  const cap = (at: number): Mark => rule([x(at), middle - half / 2], [x(at), middle + half / 2], 1.25);
  const marks: Mark[] = [
    rule([x(low), middle], [x(first), middle], 1.25),
    rule([x(third), middle], [x(high), middle], 1.25),
    cap(low),
    cap(high),
    {
      kind: "rects",
      cells: [[x(first), middle - half, Math.max(0.5, x(third) - x(first)), 2 * half]],
      fill: color,
      series,
    },
    rule([x(median), middle - half], [x(median), middle + half], 2, paper),
  ];
  if (outliers.length === 0) return marks;
  const every = Math.ceil(outliers.length / maxOutliers);
  const xs = outliers.filter((_, i) => i % every === 0 || i === outliers.length - 1).map(x);
  marks.push({
    kind: "points",
    shape: "circle",
    xs,
    ys: xs.map(() => middle),
    radius: 2.6,
    stroke: ink,
    width: 1,
    opacity: 0.8,
    series,
  });
  return marks;
}
