// One line of text as a mark.

import type { Color } from "../color/color.ts";
import { muted } from "../color/theme.ts";
import type { TextMark } from "../scene/scene.ts";
import { oneLine, truncate, type Weight } from "../text/measure.ts";

/** Distance between the edge of the drawing and everything in it [px]. */
export const margin = 14;

/** Font size of all texts but titles [px]. */
export const textSize = 12;

/** How a label looks. */
export interface LabelStyle {
  /** A longer text is truncated to this width [px]. */
  readonly maxWidth?: number;
  /** Font size [px]. */
  readonly size?: number;
  readonly weight?: Weight;
  readonly anchor?: TextMark["anchor"];
  readonly color?: Color;
  /** Whether the text is turned by 90° so that it reads upwards. */
  readonly upwards?: boolean;
  /** Which part of a text that is too long is left out: its end or its middle. */
  readonly shorten?: typeof truncate;
}

/** One line of text, its anchor at (x, y) on the baseline. */
export function label(text: string, x: number, y: number, style: LabelStyle = {}): TextMark {
  const { maxWidth = Number.POSITIVE_INFINITY, size = textSize, weight = "regular" } = style;
  const { anchor = "start", color = muted, upwards = false, shorten = truncate } = style;
  const full = oneLine(text);
  const shown = shorten(full, maxWidth, size, weight);
  return {
    kind: "text",
    x,
    y,
    text: shown,
    size,
    weight,
    anchor,
    color,
    ...(upwards ? { upwards } : {}),
    ...(shown === full ? {} : { full }),
  };
}
