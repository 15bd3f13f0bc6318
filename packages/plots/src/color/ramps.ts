// Colours for numbers: each ramp gives a colour for every share from 0 to 1.

import { rgb } from "d3-color";
import { interpolateCividis, interpolateViridis } from "d3-scale-chromatic";
import { type Color, contrast, mixColor } from "./color.ts";

/** A colour for every share from 0 to 1. */
export type Ramp = (share: number) => Color;
export type RampName = "surface" | "ratings" | "diverging" | "share";

/** One colour for both themes. The ramps of d3 give "rgb(1, 2, 3)" as well as "#010203". */
function same(css: string): Color {
  const hex = rgb(css).formatHex();
  return [hex, hex];
}

const cold: Color = ["#7FB8E0", "#1B5A8C"];
const neutral: Color = ["#F7F6F3", "#22262C"];
const warm: Color = ["#F4AC75", "#93500F"];

/** From 0 to 100 %: pale enough for black digits in the light theme, dark enough for white ones in the dark theme. */
const none: Color = ["#F3F6F9", "#1E232A"];
const all: Color = ["#4A9AD4", "#1F6FAE"];

/**
 * surface: viridis, for heights. ratings: cividis, for values of one sign. diverging: blue, neutral, orange, for values on
 * both sides of a middle. share: from the paper to blue, for shares of a whole.
 */
export const ramps: Readonly<Record<RampName, Ramp>> = {
  surface: (share) => same(interpolateViridis(share)),
  ratings: (share) => same(interpolateCividis(share)),
  diverging: (share) =>
    share < 0.5 ? mixColor(cold, neutral, share * 2) : mixColor(neutral, warm, Math.min(1, share * 2 - 1)),
  share: (share) => mixColor(none, all, share),
};

/** Black or white text, whichever can be read better on a colour, in each theme: a contrast of at least 4.58. */
export function textColorOn(ground: Color): Color {
  const pick = (hex: string): string => (contrast(hex, "#FFFFFF") >= contrast(hex, "#000000") ? "#FFFFFF" : "#000000");
  return [pick(ground[0]), pick(ground[1])];
}
