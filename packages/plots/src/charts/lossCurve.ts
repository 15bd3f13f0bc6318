// Loss per epoch of one or several runs. What cannot be drawn (NaN, ∞, values ≤ 0 on a logarithmic axis) is marked in
// the plot and named in the legend, never left out silently.

import { seriesColor, seriesDash } from "../color/series.ts";
import { fail, largest, requireFinite, requireLength, requireOneOf, requireSome, requireTexts } from "../data/check.ts";
import { extentOf, padded, paddedLog, type Range } from "../data/range.ts";
import { decimate } from "../geometry/decimate.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { lineMarks, tooLow } from "../marks/lines.ts";
import type { A11y, LegendItem, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** One line of a loss chart. */
export interface Run {
  /** Shown in the legend; a single run may go without. */
  readonly name?: string;
  /** The losses in their order; NaN and ±∞ are allowed and marked. */
  readonly values: ArrayLike<number>;
  /** Where each loss stands: as many finite numbers. Left out: 0, 1, 2, … (1, 2, 3, … on a logarithmic x axis). */
  readonly x?: ArrayLike<number>;
}

export interface LossCurve extends Spec {
  readonly kind: "lossCurve";
  readonly runs: readonly Run[];
  readonly xName: string;
  readonly yName: string;
  readonly xScale: "linear" | "log";
  readonly yScale: "linear" | "log";
}

/**
 * Loss against epochs (or updates, examples, seconds) of several runs.
 *
 * @throws RangeError when a scale is neither "linear" nor "log", there is no run, a run has no value, x and values differ in length, x is not finite, or
 *   x ≤ 0 on a logarithmic x axis
 */
export function lossCurve({
  xName = "Epoch",
  yName = "Loss",
  xScale = "linear",
  yScale = "linear",
  ...rest
}: Input<LossCurve, "xName" | "yName" | "xScale" | "yScale">): LossCurve {
  requireTexts("lossCurve", { xName, yName, ...textOf(rest) });
  requireOneOf("lossCurve", "xScale", xScale, ["linear", "log"]);
  requireOneOf("lossCurve", "yScale", yScale, ["linear", "log"]);
  requireSome("lossCurve", "runs", rest.runs);
  for (const [i, run] of rest.runs.entries()) {
    requireSome("lossCurve", `runs[${i}].values`, run.values);
    if (run.x === undefined) continue;
    requireLength("lossCurve", `runs[${i}].x`, run.x, run.values.length, "values");
    requireFinite("lossCurve", `runs[${i}].x`, run.x);
    const low = extentOf(run.x)![0];
    if (xScale === "log" && low <= 0)
      fail("lossCurve", `runs[${i}].x`, "be positive on a logarithmic x axis", low, "Count from 1.");
  }
  return { ...rest, xName, yName, xScale, yScale, kind: "lossCurve", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: LossCurve, size: Size): Scene {
  const log = spec.yScale === "log";
  const drawable = (y: number): boolean => (log ? y >= 1 / largest && y <= largest : Math.abs(y) <= largest);
  const runs = spec.runs.map((run, i) => {
    const first = spec.xScale === "log" ? 1 : 0;
    return {
      name: run.name ?? (spec.runs.length > 1 ? `run ${i + 1}` : ""),
      xs: run.x ?? Float64Array.from(run.values, (_, k) => k + first),
      ys: run.values,
      color: seriesColor(i),
      dash: seriesDash(i),
      series: i,
      // A later line stays readable on an earlier one, however dense that is; many lines would wipe each other out.
      halo: i > 0 && spec.runs.length <= 4,
    };
  });
  const lines: LegendItem[] = runs
    .filter(({ name, ys }) => name !== "" && Array.from(ys).some(drawable))
    .map(({ name, color, dash }) => ({ name, key: { line: { stroke: color, width: 1.75, dash } } }));
  const notes = runs.flatMap((run) => notesOf(run, spec.xName, drawable, log));
  const frame = frameOf(
    {
      words: spec,
      x: {
        name: spec.xName,
        scale: spec.xScale,
        domain: xDomain(
          spec,
          runs.map(({ xs }) => xs),
        ),
        whole: runs.every(({ xs }) => Array.from(xs).every(Number.isInteger)),
      },
      y: {
        name: spec.yName,
        scale: spec.yScale,
        domain: yDomain(
          log,
          runs.map(({ ys }) => Array.from(ys).filter(drawable)),
        ),
      },
      legend: [...lines, ...notes],
    },
    size,
  );
  const marks = runs.flatMap((run) => lineMarks(run, frame, drawable));
  return finish(frame, marks, words(spec, runs, notes));
}

type Series = { name: string; xs: ArrayLike<number>; ys: ArrayLike<number>; color: readonly [string, string] };

function xDomain(spec: LossCurve, lists: readonly ArrayLike<number>[]): Range {
  const extent = extentOf(...lists)!;
  if (spec.xScale === "log") return paddedLog(extent, 0);
  return padded(extent, 0);
}

function yDomain(log: boolean, lists: readonly ArrayLike<number>[]): Range {
  const extent = extentOf(...lists);
  if (extent === null) return log ? [0.1, 10] : [0, 1];
  if (log) return paddedLog(extent, 0.05);
  const [low, high] = padded(extent, 0.05);
  return extent[0] >= 0 && extent[0] < 0.35 * extent[1] ? [0, high] : [low, high];
}

/** What could not be drawn of a run, as entries of the legend. */
function notesOf(run: Series, xName: string, drawable: (y: number) => boolean, log: boolean): LegendItem[] {
  const high: number[] = [];
  const low: number[] = [];
  for (let i = 0; i < run.ys.length; i++) if (!drawable(run.ys[i]!)) (tooLow(run.ys[i]!) && log ? low : high).push(i);
  const of = run.name === "" ? "" : `${run.name}: `;
  const times = (count: number): string => (count === 1 ? "" : ` and ${formatCount(count - 1)} more`);
  const entry = (name: string, shape: "triangle" | "down"): LegendItem => ({
    name: `${of}${name}`,
    key: { marker: { shape, stroke: run.color } },
  });
  const notes: LegendItem[] = [];
  if (high.length > 0) {
    const value = run.ys[high[0]!]!;
    const where = `at ${xName.toLowerCase()} ${formatNumber(run.xs[high[0]!]!)}`;
    notes.push(entry(`${formatNumber(value)} ${where}${times(high.length)}`, "triangle"));
  }
  if (low.length > 0) notes.push(entry(`≤ 0 not drawable on a log axis (${formatCount(low.length)})`, "down"));
  return notes;
}

function words(spec: LossCurve, runs: readonly Series[], notes: readonly LegendItem[]): A11y {
  const sentences = runs.slice(0, 6).map(({ name, xs, ys }) => {
    const finite = Array.from(ys).filter(Number.isFinite);
    const functionName = name === "" ? spec.yName : `${spec.yName} of ${name}`;
    if (finite.length === 0) return `${functionName} has no finite value.`;
    const [first, last] = [finite[0]!, finite.at(-1)!];
    const verb = last < first ? "fell" : last > first ? "rose" : "stayed";
    const span = `${spec.xName.toLowerCase()} ${formatNumber(xs[0]!)} to ${formatNumber(xs[xs.length - 1]!)}`;
    if (verb === "stayed") return `${functionName} stayed at ${formatNumber(first)}, ${span}.`;
    const digits = [4, 9, 17].find((each) => formatNumber(first, each) !== formatNumber(last, each)) ?? 17;
    return `${functionName} ${verb} from ${formatNumber(first, digits)} to ${formatNumber(last, digits)}, ${span}.`;
  });
  if (runs.length > 6) sentences.push(`${runs.length - 6} more runs are drawn.`);
  const caption = [...sentences, ...notes.map(({ name }) => `${name}.`)].join(" ");
  const columns = Math.max(1, Math.floor(200 / runs.length / 4));
  const rows = runs.flatMap(({ name, xs, ys }, i) => {
    const finite = Float64Array.from(ys, (y) => (Number.isFinite(y) ? y : Number.MAX_VALUE));
    const kept = decimate(
      Float64Array.from(ys, (_, k) => Math.floor((k * columns) / ys.length)),
      finite,
    );
    const indices = ys.length <= columns * 4 ? Array.from(finite.keys()) : kept;
    return indices.map((k) => [
      name === "" ? `run ${i + 1}` : name,
      xs[k]!,
      Number.isFinite(ys[k]!) ? ys[k]! : formatNumber(ys[k]!),
    ]);
  });
  const total = runs.reduce((sum, { ys }) => sum + ys.length, 0);
  const note =
    rows.length < total
      ? { note: `${rows.length} of ${total} values: first, lowest, highest and last of each stretch.` }
      : {};
  return {
    title: spec.title,
    caption,
    series: runs.map(({ name, ys }, i) => ({ name: name === "" ? `run ${i + 1}` : name, count: ys.length })),
    table: { columns: ["Run", spec.xName, spec.yName], rows, ...note },
  };
}
