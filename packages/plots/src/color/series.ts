// The colour, the marker and the dash pattern of each series. A chart never relies on colour alone: series n also has
// marker n and dash pattern n. The colours can be told apart without colour vision too (series.test.ts recomputes it).

import type { Shape } from "../geometry/symbols.ts";
import { type Color, mix } from "./color.ts";
import { paper } from "./theme.ts";

export const seriesLight = ["#0072B2", "#D55E00", "#22262B", "#723311", "#2024A7", "#8D81FB", "#A04666"] as const;
export const seriesDark = ["#56B4E9", "#F28E2B", "#EDEFF2", "#4A64E7", "#D02E1E", "#F8C885", "#8C5587"] as const;

/** Colour of series n; repeats after seven. */
export function seriesColor(n: number): Color {
  return [seriesLight[n % 7]!, seriesDark[n % 7]!];
}

/** The pale background of the region of class n, under its points. */
export function regionColor(n: number): Color {
  const [light, dark] = seriesColor(n);
  return [mix(paper[0], light, n % 7 === 2 ? 0.16 : 0.22), mix(paper[1], dark, 0.26)];
}

const shapes: readonly Shape[] = ["circle", "square", "triangle", "diamond", "plus", "cross"];

/** Marker of series n; repeats after six. */
export function seriesShape(n: number): Shape {
  return shapes[n % 6]!;
}

export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 2, 2, 2], [12, 4], [1, 3]];

/** Dash pattern of series n; repeats after six. */
export function seriesDash(n: number): readonly number[] {
  return dashes[n % 6]!;
}
