// The weights of a linear model as bars to both sides of zero. The sign is a side and a colour.

import { seriesColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import { requireFinite, requireLength, requireOneOf, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { type Frame, finish, frameOf } from "../layout/frame.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf, withRemark } from "../scene/spec.ts";
import { counted, formatCount, formatNumber } from "../text/format.ts";

/** The spec of `coefficients`. */
export interface Coefficients extends Spec {
  readonly kind: "coefficients";
  /** Names of the coefficients, at least one. */
  readonly names: readonly string[];
  /** The coefficients, finite, one for each name. */
  readonly values: ArrayLike<number>;
  /** Values to compare the coefficients with, finite, one for each name: a line across each bar. Default: none. */
  readonly reference?: { readonly name: string; readonly values: ArrayLike<number> };
  /** Order from above: "none" keeps the order of the names; the others sort from the largest to the smallest. Default: "none". */
  readonly sort: "none" | "magnitude" | "value";
  /** Name of the horizontal axis. Default: "Coefficient". */
  readonly xName: string;
}

/**
 * One bar for each coefficient. In a drawing that is too low for all names, the smallest coefficients are left out, and a
 * remark counts them.
 *
 * @throws RangeError when lengths differ or when a coefficient is not finite
 *
 * @example
 * ```ts
 * import { coefficients, draw } from "@downhill/plots";
 *
 * const svg = draw(
 *   coefficients({ title: "Weights", names: ["age", "weight"], values: [0.4, -1.3], sort: "magnitude" }),
 * );
 * ```
 */
export function coefficients({
  sort = "none",
  xName = "Coefficient",
  ...rest
}: Input<Coefficients, "sort" | "xName">): Coefficients {
  requireTexts("coefficients", { xName, names: rest.names, ...textOf(rest) });
  requireOneOf("coefficients", { sort }, ["none", "magnitude", "value"]);
  requireFinite("coefficients", { values: rest.values });
  requireLength("coefficients", { names: rest.names }, { values: rest.values.length });
  if (rest.reference !== undefined) {
    const { name, values } = rest.reference;
    requireTexts("coefficients", { "reference.name": name });
    requireFinite("coefficients", { "reference.values": values });
    requireLength("coefficients", { "reference.values": values }, { values: rest.values.length });
  }
  return { ...rest, sort, xName, kind: "coefficients", [drawing]: { defaultSize, layout } };
}

/** Height of everything but the bars, without caption and subtitle [px]. */
const frameHeight = 116;
const captionHeight = 40;
const subtitleHeight = 34;
/** Height of a bar with its distance from the next, for some bars and for many [px]. */
const rowHeight = 21;
const denseRowHeight = 17;
const manyRows = 24;
/** Smallest height of a row whose name does not touch the next name [px]. */
const minRowHeight = 14.5;
const maxBarHeight = 18;
/** Height of a bar as a share of its row. */
const barShare = 0.68;
const referenceStyle = { stroke: ink, width: 2 } as const;
const REFERENCE_SERIES = 2;

/** The size at which every coefficient has its row. */
function defaultSize({ names, caption, subtitle }: Coefficients): Size {
  const rows = names.length * (names.length > manyRows ? denseRowHeight : rowHeight);
  const texts = (caption === undefined ? 0 : captionHeight) + (subtitle === undefined ? 0 : subtitleHeight);
  return { width: 640, height: Math.max(220, frameHeight + rows + texts) };
}

function layout(spec: Coefficients, size: Size): Scene {
  const { names, values, reference } = spec;
  const byMagnitude = Array.from(names.keys()).sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
  const order =
    spec.sort === "magnitude"
      ? byMagnitude
      : spec.sort === "value"
        ? Array.from(names.keys()).sort((a, b) => values[b]! - values[a]!)
        : Array.from(names.keys());
  const { frame, shown } = fitting(spec, { order, byMagnitude }, size);
  const row = frame.box.height / shown.length;
  const thickness = Math.min(row * barShare, maxBarHeight);
  const zero = frame.x(0);
  const bars = (sign: 1 | -1): Mark => ({
    kind: "rects",
    cells: shown.flatMap((i, at) => {
      const value = values[i]!;
      if (value * sign <= 0) return [];
      const [from, to] = [Math.min(zero, frame.x(value)), Math.max(zero, frame.x(value))];
      return [[from, frame.box.y + (at + 0.5) * row - thickness / 2, Math.max(0.5, to - from), thickness] as const];
    }),
    fill: seriesColor(sign > 0 ? 0 : 1),
    series: sign > 0 ? 0 : 1,
  });
  const axis: Mark = {
    kind: "rule",
    from: [zero, frame.box.y],
    to: [zero, frame.box.y + frame.box.height],
    stroke: ink,
    width: 1,
  };
  const compared: Mark[] = shown.flatMap((i, at) => {
    if (reference === undefined) return [];
    const [x, middle] = [frame.x(reference.values[i]!), frame.box.y + (at + 0.5) * row];
    const [top, bottom] = [middle - thickness / 2 - 2, middle + thickness / 2 + 2];
    return [{ kind: "rule", from: [x, top], to: [x, bottom], ...referenceStyle, series: REFERENCE_SERIES }];
  });
  const largest = byMagnitude[0]!;
  const fact = `${names[largest]!} with ${formatNumber(values[largest]!)}`;
  return finish(frame, [bars(1), bars(-1), axis, ...compared], {
    title: spec.title,
    caption:
      order.length === 1
        ? `1 coefficient: ${fact}.`
        : `${formatCount(order.length)} coefficients; the largest in magnitude is ${fact}.`,
    series: [{ name: spec.xName, count: order.length }],
    table: {
      columns: ["Name", spec.xName, ...(reference ? [reference.name] : [])],
      rows: order.map((i) => [names[i]!, values[i]!, ...(reference ? [reference.values[i]!] : [])]),
    },
  });
}

/** The frame, and the coefficients that it has space for: all, or the largest. */
function fitting(
  spec: Coefficients,
  { order, byMagnitude }: { readonly order: readonly number[]; readonly byMagnitude: readonly number[] },
  size: Size,
): { frame: Frame; shown: readonly number[] } {
  const frame = frameFor(spec, order, size);
  if (frame.box.height >= order.length * minRowHeight) return { frame, shown: order };
  const withCount = (count: number): Coefficients =>
    withRemark(spec, `There is no space for the ${counted(count, "smallest coefficient")}.`);
  const tight = frameFor(withCount(order.length), order, size);
  const rows = Math.max(1, Math.floor(tight.box.height / minRowHeight));
  const largest = new Set(byMagnitude.slice(0, rows));
  const shown = order.filter((i) => largest.has(i));
  return { frame: frameFor(withCount(order.length - shown.length), shown, size), shown };
}

function frameFor(spec: Coefficients, shown: readonly number[], size: Size): Frame {
  const labels = shown.map((i) => spec.names[i]!).reverse();
  const sign = (name: string, series: number): LegendItem => ({ name, key: { swatch: seriesColor(series) } });
  return frameOf(
    {
      text: spec,
      x: {
        name: spec.xName,
        scale: "linear",
        domain: padded(extentOf(spec.values, [0], spec.reference?.values ?? [])!, 0.03),
      },
      y: { name: "", scale: "band", domain: [0, labels.length], labels },
      legend: [
        ...(shown.some((i) => spec.values[i]! > 0) ? [sign("positive", 0)] : []),
        ...(shown.some((i) => spec.values[i]! < 0) ? [sign("negative", 1)] : []),
        ...(spec.reference === undefined
          ? []
          : [{ name: spec.reference.name, key: { line: { ...referenceStyle, dash: [] } }, series: REFERENCE_SERIES }]),
      ],
      lines: "vertical",
    },
    size,
  );
}
