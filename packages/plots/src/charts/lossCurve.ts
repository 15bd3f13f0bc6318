// Loss of one or several runs. Values that cannot be drawn (NaN, ±∞, and values ≤ 0 on a logarithmic axis) have a marker in
// the plot and an entry in the legend.

import { seriesColor, seriesShape } from "../color/series.ts";
import { muted } from "../color/theme.ts";
import {
  fail,
  maxMagnitude,
  requireFinite,
  requireLength,
  requireOneOf,
  requireSome,
  requireTexts,
} from "../data/check.ts";
import { extentOf, padded, paddedLog, type Range } from "../data/range.ts";
import { checkStyle, dashOf, type SeriesStyle } from "../data/style.ts";
import { decimate } from "../geometry/decimate.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { faintWidth, type IsDrawable, type Line, lineMarks, lineWidth, tooLow } from "../marks/lines.ts";
import type { A11y, LegendItem, Mark, Scene, Size, Table } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { counted, formatCount, formatNumber } from "../text/format.ts";

/** One line of a loss curve. With a `style`, its last value has the marker of the style, unless the line is faint. */
export interface Run extends SeriesStyle {
  /** Name in the legend. Default: none for a single run, else "run 1", "run 2", … */
  readonly name?: string;
  /** The losses in their order, at least one. NaN and ±∞ are allowed and are marked. */
  readonly values: ArrayLike<number>;
  /** Whether the line is faint, thin and without dashes, and under the other lines. Default: false. */
  readonly faint?: boolean;
  /** Whether the values are means of another line. They are then left out of the table, which has measured values only. Default: false. */
  readonly smoothed?: boolean;
  /** Position of each loss on the horizontal axis, finite. Default: 0, 1, 2, … (1, 2, 3, … on a logarithmic x axis). */
  readonly x?: ArrayLike<number>;
}

/** A change at a position of the horizontal axis. */
export interface LossMark {
  readonly x: number;
  readonly name: string;
}

/** The spec of `lossCurve`. */
export interface LossCurve extends Spec {
  readonly kind: "lossCurve";
  /** The runs, at least one; each is one line. */
  readonly runs: readonly Run[];
  /** Name of the horizontal axis. Default: "Epoch". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "Loss". */
  readonly yName: string;
  /** Scale of the horizontal axis. Default: "linear". */
  readonly xScale: "linear" | "log";
  /** Scale of the vertical axis. The name of a logarithmic axis ends in "(log scale)". Default: "linear". */
  readonly yScale: "linear" | "log";
  /** The horizontal axis goes at least as far as this value, finite. Default: as far as the runs. */
  readonly xEnd?: number;
  /** The vertical axis ends at this value, finite; larger values are marked at the top and counted. Default: it contains all. */
  readonly yEnd?: number;
  /** Changes during the runs, each with a vertical line. Default: none. */
  readonly marks?: readonly LossMark[];
}

/**
 * Loss against epochs (or updates, examples, seconds), one line for each run.
 *
 * A linear vertical axis starts at 0 if no loss is negative, unless the losses differ by less than a fifth of the largest;
 * its name then states that 0 is not on the axis.
 *
 * @throws RangeError when there is no run or a run has no value, when `x` and `values` differ in length, when `x` is not
 *   finite, or not positive on a logarithmic axis, and the same for `xEnd`, and when a style is not a whole number from 0
 *
 * @example
 * ```ts
 * import { draw, lossCurve } from "@downhill/plots";
 *
 * const runs = [
 *   { name: "learning rate 0.1", values: [4, 2, 1, 0.5] },
 *   { name: "learning rate 1", values: [4, 9, 80, Number.NaN] },
 * ];
 * const svg = draw(lossCurve({ title: "Loss after each epoch", runs, yScale: "log" }));
 * ```
 */
export function lossCurve({
  xName = "Epoch",
  yName = "Loss",
  xScale = "linear",
  yScale = "linear",
  ...rest
}: Input<LossCurve, "xName" | "yName" | "xScale" | "yScale">): LossCurve {
  requireTexts("lossCurve", { xName, yName, ...textOf(rest) });
  requireOneOf("lossCurve", { xScale, yScale }, ["linear", "log"]);
  requireSome("lossCurve", { runs: rest.runs });
  const { xEnd, yEnd, marks = [] } = rest;
  if (xEnd !== undefined) requireFinite("lossCurve", { xEnd });
  if (yEnd !== undefined) requireFinite("lossCurve", { yEnd });
  for (const [i, { x, name }] of marks.entries()) {
    requireFinite("lossCurve", { [`marks[${i}].x`]: x });
    requireTexts("lossCurve", { [`marks[${i}].name`]: name ?? null });
  }
  if (xEnd !== undefined && xEnd <= 0 && xScale === "log")
    fail("lossCurve", `xEnd must be positive on a logarithmic x axis, got ${xEnd}. Supply a positive number.`);
  for (const [i, run] of rest.runs.entries()) {
    requireTexts("lossCurve", { [`runs[${i}].name`]: run.name });
    checkStyle("lossCurve", `runs[${i}]`, run);
    requireSome("lossCurve", { [`runs[${i}].values`]: run.values });
    if (run.x === undefined) continue;
    requireLength("lossCurve", { [`runs[${i}].x`]: run.x }, { [`runs[${i}].values`]: run.values.length });
    requireFinite("lossCurve", { [`runs[${i}].x`]: run.x });
    const low = extentOf(run.x)![0];
    if (xScale === "log" && low <= 0)
      fail("lossCurve", `runs[${i}].x must be positive on a logarithmic x axis, got ${low}. Count from 1.`);
  }
  return {
    ...rest,
    xName,
    yName,
    xScale,
    yScale,
    kind: "lossCurve",
    [drawing]: { defaultSize: standardSize, layout },
  };
}

/** Up to this number of lines, each has a casing; the casings of more lines would hide too much of the lines. */
const maxCasings = 4;

/** A run with its style and all positions. */
interface StyledRun extends Line {
  readonly name: string;
  readonly isMeasured: boolean;
}

function layout(spec: LossCurve, size: Size): Scene {
  const isLog = spec.yScale === "log";
  const most = Math.min(maxMagnitude, spec.yEnd ?? maxMagnitude);
  const isDrawable = (y: number): boolean =>
    isLog ? y >= 1 / maxMagnitude && y <= most : y >= -maxMagnitude && y <= most;
  const first = spec.xScale === "log" ? 1 : 0;
  const runs = spec.runs.map(
    (run, i): StyledRun => ({
      name: run.name ?? (spec.runs.length > 1 ? `run ${i + 1}` : ""),
      xs: run.x ?? Float64Array.from(run.values, (_, k) => k + first),
      ys: run.values,
      color: seriesColor(run.style ?? i),
      // A line of one value for each batch is so dense that its dashes would be its whole drawing time, and nobody could see them.
      dash: run.faint ? [] : dashOf(run, i),
      shape: run.style === undefined || run.faint ? undefined : seriesShape(run.style),
      series: i,
      faint: run.faint ?? false,
      isMeasured: run.smoothed !== true,
      // A line with its own dashes often lies on another line of its run, which a strip would hide.
      casing: i > 0 && spec.runs.length <= maxCasings && run.faint !== true && run.line === undefined,
    }),
  );
  const lines = runs
    .filter(({ name, ys }) => name !== "" && Array.from(ys).some(isDrawable))
    .map(({ name, color, dash, series, faint, shape }): LegendItem => {
      const width = faint ? faintWidth : lineWidth;
      const marker = shape && { marker: { shape, fill: color } };
      return { name, key: { line: { stroke: color, width, dash }, ...marker }, series };
    });
  const notes = runs.flatMap((run) => notesOf(run, spec, isDrawable));
  const domain = yDomain(
    isLog,
    runs.map(({ ys }) => Array.from(ys).filter(isDrawable)),
  );
  const hasZero = isLog || (domain[0] <= 0 && domain[1] >= 0);
  const frame = frameOf(
    {
      text: spec,
      x: {
        name: spec.xName,
        scale: spec.xScale,
        domain: xDomain(
          spec,
          runs.map(({ xs }) => xs),
        ),
        integers: runs.every(({ xs }) => Array.from(xs).every(Number.isInteger)),
      },
      y: {
        name: hasZero || spec.yName === "" ? spec.yName : `${spec.yName} (axis does not include 0)`,
        scale: spec.yScale,
        domain,
      },
      legend: [...lines, ...notes],
    },
    size,
  );
  const changes = (spec.marks ?? []).map(
    ({ x }): Mark => ({
      kind: "rule",
      from: [frame.x(x), frame.box.y],
      to: [frame.x(x), frame.box.y + frame.box.height],
      ...{ stroke: muted, width: 1, dash: [3, 3] },
    }),
  );
  return finish(frame, [...changes, ...lineMarks(runs, frame, isDrawable)], a11yOf(spec, runs, notes));
}

function xDomain(spec: LossCurve, lists: readonly ArrayLike<number>[]): Range {
  const extent = extentOf(...lists, spec.xEnd === undefined ? [] : [spec.xEnd])!;
  return spec.xScale === "log" ? paddedLog(extent, 0) : padded(extent, 0);
}

/** Free space above the highest and below the lowest value, as a share of the axis. */
const padding = 0.05;
/** An axis includes 0 where the lowest loss is at most this share of the highest. */
const maxLowestShare = 0.8;

function yDomain(isLog: boolean, lists: readonly ArrayLike<number>[]): Range {
  const extent = extentOf(...lists);
  if (extent === null) return isLog ? [0.1, 10] : [0, 1];
  if (isLog) return paddedLog(extent, padding);
  const [low, high] = padded(extent, padding);
  return extent[0] >= 0 && extent[0] <= maxLowestShare * extent[1] ? [0, high] : [low, high];
}

/** Legend entries of the values of a run that cannot be drawn. */
function notesOf({ name, xs, ys, color }: StyledRun, spec: LossCurve, isDrawable: IsDrawable): LegendItem[] {
  const high: number[] = [];
  const low: number[] = [];
  for (let i = 0; i < ys.length; i++)
    if (!isDrawable(ys[i]!)) (tooLow(ys[i]!) && spec.yScale === "log" ? low : high).push(i);
  const run = name === "" ? "" : `${name}: `;
  const more = (count: number): string => (count === 1 ? "" : ` and ${formatCount(count - 1)} more`);
  const entry = (text: string, shape: "triangle" | "down"): LegendItem => ({
    name: `${run}${text}`,
    key: { marker: { shape, stroke: color } },
  });
  const notes: LegendItem[] = [];
  const above = high.filter((i) => Number.isFinite(ys[i]!) && Math.abs(ys[i]!) <= maxMagnitude);
  if (above.length > 0 && spec.yEnd !== undefined) {
    notes.push(entry(`${counted(above.length, "value")} above ${formatNumber(spec.yEnd)}`, "triangle"));
    high.splice(0, high.length, ...high.filter((i) => !above.includes(i)));
  }
  if (high.length > 0) {
    const [x, y] = [xs[high[0]!]!, ys[high[0]!]!];
    notes.push(
      entry(`${formatNumber(y)} at ${spec.xName.toLowerCase()} ${formatNumber(x)}${more(high.length)}`, "triangle"),
    );
  }
  if (low.length > 0) notes.push(entry(`${counted(low.length, "value")} ≤ 0, not on a log axis`, "down"));
  return notes;
}

/** The description covers this number of runs; it counts the others. */
const describedRuns = 6;

function a11yOf(spec: LossCurve, runs: readonly StyledRun[], notes: readonly LegendItem[]): A11y {
  const sentences = runs.slice(0, describedRuns).map((run) => sentenceOf(spec, run));
  if (runs.length > describedRuns) sentences.push(`The chart shows ${runs.length - describedRuns} more runs.`);
  return {
    title: spec.title,
    caption: [
      ...sentences,
      ...notes.map(({ name }) => `${name}.`),
      ...(spec.marks ?? []).map(({ x, name }) => `At ${spec.xName.toLowerCase()} ${formatNumber(x)}: ${name}.`),
    ].join(" "),
    series: runs.map(({ name, ys }, i) => ({ name: name === "" ? `run ${i + 1}` : name, count: ys.length })),
    table: tableOf(
      spec,
      runs.filter(({ isMeasured }) => isMeasured),
    ),
  };
}

function sentenceOf({ xName, yName }: LossCurve, { name, xs, ys }: StyledRun): string {
  const finite = Array.from(ys).filter(Number.isFinite);
  const subject = name === "" ? yName : `${yName} of ${name}`;
  if (finite.length === 0) return `${subject} has no finite value.`;
  const [first, last] = [finite[0]!, finite.at(-1)!];
  if (xs.length === 1) return `${subject} is ${formatNumber(first)} at ${xName.toLowerCase()} ${formatNumber(xs[0]!)}.`;
  const span = `${xName.toLowerCase()} ${formatNumber(xs[0]!)} to ${formatNumber(xs[xs.length - 1]!)}`;
  if (first === last) return `${subject} stayed at ${formatNumber(first)}, ${span}.`;
  // The number of digits with which both numbers look different; 17 digits are enough for any two numbers.
  const digits = [4, 9, 17].find((each) => formatNumber(first, each) !== formatNumber(last, each)) ?? 17;
  const verb = last < first ? "fell" : "rose";
  return `${subject} ${verb} from ${formatNumber(first, digits)} to ${formatNumber(last, digits)}, ${span}.`;
}

/** The table has about this number of rows at most. */
const maxRows = 200;

function tableOf(spec: LossCurve, runs: readonly StyledRun[]): Table {
  const stretches = Math.max(1, Math.floor(maxRows / runs.length / 4));
  const rows = runs.flatMap(({ name, xs, ys }, i) => {
    const finite = Float64Array.from(ys, (y) => (Number.isFinite(y) ? y : Number.MAX_VALUE));
    const indices =
      ys.length <= stretches * 4
        ? Array.from(finite.keys())
        : decimate(
            Float64Array.from(ys, (_, k) => Math.floor((k * stretches) / ys.length)),
            finite,
          );
    return indices.map((k) => [
      name === "" ? `run ${i + 1}` : name,
      xs[k]!,
      Number.isFinite(ys[k]!) ? ys[k]! : formatNumber(ys[k]!),
    ]);
  });
  const total = runs.reduce((sum, { ys }) => sum + ys.length, 0);
  const note = `${formatCount(rows.length)} of ${formatCount(total)} values: the first, lowest, highest and last of each stretch.`;
  return { columns: ["Run", spec.xName, spec.yName], rows, ...(rows.length < total ? { note } : {}) };
}
