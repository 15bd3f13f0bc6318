// Colours for numbers: each ramp gives a colour for every share from 0 to 1.

import { rgb } from "d3-color";
import { interpolateCividis, interpolateViridis } from "d3-scale-chromatic";
import { type Color, contrast, mixColor } from "./color.ts";

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
export function textColorOn(background: Color): Color {
  const pick = (hex: string): string => (contrast(hex, "#FFFFFF") >= contrast(hex, "#000000") ? "#FFFFFF" : "#000000");
  return [pick(background[0]), pick(background[1])];
}
