// Weights of a linear model as bars to both sides of zero: the sign is a side and a colour.

import { seriesColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import { requireFinite, requireLength, requireOneOf, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { type Frame, finish, frameOf } from "../layout/frame.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { formatNumber } from "../text/format.ts";

export interface Coefficients extends Spec {
  readonly kind: "coefficients";
  readonly names: readonly string[];
  readonly values: ArrayLike<number>;
  /** Order from above: as given, by falling magnitude, or by falling value. */
  readonly sort: "given" | "magnitude" | "value";
  readonly xName: string;
}

/**
 * One bar per coefficient.
 *
 * @throws RangeError when lengths differ, `sort` is none of its three values, or a coefficient is not finite
 */
export function coefficients({
  sort = "given",
  xName = "Coefficient",
  ...rest
}: Input<Coefficients, "sort" | "xName">): Coefficients {
  requireTexts("coefficients", { xName, names: rest.names, ...textOf(rest) });
  requireOneOf("coefficients", "sort", sort, ["given", "magnitude", "value"]);
  requireFinite("coefficients", "values", rest.values);
  requireLength("coefficients", "names", rest.names, rest.values.length, "values");
  return { ...rest, sort, xName, kind: "coefficients", [drawing]: { defaultSize: coefficientsSize, layout } };
}

/** The size at which every name has a line of its own. */
function coefficientsSize({ names, caption, subtitle }: Coefficients): Size {
  const rows = names.length * (names.length > 24 ? 17 : 21);
  const height = 116 + rows + (caption === undefined ? 0 : 40) + (subtitle === undefined ? 0 : 34);
  return { width: 640, height: Math.max(220, height) };
}

const rowHeight = 14.5;

function layout(spec: Coefficients, size: Size): Scene {
  const order = Array.from(spec.names.keys());
  if (spec.sort === "magnitude") order.sort((a, b) => Math.abs(spec.values[b]!) - Math.abs(spec.values[a]!));
  if (spec.sort === "value") order.sort((a, b) => spec.values[b]! - spec.values[a]!);
  let shown = order;
  let frame = frameFor(spec, shown, size);
  if (frame.box.height < order.length * rowHeight) {
    const about = (count: number): string => `The ${count} smallest are left out.`;
    const tight = frameFor(withRemark(spec, about(order.length)), shown, size);
    const room = Math.max(1, Math.floor(tight.box.height / rowHeight));
    const largest = [...order].sort((a, b) => Math.abs(spec.values[b]!) - Math.abs(spec.values[a]!)).slice(0, room);
    shown = order.filter((i) => largest.includes(i));
    frame = frameFor(withRemark(spec, about(order.length - room)), shown, size);
  }
  const band = frame.box.height / shown.length;
  const thick = Math.min(band * 0.68, 18);
  const zero = frame.x(0);
  const bars = (sign: 1 | -1): Mark => ({
    kind: "rects",
    cells: shown.flatMap((i, row) => {
      const value = spec.values[i]!;
      if (value * sign <= 0) return [];
      const [from, to] = [Math.min(zero, frame.x(value)), Math.max(zero, frame.x(value))];
      return [[from, frame.box.y + (row + 0.5) * band - thick / 2, Math.max(0.5, to - from), thick] as const];
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
  const top = order.reduce(
    (best, i) => (Math.abs(spec.values[i]!) > Math.abs(spec.values[best]!) ? i : best),
    order[0]!,
  );
  return finish(frame, [bars(1), bars(-1), axis], {
    title: spec.title,
    caption: `${order.length} coefficients; the largest in size is ${spec.names[top]!} with ${formatNumber(spec.values[top]!)}.`,
    series: [{ name: spec.xName, count: order.length }],
    table: { columns: ["Name", spec.xName], rows: order.map((i) => [spec.names[i]!, spec.values[i]!]) },
  });
}

function withRemark(spec: Coefficients, remark: string): Coefficients {
  return { ...spec, caption: spec.caption === undefined ? remark : `${remark} ${spec.caption}` };
}

function frameFor(spec: Coefficients, shown: readonly number[], size: Size): Frame {
  const labels = shown.map((i) => spec.names[i]!).reverse();
  const sign = (name: string, series: number): LegendItem => ({ name, key: { swatch: seriesColor(series) } });
  return frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "linear", domain: padded(extentOf(spec.values, [0])!, 0.03) },
      y: { name: "", scale: "band", domain: [0, labels.length], labels },
      legend: [
        ...(shown.some((i) => spec.values[i]! > 0) ? [sign("positive", 0)] : []),
        ...(shown.some((i) => spec.values[i]! < 0) ? [sign("negative", 1)] : []),
      ],
      bars: true,
    },
    size,
  );
}
