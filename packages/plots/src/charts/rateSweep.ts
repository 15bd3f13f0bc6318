// The results of short runs with several learning rates. Runs without a loss have a row of their own, above all others.

import { seriesColor, seriesDash } from "../color/series.ts";
import { borderColor, gridColor, ink, paper } from "../color/theme.ts";
import { fail, requireFinite, requireSome, requireTexts } from "../data/check.ts";
import { extentOf, padded, paddedLog, type Range } from "../data/range.ts";
import { openPath, type Point } from "../geometry/path.ts";
import { verticalTicks } from "../layout/axis.ts";
import { finish, frameOf } from "../layout/frame.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** A short run with one learning rate. */
export interface SweptRate {
  /** Above 0. */
  readonly learningRate: number;
  /** The loss at the end; null if the run diverged or ended above its start. */
  readonly loss: number | null;
  /** Why there is no loss. Default: "diverged". */
  readonly outcome?: "diverged" | "ended above its start";
}

/** The spec of `rateSweep`. */
export interface RateSweepChart extends Spec {
  readonly kind: "rateSweep";
  /** The runs, at least one. */
  readonly trials: readonly SweptRate[];
  /** Learning rates that a vertical line marks; the legend has the name and the rate. Default: none. */
  readonly marks: readonly { readonly name: string; readonly at: number }[];
  /** Name of the vertical axis. Default: "Loss". */
  readonly yName: string;
}

const rowHeight = 26; // of the row of the runs without a loss [px]
const free = 0.06; // of the vertical axis, below and above the losses

/**
 * The loss at the end of short runs against their learning rates, on a logarithmic axis. Runs that diverged or ended above
 * their start have no loss: each has a triangle or a square in a row at the top. The vertical axis is logarithmic if all losses are above 0.
 *
 * @throws RangeError when there is no run, a learning rate is not above 0, or a loss is not finite
 *
 * @example
 * ```ts
 * import { draw, rateSweep } from "@downhill/plots";
 *
 * const trials = [{ learningRate: 0.01, loss: 0.6 }, { learningRate: 0.1, loss: 0.2 }, { learningRate: 1, loss: null }];
 * const svg = draw(rateSweep({ title: "Loss after 300 updates", trials, marks: [{ name: "best", at: 0.1 }] }));
 * ```
 */
export function rateSweep({
  marks = [],
  yName = "Loss",
  ...rest
}: Input<RateSweepChart, "marks" | "yName">): RateSweepChart {
  const functionName = "rateSweep";
  requireTexts(functionName, { yName, ...textOf(rest) });
  requireSome(functionName, { trials: rest.trials });
  const requireRate = (name: string, rate: number): void => {
    requireFinite(functionName, { [name]: rate });
    if (!(rate > 0)) fail(functionName, `${name} must be above 0, got ${rate}. Remove or correct the value.`);
  };
  for (const [i, { learningRate, loss }] of rest.trials.entries()) {
    requireRate(`trials[${i}].learningRate`, learningRate);
    if (loss !== null) requireFinite(functionName, { [`trials[${i}].loss`]: loss });
  }
  for (const [i, { name, at }] of marks.entries()) {
    requireTexts(functionName, { [`marks[${i}].name`]: name });
    requireRate(`marks[${i}].at`, at);
  }
  return { ...rest, marks, yName, kind: "rateSweep", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: RateSweepChart, size: Size): Scene {
  const { trials, marks, yName } = spec;
  const finite = trials.flatMap(({ learningRate, loss }) => (loss === null ? [] : [{ learningRate, loss }]));
  const without = trials.filter(({ loss }) => loss === null);
  const rose = without.filter(({ outcome }) => outcome === "ended above its start");
  const diverged = without.filter((trial) => !rose.includes(trial));
  const losses = finite.map(({ loss }) => loss);
  const scale = losses.every((loss) => loss > 0) ? "log" : "linear";
  const extent = extentOf(losses) ?? [0.1, 1];
  const inner = scale === "log" ? paddedLog(extent, free) : padded(extent, free);
  // The axis continues above the losses, where the row of the runs without a loss is; it has no ticks there.
  const taken = without.length === 0 ? 0 : rowHeight / Math.max(90, 0.6 * size.height);
  const domain = extended(inner, taken, scale);
  const ticks = verticalTicks({ name: "", scale, domain: inner }, [0.6 * size.height * (1 - taken), 0]);
  const legend: LegendItem[] = [
    ...(diverged.length === 0
      ? []
      : [{ name: "diverged", key: { marker: { shape: "triangle" as const, stroke: seriesColor(1) } }, series: 1 }]),
    ...(rose.length === 0
      ? []
      : [
          {
            name: "ended above its start",
            key: { marker: { shape: "square" as const, stroke: seriesColor(2) } },
            series: 2,
          },
        ]),
    ...marks.map(({ name, at }, i) => ({
      name: `${name}: ${formatNumber(at)}`,
      key: { line: { stroke: ink, width: 1.5, dash: seriesDash(i + 1) } },
    })),
  ];
  const frame = frameOf(
    {
      text: spec,
      x: {
        name: "Learning rate",
        scale: "log",
        domain: paddedLog(
          extentOf(
            trials.map(({ learningRate }) => learningRate),
            marks.map(({ at }) => at),
          )!,
          0.03,
        ),
      },
      y: { name: yName, scale, domain, ticks },
      legend,
    },
    size,
  );
  const { box } = frame;
  const row = without.length === 0 ? 0 : Math.min(rowHeight, box.height * taken + 4);
  const color = seriesColor(0);
  const points = finite.map(({ learningRate, loss }): Point => [frame.x(learningRate), frame.y(loss)]);
  const data: Mark[] = [
    ...(row === 0
      ? []
      : ([
          { kind: "rects", cells: [[box.x, box.y, box.width, row]], fill: gridColor },
          {
            kind: "rule",
            from: [box.x, box.y + row],
            to: [box.x + box.width, box.y + row],
            stroke: borderColor,
            width: 1,
          },
        ] as const)),
    ...marks.map(({ at }, i): Mark => {
      const x = frame.x(at);
      return {
        kind: "rule",
        from: [x, box.y],
        to: [x, box.y + box.height],
        stroke: ink,
        width: 1.5,
        dash: seriesDash(i + 1),
      };
    }),
    ...(points.length > 1 ? [{ kind: "path" as const, d: openPath(points), stroke: color, width: 2, series: 0 }] : []),
    markers("circle", points, { fill: color, stroke: paper, width: 0.8 }, 0),
    markers(
      "triangle",
      diverged.map(({ learningRate }) => [frame.x(learningRate), box.y + row / 2]),
      { stroke: seriesColor(1), width: 1.5 },
      1,
    ),
    markers(
      "square",
      rose.map(({ learningRate }) => [frame.x(learningRate), box.y + row / 2]),
      { stroke: seriesColor(2), width: 1.5 },
      2,
    ),
  ];
  return finish(
    frame,
    data.filter((mark) => mark.kind !== "points" || mark.xs.length > 0),
    {
      title: spec.title,
      caption: captionOf(spec, finite, { diverged: diverged.length, rose: rose.length }),
      series: [
        { name: "finished", count: finite.length },
        { name: "diverged", count: diverged.length },
        ...(rose.length === 0 ? [] : [{ name: "ended above its start", count: rose.length }]),
      ],
      table: firstRows(["Learning rate", yName], trials.length, (i) => [
        trials[i]!.learningRate,
        trials[i]!.loss ?? trials[i]!.outcome ?? "diverged",
      ]),
    },
  );
}

/** The range, longer at its upper end so that the new part takes `share` of it. */
function extended([low, high]: Range, share: number, scale: "linear" | "log"): Range {
  const factor = 1 / (1 - share);
  if (scale === "linear") return [low, low + (high - low) * factor];
  const logs = Math.log10(low) + (Math.log10(high) - Math.log10(low)) * factor;
  return [low, 10 ** Math.min(logs, 307)];
}

const markers = (
  shape: "circle" | "triangle" | "square",
  at: readonly Point[],
  style: {
    readonly fill?: readonly [string, string];
    readonly stroke: readonly [string, string];
    readonly width: number;
  },
  series: number,
): Mark => ({ kind: "points", shape, xs: at.map(([x]) => x), ys: at.map(([, y]) => y), radius: 4.5, ...style, series });

function captionOf(
  { yName, trials }: RateSweepChart,
  finite: readonly { readonly learningRate: number; readonly loss: number }[],
  { diverged, rose }: { readonly diverged: number; readonly rose: number },
): string {
  const share = (count: number): string => `${formatCount(count)} of ${formatCount(trials.length)} runs`;
  const lost =
    (diverged === 0 ? "No run diverged." : `${share(diverged)} diverged.`) +
    (rose === 0 ? "" : ` ${share(rose)} ended above the start.`);
  if (finite.length === 0) return lost;
  const best = finite.reduce((lowest, each) => (each.loss < lowest.loss ? each : lowest));
  return `${yName} is lowest, ${formatNumber(best.loss)}, with the learning rate ${formatNumber(best.learningRate)}. ${lost}`;
}
