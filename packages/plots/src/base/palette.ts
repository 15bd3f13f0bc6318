// The colours, markers and dashes of every chart, as pairs for the light and the dark theme.
// The series colours are told apart without colour vision too (palette.test.ts recomputes the numbers), and a chart
// never relies on colour alone: series n also has marker n and dash n.

import { rgb } from "d3-color";
import { interpolateCividis, interpolateViridis } from "d3-scale-chromatic";
import { type Color, contrast, mix, mixColor } from "./color.ts";

export const paper: Color = ["#FFFFFF", "#15181D"];
export const ink: Color = ["#22262B", "#EDEFF2"];
export const muted: Color = ["#5A626C", "#A3ABB6"];
export const grid: Color = ["#E8EAED", "#272C34"];
export const frame: Color = ["#AEB4BC", "#59616D"];

export const seriesLight = ["#0072B2", "#D55E00", "#22262B", "#723311", "#2024A7", "#8D81FB", "#A04666"] as const;
export const seriesDark = ["#56B4E9", "#F28E2B", "#EDEFF2", "#4A64E7", "#D02E1E", "#F8C885", "#8C5587"] as const;

/** Colour of series n; repeats after seven. */
export function seriesColor(n: number): Color {
  return [seriesLight[n % 7]!, seriesDark[n % 7]!];
}

/** The pale ground of class n, under its points. */
export function regionColor(n: number): Color {
  const [light, dark] = seriesColor(n);
  return [mix(paper[0], light, n % 7 === 2 ? 0.16 : 0.22), mix(paper[1], dark, 0.26)];
}

export const shapes = ["circle", "square", "triangle", "diamond", "plus", "cross"] as const;
export type Shape = (typeof shapes)[number] | "down";

/** Marker of series n; repeats after six. */
export function seriesShape(n: number): Shape {
  return shapes[n % 6]!;
}

export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 2, 2, 2], [12, 4], [1, 3]];

/** Dash of series n; repeats after six. */
export function seriesDash(n: number): readonly number[] {
  return dashes[n % 6]!;
}

/** A colour for every share in [0, 1]. */
export type Ramp = (share: number) => Color;
export type RampName = "surface" | "ratings" | "diverging" | "share";

/** The same colour in both themes; d3's ramps give "rgb(1, 2, 3)" as well as "#010203". */
function same(css: string): Color {
  const hex = rgb(css).formatHex();
  return [hex, hex];
}

const cold: Color = ["#7FB8E0", "#1B5A8C"];
const neutral: Color = ["#F7F6F3", "#22262C"];
const warm: Color = ["#F4AC75", "#93500F"];

/** surface: viridis. ratings: cividis. diverging: blue, neutral, orange. share: paper to blue, for 0–100 %. */
export const ramps: Readonly<Record<RampName, Ramp>> = {
  surface: (share) => same(interpolateViridis(share)),
  ratings: (share) => same(interpolateCividis(share)),
  diverging: (share) =>
    share < 0.5 ? mixColor(cold, neutral, share * 2) : mixColor(neutral, warm, Math.min(1, share * 2 - 1)),
  share: (share) => mixColor(["#F3F6F9", "#1E232A"], ["#0A5C92", "#7CC5F0"], share),
};

/** Black or white text, whichever reads better on the ground, per theme: a contrast of 4.58 at least, on any ground. */
export function inkOn(ground: Color): Color {
  const pick = (hex: string): string => (contrast(hex, "#FFFFFF") >= contrast(hex, "#000000") ? "#FFFFFF" : "#000000");
  return [pick(ground[0]), pick(ground[1])];
}
