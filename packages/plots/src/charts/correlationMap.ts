// The correlations of all pairs of columns as a matrix of colours.

import { ramps, textColorOn } from "../color/ramps.ts";
import { borderColor, gridColor } from "../color/theme.ts";
import { fail, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { label } from "../layout/label.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { counted, formatNumber } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

/** The spec of `correlationMap`. */
export interface CorrelationMap extends Spec {
  readonly kind: "correlationMap";
  /** Names of the d columns, at least one. */
  readonly names: readonly string[];
  /** d·d correlations from −1 to 1, row by row, as `correlations` returns them; NaN where there is none. */
  readonly values: ArrayLike<number>;
}

/** Blue for −1, neutral for 0, orange for 1. */
const stops = Array.from({ length: 21 }, (_, i) => ramps.diverging(i / 20));
const cellGap = 1;
const smallestText = 12;

/**
 * A matrix of correlations, blue for −1, orange for 1. The cells contain their numbers if all of them fit.
 *
 * @throws RangeError when there are not d·d values, or when one is not from −1 to 1
 *
 * @example
 * ```ts
 * import { correlationMap, draw } from "@downhill/plots";
 *
 * const svg = draw(correlationMap({ title: "Correlations", names: ["age", "income"], values: [1, 0.4, 0.4, 1] }));
 * ```
 */
export function correlationMap(spec: Input<CorrelationMap>): CorrelationMap {
  const functionName = "correlationMap";
  requireTexts(functionName, { names: spec.names, ...textOf(spec) });
  requireSome(functionName, { names: spec.names });
  requireLength(functionName, { values: spec.values }, { "names × names": spec.names.length ** 2 });
  for (let i = 0; i < spec.values.length; i++) {
    const value = spec.values[i]!;
    if (!(Math.abs(value) <= 1) && !Number.isNaN(value)) {
      fail(
        functionName,
        `values[${i}] must be from −1 to 1, or NaN, got ${value}. Divide covariances by the deviations.`,
      );
    }
  }
  return { ...spec, kind: "correlationMap", [drawing]: { defaultSize, layout } };
}

/** The size at which every column has its name, up to about thirty columns. */
function defaultSize({ names }: CorrelationMap): Size {
  const count = Math.min(30, names.length);
  const labels = Math.min(180, Math.max(...names.map((name) => textWidth(name, smallestText))));
  return { width: Math.max(480, 120 + labels + 34 * count), height: Math.max(420, 120 + 26 * count) };
}

function layout(spec: CorrelationMap, size: Size): Scene {
  const { names, values } = spec;
  const count = names.length;
  const undefinedCells = Array.from(values).some(Number.isNaN);
  const legend: LegendItem[] = undefinedCells
    ? [{ name: "not defined: a constant column", key: { swatch: gridColor, hatch: borderColor } }]
    : [];
  const frame = frameOf(
    {
      text: spec,
      x: { name: "", scale: "band", domain: [0, count], labels: names },
      y: { name: "", scale: "band", domain: [0, count], labels: [...names].reverse() },
      legend,
      colorBar: { name: "Correlation", scale: "linear", domain: [-1, 1], stops },
      lines: "border",
    },
    size,
  );
  const [wide, high] = [frame.box.width / count, frame.box.height / count];
  const gap = Math.min(wide, high) >= 14 ? cellGap : 0;
  // Numbers stand in all cells or in none.
  const hasNumbers =
    high >= 16 &&
    Array.from(values).every((value) => Number.isNaN(value) || textWidth(numberOf(value), smallestText) + 4 <= wide);
  const marks: Mark[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const value = values[row * count + column]!;
      const [x, y] = [frame.box.x + column * wide, frame.box.y + row * high];
      const cells = [[x + gap / 2, y + gap / 2, wide - gap, high - gap]] as const;
      if (Number.isNaN(value)) {
        marks.push({ kind: "rects", cells, fill: gridColor, hatch: borderColor });
        continue;
      }
      const fill = ramps.diverging((value + 1) / 2);
      marks.push({ kind: "rects", cells, fill });
      if (hasNumbers)
        marks.push(
          label(numberOf(value), x + wide / 2, y + high / 2 + 4, { anchor: "middle", color: textColorOn(fill) }),
        );
    }
  }
  const pairs = pairsOf(spec);
  return finish(frame, marks, {
    title: spec.title,
    caption: captionOf(count, pairs),
    series: [{ name: "columns", count }],
    table: firstRows(["Column", "Other column", "Correlation"], pairs.length, (i) => pairs[i]!),
  });
}

const numberOf = (value: number): string => formatNumber(Math.round(value * 100) / 100);

type Pair = readonly [name: string, other: string, correlation: number];

/** All pairs of different columns whose correlation is defined, the strongest first. */
function pairsOf({ names, values }: CorrelationMap): Pair[] {
  const pairs: Pair[] = [];
  for (let row = 0; row < names.length; row++) {
    for (let column = row + 1; column < names.length; column++) {
      const value = values[row * names.length + column]!;
      if (!Number.isNaN(value)) pairs.push([names[row]!, names[column]!, value]);
    }
  }
  return pairs.sort(([, , a], [, , b]) => Math.abs(b) - Math.abs(a));
}

function captionOf(count: number, pairs: readonly Pair[]): string {
  const columns = counted(count, "column");
  if (pairs.length === 0) return `${columns}; no pair has a correlation.`;
  const [name, other, value] = pairs[0]!;
  return `${columns}. The strongest correlation is ${formatNumber(value)}, of ${name} and ${other}.`;
}
