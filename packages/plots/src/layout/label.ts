// One line of text as a mark.

import type { Color } from "../color/color.ts";
import { muted } from "../color/theme.ts";
import type { TextMark } from "../scene/scene.ts";
import { oneLine, textWidth, truncate, truncateMiddle, type Weight } from "../text/measure.ts";

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
  /** How a text that is too long is shortened. Default: its end is left out. */
  readonly shorten?: Shorten;
}

/** A shorter text that fits in `width` px. */
export type Shorten = typeof truncate;

/**
 * How to shorten several texts so that they still differ: without their ends, else without their middles, else without
 * the beginning that all long texts have in common.
 */
export function shortenerFor(texts: readonly { readonly text: string; readonly width: number }[]): Shorten {
  const start = commonStart(texts.filter(({ text, width }) => textWidth(text, textSize) > width));
  const withoutStart: Shorten = (text, width, size, weight) =>
    textWidth(text, size, weight) <= width || !text.startsWith(start)
      ? truncate(text, width, size, weight)
      : truncate(`…${text.slice(start.length)}`, width, size, weight);
  const choices = [truncate, truncateMiddle, withoutStart].map((shorten) => ({
    shorten,
    distinct: new Set(texts.map(({ text, width }) => shorten(text, width, textSize))).size,
  }));
  return choices.reduce((best, each) => (each.distinct > best.distinct ? each : best)).shorten;
}

/** The longest beginning that all texts share, in complete words if it has any; "" for fewer than two different texts. */
function commonStart(texts: readonly { readonly text: string }[]): string {
  const all = [...new Set(texts.map(({ text }) => text))].map((text) => [...text]);
  if (all.length < 2) return "";
  const [first, ...others] = all;
  const end = first!.findIndex((letter, i) => others.some((letters) => letters[i] !== letter));
  const shared = first!.slice(0, end < 0 ? first!.length : end).join("");
  return shared.includes(" ") ? shared.slice(0, shared.lastIndexOf(" ") + 1) : shared;
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
