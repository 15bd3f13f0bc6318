// The thin lines of a chart: grid lines, the line of the horizontal axis, and the border of a plot.

import { borderColor, gridColor, muted } from "../color/theme.ts";
import { rectPath } from "../geometry/path.ts";
import type { Box, Mark } from "../scene/scene.ts";

/** Grid lines at these heights and widths [px], and the line of the horizontal axis. */
export function gridLines(
  { x, y, width, height }: Box,
  ticks: { xs: readonly number[]; ys: readonly number[] },
): Mark[] {
  const style = { kind: "rule", stroke: gridColor, width: 1 } as const;
  return [
    ...ticks.xs.map((at): Mark => ({ ...style, from: [at, y], to: [at, y + height] })),
    ...ticks.ys.map((at): Mark => ({ ...style, from: [x, at], to: [x + width, at] })),
    { ...style, from: [x, y + height], to: [x + width, y + height], stroke: muted },
  ];
}

/** A thin line around a box. */
export function border({ x, y, width, height }: Box): Mark {
  return { kind: "path", d: rectPath([[x, y, width, height]]), stroke: borderColor, width: 1 };
}
