// Lines of series over a frame: reduced to the pixel columns, broken where a value cannot be drawn, and every such
// break marked.

import type { Color } from "../color/color.ts";
import { paper } from "../color/theme.ts";
import { decimate } from "../geometry/decimate.ts";
import { openPath, type Point } from "../geometry/path.ts";
import type { Box, Mark } from "../scene/scene.ts";

/** A line to draw; x is finite throughout, y need not be. */
export interface Line {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly color: Color;
  readonly dash: readonly number[];
  readonly series: number;
  /** Whether paper parts the line from what is under it. */
  readonly halo: boolean;
}

/** Where a value can be drawn. */
export type Drawable = (y: number) => boolean;

/** Marks of one line and of its gaps. */
export function lineMarks(
  line: Line,
  place: { x: (v: number) => number; y: (v: number) => number; box: Box },
  drawable: Drawable,
): Mark[] {
  const { xs, ys, color, dash, series, halo } = line;
  const paths: string[] = [];
  const dots: Point[] = [];
  const high: Point[] = [];
  const floor: Point[] = [];
  let last = firstHeight(line, place, drawable);
  for (let i = 0; i < ys.length; ) {
    const from = i;
    if (drawable(ys[from]!)) {
      while (i < ys.length && drawable(ys[i]!)) i++;
      const columns = Float64Array.from({ length: i - from }, (_, k) => place.x(xs[from + k]!));
      const heights = Float64Array.from({ length: i - from }, (_, k) => place.y(ys[from + k]!));
      last = heights.at(-1)!;
      const kept = decimate(columns, heights).map((k): Point => [columns[k]!, heights[k]!]);
      if (kept.length > 1) paths.push(openPath(kept));
      else dots.push(...kept);
      continue;
    }
    const low = tooLow(ys[from]!);
    while (i < ys.length && !drawable(ys[i]!) && tooLow(ys[i]!) === low) i++;
    if (low) floor.push([place.x(xs[from]!), place.box.y + place.box.height - 5]);
    else high.push([place.x(xs[from]!), last]);
  }
  const marks: Mark[] = [];
  if (paths.length > 0 && halo)
    marks.push({ kind: "path", d: paths.join(""), stroke: paper, width: 4, opacity: 0.7, series });
  if (paths.length > 0) marks.push({ kind: "path", d: paths.join(""), stroke: color, width: 1.75, dash, series });
  const points = (shape: "circle" | "triangle" | "down", at: readonly Point[], hollow: boolean): void => {
    if (at.length === 0) return;
    const ink = hollow ? { stroke: color, width: 1.5, radius: 5 } : { fill: color, radius: 3 };
    marks.push({ kind: "points", shape, xs: at.map(([x]) => x), ys: at.map(([, y]) => y), ...ink, series });
  };
  points("circle", dots, false);
  points("triangle", high, true);
  points("down", floor, true);
  return marks;
}

/** Whether a value that cannot be drawn lies below the axis rather than above it or nowhere. */
export function tooLow(value: number): boolean {
  return Number.isFinite(value) && value < 1;
}

/** Height of the first value that can be drawn; near the top when there is none. */
function firstHeight({ ys }: Line, place: { y: (v: number) => number; box: Box }, drawable: Drawable): number {
  for (let i = 0; i < ys.length; i++) if (drawable(ys[i]!)) return place.y(ys[i]!);
  return place.box.y + 8;
}
