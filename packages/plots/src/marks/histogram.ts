// Bars of bins over two axes, for every chart that shows a distribution.

import { seriesColor, seriesDash } from "../color/series.ts";
import { binsOf, type NumberGroup } from "../data/bins.ts";
import { padded } from "../data/range.ts";
import { openPath, type Point } from "../geometry/path.ts";
import { type Frame, finish, frameOf, type Plot } from "../layout/frame.ts";
import type { LegendItem, Mark, RuleMark, Scene, Size } from "../scene/scene.ts";
import type { ChartText } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { counted, formatCount, formatNumber } from "../text/format.ts";

/** What a chart of bins draws. */
export interface HistogramPlan {
  readonly groups: readonly (NumberGroup & { readonly name: string })[];
  readonly bins: number | undefined;
  readonly height: "count" | "share";
  readonly xName: string;
  readonly yName: string;
  /** Marks over the bars. */
  readonly over: (frame: Frame) => readonly Mark[];
  /** Entries of the legend for these marks. */
  readonly overItems: readonly LegendItem[];
  /** A sentence after the caption; may be empty. */
  readonly remark: string;
}

/** The scene of a chart of bins. */
export function histogramScene(text: ChartText, size: Size, plan: HistogramPlan): Scene {
  const { groups, xName, yName } = plan;
  const { edges, counts } = binsOf(groups, plan.bins);
  const heights = counts.map((bins, i) =>
    plan.height === "share" ? bins.map((count) => count / groups[i]!.values.length) : bins,
  );
  const tallest = heights.flat().reduce((a, b) => Math.max(a, b), 0);
  const frame = frameOf(
    {
      text,
      x: { name: xName, scale: "linear", domain: padded([edges[0]!, edges.at(-1)!], 0.02) },
      y: { name: yName, scale: "linear", domain: [0, tallest * 1.05], integers: plan.height === "count" },
      legend: [...groupItems(groups.map(({ name }) => name)), ...plan.overItems],
      lines: "horizontal",
    },
    size,
  );
  const marks = heights.flatMap((each, i) =>
    groupMarks(edges, each, { series: i, several: groups.length > 1, plot: frame }),
  );
  const total = groups.reduce((sum, { values }) => sum + values.length, 0);
  const bin = (k: number): string => `${formatNumber(edges[k]!)} to ${formatNumber(edges[k + 1]!)}`;
  const most = counts
    .flatMap((bins, i) => bins.map((count, k) => ({ count, k, i })))
    .sort((a, b) => b.count - a.count)[0]!;
  const label = groups.length > 1 ? ` of ${groups[most.i]!.name}` : "";
  const caption =
    `${xName === "" ? "" : `${xName}: `}${counted(total, "value")} in ${counted(edges.length - 1, "bin")}. ` +
    `The fullest bin holds ${formatCount(most.count)}${label}: from ${bin(most.k)}.${plan.remark === "" ? "" : ` ${plan.remark}`}`;
  return finish(frame, [...marks, ...plan.over(frame)], {
    title: text.title,
    caption,
    series: groups.map(({ name, values }) => ({ name, count: values.length })),
    table: firstRows(
      ["From", "To", ...groups.map(({ name }) => (name === "" ? "Count" : `Count, ${name}`))],
      edges.length - 1,
      (k) => [edges[k]!, edges[k + 1]!, ...counts.map((bins) => bins[k]!)],
    ),
  });
}

/** The entries of the legend; a single group without a name has none. */
function groupItems(names: readonly string[]): LegendItem[] {
  return names.flatMap((name, i) => (name === "" ? [] : [{ name, key: { swatch: seriesColor(i) } }]));
}

/** The bars of group i: translucent when there are several, with an outline in the dash pattern of the group. */
function groupMarks(
  edges: readonly number[],
  heights: readonly number[],
  { series, several, plot }: { series: number; several: boolean; plot: Plot },
): Mark[] {
  const bottom = plot.y(0);
  const cells = heights.flatMap((height, k) => {
    if (height === 0) return [];
    const [left, right, top] = [plot.x(edges[k]!), plot.x(edges[k + 1]!), plot.y(height)];
    const gap = !several && right - left > 4 ? 1 : 0;
    return [[left + gap / 2, top, Math.max(0.5, right - left - gap), bottom - top] as const];
  });
  const bars: Mark = { kind: "rects", cells, fill: seriesColor(series), series, ...(several ? { opacity: 0.3 } : {}) };
  if (!several) return [bars];
  const outline: Point[] = [[plot.x(edges[0]!), bottom]];
  for (const [k, height] of heights.entries()) {
    const y = plot.y(height);
    outline.push([plot.x(edges[k]!), y], [plot.x(edges[k + 1]!), y]);
  }
  outline.push([plot.x(edges.at(-1)!), bottom]);
  const d = openPath(outline);
  return [bars, { kind: "path", d, stroke: seriesColor(series), width: 1.75, dash: seriesDash(series), series }];
}

/** A vertical line at a value, if the plot contains the value. */
export function lineAt(value: number, { x, box }: Plot, style: Pick<RuleMark, "stroke" | "width" | "dash">): Mark[] {
  const at = x(value);
  if (at < box.x || at > box.x + box.width) return [];
  return [{ kind: "rule", from: [at, box.y], to: [at, box.y + box.height], ...style }];
}
