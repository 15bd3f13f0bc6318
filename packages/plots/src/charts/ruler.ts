// An axis that is divided into zones, such as those of the learning rate or the states of a run, with marks at some values.

import { mixColor } from "../color/color.ts";
import { seriesColor, seriesShape } from "../color/series.ts";
import { borderColor, ink, paper } from "../color/theme.ts";
import { fail, requireFinite, requireOneOf, requireSome, requireTexts } from "../data/check.ts";
import type { Range } from "../data/range.ts";
import { closedZones, type Zone } from "../data/zones.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { label, textSize } from "../layout/label.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatNumber } from "../text/format.ts";
import { oneLine, textWidth } from "../text/measure.ts";

/** A value on the axis with a marker of its own. */
export interface RulerMark {
  /** The legend has the name and the value: "limit: 0.42". */
  readonly name: string;
  readonly at: number;
}

/** The spec of `ruler`. */
export interface Ruler extends Spec {
  readonly kind: "ruler";
  /** The zones, at least one. Zones of the same name have the same colour. On a logarithmic axis the ends may be 0 and Infinity. */
  readonly zones: readonly Zone[];
  /** The marked values. Default: none. */
  readonly marks: readonly RulerMark[];
  /** Name of the axis. Default: "x". */
  readonly xName: string;
  /** Scale of the axis. On a logarithmic axis every value must be above 0. Default: "linear". */
  readonly xScale: "linear" | "log";
}

const thickest = 44; // of the band with the zones [px]
const share = 0.5; // of the plot's height that the band takes at most
const tint = 0.38; // share of the colour of a series in the colour of a zone

/**
 * An axis that is divided into zones, with a marker at each marked value. The legend names the zones and the marks; a zone that
 * is wide enough also contains its name.
 *
 * @throws RangeError when there is no zone, a number is not finite, a zone does not end above its beginning, or a value is not
 *   above 0 on a logarithmic axis
 *
 * @example
 * ```ts
 * import { draw, ruler } from "@downhill/plots";
 *
 * const zones = [{ name: "slow", from: 0.001, to: 0.1 }, { name: "fast", from: 0.1, to: 0.5 }, { name: "diverges", from: 0.5, to: 5 }];
 * const marks = [{ name: "this run", at: 0.2 }];
 * const svg = draw(ruler({ title: "Learning rates", zones, marks, xName: "Learning rate", xScale: "log" }));
 * ```
 */
export function ruler({
  marks = [],
  xName = "x",
  xScale = "linear",
  ...rest
}: Input<Ruler, "marks" | "xName" | "xScale">): Ruler {
  const functionName = "ruler";
  const { zones } = rest;
  requireTexts(functionName, { xName, ...textOf(rest) });
  requireOneOf(functionName, { xScale }, ["linear", "log"]);
  requireSome(functionName, { zones });
  const isLog = xScale === "log";
  const requirePositive = (name: string, value: number): void => {
    if (!isLog || value > 0) return;
    fail(functionName, `${name} must be above 0 on a logarithmic axis, got ${value}. Set xScale to "linear".`);
  };
  for (const [i, { name, from, to }] of zones.entries()) {
    requireTexts(functionName, { [`zones[${i}].name`]: name });
    const ends = { [`zones[${i}].from`]: from, ...(isLog && to === Infinity ? {} : { [`zones[${i}].to`]: to }) };
    requireFinite(functionName, ends);
    if (from < 0) requirePositive(`zones[${i}].from`, from);
    if (!(to > from))
      fail(functionName, `zones[${i}].to must be above its from (${from}), got ${to}. Correct the zone.`);
  }
  for (const [i, { name, at }] of marks.entries()) {
    requireTexts(functionName, { [`marks[${i}].name`]: name });
    requireFinite(functionName, { [`marks[${i}].at`]: at });
    requirePositive(`marks[${i}].at`, at);
  }
  return { ...rest, marks, xName, xScale, kind: "ruler", [drawing]: { defaultSize, layout } };
}

/** "limit: 0.42". */
const markText = ({ name, at }: RulerMark): string => `${name}: ${formatNumber(at)}`;

/** A narrow drawing is higher, because its legend has more rows. */
const defaultSize = (_: Ruler, width = 640): Size => ({ width: 640, height: width < 500 ? 280 : 220 });

function layout(spec: Ruler, size: Size): Scene {
  const { marks, xName, xScale } = spec;
  const zones = xScale === "log" ? closedZones(spec.zones, marks) : spec.zones;
  const names = [...new Set(zones.map(({ name }) => name))];
  const values = [...zones.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)];
  const domain: Range = values.length === 0 ? [0.1, 10] : [Math.min(...values), Math.max(...values)];
  const colorOf = (name: string) => mixColor(paper, seriesColor(names.indexOf(name)), tint);
  const legend: LegendItem[] = [
    ...names.map((name) => ({ name, key: { swatch: colorOf(name) } })),
    ...marks.map((mark, i) => ({ name: markText(mark), key: { marker: { shape: seriesShape(i), fill: ink } } })),
  ];
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: xScale, domain },
      y: { name: "", scale: "linear", domain: [0, 1], ticks: [] },
      legend,
      lines: "vertical",
    },
    size,
  );
  const { box } = frame;
  const height = Math.min(thickest, box.height * share);
  const top = box.y + box.height - height;
  const bands = zones.flatMap(({ name, from, to }): Mark[] => {
    const [left, right] = [frame.x(from), frame.x(to)];
    const color = colorOf(name);
    const shown = oneLine(name);
    const fits = height >= textSize + 6 && textWidth(shown, textSize) <= right - left - 10;
    return [
      {
        kind: "rects",
        cells: [[left, top, Math.max(0, right - left), height]],
        fill: color,
        series: names.indexOf(name),
      },
      { kind: "rule", from: [right, top], to: [right, top + height], stroke: borderColor, width: 1 },
      ...(fits ? [label(name, (left + right) / 2, top + height / 2 + 4, { anchor: "middle", color: ink })] : []),
    ];
  });
  const markers = marks.flatMap(({ at }, i): Mark[] => {
    const y = top - 14;
    return [
      { kind: "rule", from: [frame.x(at), y], to: [frame.x(at), top + height], stroke: ink, width: 1.5 },
      {
        kind: "points",
        shape: seriesShape(i),
        xs: [frame.x(at)],
        ys: [y],
        radius: 5,
        fill: ink,
        stroke: paper,
        width: 0.8,
      },
    ];
  });
  const sentences = [
    ...zones.map(({ name, from, to }) => `From ${formatNumber(from)} to ${formatNumber(to)}: ${name}.`),
    ...(marks.length === 0 ? [] : [`Marked: ${marks.map(markText).join(", ")}.`]),
  ];
  return finish(frame, [...bands, ...markers], {
    title: spec.title,
    caption: sentences.slice(0, 12).join(" "),
    series: names.map((name) => ({ name, count: zones.filter((zone) => zone.name === name).length })),
    table: firstRows(["Name", "From", "To"], zones.length + marks.length, (i) => {
      const zone = zones[i];
      if (zone !== undefined) return [zone.name, zone.from, zone.to];
      const { name, at } = marks[i - zones.length]!;
      return [name, at, at];
    }),
  });
}
