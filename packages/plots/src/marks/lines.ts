// Lines of several series: reduced to what the pixels show, and broken where a value cannot be drawn. Every break has a
// marker. All lines are drawn before all markers, so that no line covers a marker.

import type { Color } from "../color/color.ts";
import { paper } from "../color/theme.ts";
import { maxMagnitude } from "../data/check.ts";
import { decimate } from "../geometry/decimate.ts";
import { openPath, type Point } from "../geometry/path.ts";
import type { Shape } from "../geometry/symbols.ts";
import type { Plot } from "../layout/frame.ts";
import type { Mark } from "../scene/scene.ts";

/** A line to draw. */
export interface Line {
  /** Finite numbers, in any order. */
  readonly xs: ArrayLike<number>;
  /** Any numbers. */
  readonly ys: ArrayLike<number>;
  readonly color: Color;
  readonly dash: readonly number[];
  readonly series: number;
  /** Whether a strip of the colour of the paper separates the line from the lines under it. */
  readonly casing: boolean;
  /** Whether the line is faint and thin, and under the other lines. */
  readonly faint?: boolean;
  /** The marker of the last value, and of single values. Default: single values have circles. */
  readonly shape?: Shape | undefined;
}

/** Whether a value can be drawn on the vertical axis. */
export type IsDrawable = (y: number) => boolean;

/** Widths of a line, of a faint line, and of the strip under a line [px]. */
export const lineWidth = 1.75;
export const faintWidth = 1;
const casingWidth = 4;
/** A line of more points is so dense that a strip under it would hide the other lines, and its drawing would take long. */
const mostCased = 600;
/** Distance of the markers of values that are too low from the horizontal axis, and of others from the top [px]. */
const bottomGap = 5;
const topGap = 8;

/** Marks of all lines, the faint ones first, then of single values and of breaks. */
export function lineMarks(lines: readonly Line[], plot: Plot, isDrawable: IsDrawable): Mark[] {
  const isFaint = ({ faint = false }: Line): boolean => faint;
  const inOrder = [...lines.filter(isFaint), ...lines.filter((line) => !isFaint(line))];
  const parts = inOrder.map((line) => partsOf(line, plot, isDrawable));
  return [...parts.flatMap(({ paths }) => paths), ...parts.flatMap(({ markers }) => markers)];
}

function partsOf(line: Line, plot: Plot, isDrawable: IsDrawable): { paths: Mark[]; markers: Mark[] } {
  const { xs, ys, color, dash, series, casing, shape } = line;
  const pen = line.faint ? { width: faintWidth, opacity: 0.4 } : { width: lineWidth };
  const pieces: string[] = [];
  let points = 0;
  const dots: Point[] = [];
  const high: Point[] = [];
  const low: Point[] = [];
  let end: readonly Point[] = [];
  let last = firstHeight(line, plot, isDrawable);
  for (let i = 0; i < ys.length; ) {
    const from = i;
    if (isDrawable(ys[from]!)) {
      while (i < ys.length && isDrawable(ys[i]!)) i++;
      const columns = Float64Array.from({ length: i - from }, (_, k) => plot.x(xs[from + k]!));
      const heights = Float64Array.from({ length: i - from }, (_, k) => plot.y(ys[from + k]!));
      last = heights.at(-1)!;
      const kept = decimate(columns, heights).map((k): Point => [columns[k]!, heights[k]!]);
      points += kept.length;
      if (kept.length > 1) pieces.push(openPath(kept));
      else dots.push(...kept);
      end = kept.slice(-1);
      continue;
    }
    const isLow = tooLow(ys[from]!);
    while (i < ys.length && !isDrawable(ys[i]!) && tooLow(ys[i]!) === isLow) i++;
    if (isLow) low.push([plot.x(xs[from]!), plot.box.y + plot.box.height - bottomGap]);
    else high.push([plot.x(xs[from]!), Math.abs(ys[from]!) <= maxMagnitude ? plot.box.y + topGap : last]);
  }
  if (shape !== undefined && dots.at(-1) !== end[0]) dots.push(...end);
  const d = pieces.join("");
  const paths: Mark[] = [];
  if (d !== "" && casing && points <= mostCased)
    paths.push({ kind: "path", d, stroke: paper, width: casingWidth, opacity: 0.7, series });
  if (d !== "") paths.push({ kind: "path", d, stroke: color, ...pen, dash, series });
  const markers = (kind: Shape, at: readonly Point[], isHollow: boolean): Mark[] => {
    if (at.length === 0) return [];
    const style = isHollow ? { stroke: color, width: 1.5, radius: 5 } : { fill: color, radius: shape ? 4 : 3 };
    return [{ kind: "points", shape: kind, xs: at.map(([x]) => x), ys: at.map(([, y]) => y), ...style, series }];
  };
  return {
    paths,
    markers: [
      ...markers(shape ?? "circle", dots, false),
      ...markers("triangle", high, true),
      ...markers("down", low, true),
    ],
  };
}

/** Whether a value that cannot be drawn lies below the axis, rather than above it or nowhere. */
export function tooLow(value: number): boolean {
  return Number.isFinite(value) && value <= 1 / maxMagnitude;
}

/** Height of the first value that can be drawn; near the top when there is none. */
function firstHeight({ ys }: Line, plot: Plot, isDrawable: IsDrawable): number {
  for (let i = 0; i < ys.length; i++) if (isDrawable(ys[i]!)) return plot.y(ys[i]!);
  return plot.box.y + topGap;
}
