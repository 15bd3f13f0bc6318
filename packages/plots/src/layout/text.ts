// Lines of text as marks, and the bands above and below a chart that hold them.

import type { Color } from "../color/color.ts";
import { ink, muted } from "../color/theme.ts";
import type { Mark, TextMark } from "../scene/scene.ts";
import type { ChartText } from "../scene/spec.ts";
import { ascent, oneLine, textWidth, truncate, type Weight, wrap } from "../text/measure.ts";

/** Room between the edge of the drawing and anything in it [px]. */
export const margin = 14;

/** One line of text that takes at most `room` px, elided if it must be. */
export function label(
  text: string,
  x: number,
  y: number,
  {
    room = Number.POSITIVE_INFINITY,
    size = 12,
    weight = "regular",
    anchor = "start",
    color = muted,
    shorten = truncate,
  }: {
    room?: number;
    size?: number;
    weight?: Weight;
    anchor?: TextMark["anchor"];
    color?: Color;
    /** What a text that is too long loses: its end, or its middle. */
    shorten?: typeof truncate;
  } = {},
): TextMark {
  const full = oneLine(text);
  const shown = shorten(full, room, size, weight);
  return { kind: "text", x, y, text: shown, size, weight, anchor, color, ...(shown === full ? {} : { full }) };
}

/** A band of text and the height it takes. */
export interface Block {
  readonly marks: readonly Mark[];
  readonly height: number;
}

/** How many lines or rows each band may take. */
export interface LineLimits {
  readonly title: number;
  readonly subtitle: number;
  readonly caption: number;
  readonly legend: number;
}

/** Title and subtitle, from y = 0 down. A long title shrinks, then wraps, then is elided. */
export function titleBlock({ title, subtitle }: ChartText, width: number, limits: LineLimits, largest: number): Block {
  const room = width - 2 * margin;
  const text = oneLine(title);
  const sizes = [largest, largest - 1, largest - 2];
  const size = sizes.find((each) => textWidth(text, each, "bold") <= room) ?? largest - 2;
  const top = paragraph(text, margin, size, room, { size, lines: limits.title, weight: "bold", color: ink });
  if (subtitle === undefined) return top;
  const style = { size: 12, lines: limits.subtitle, weight: "regular", color: muted } as const;
  const under = paragraph(oneLine(subtitle), margin, top.height + 1, room, style);
  return { marks: [...top.marks, ...under.marks], height: under.height };
}

/** The caption's lines, from y = 0 down. */
export function captionBlock({ caption }: ChartText, width: number, limits: LineLimits): Block {
  if (caption === undefined) return { marks: [], height: 0 };
  const style = { size: 12, lines: limits.caption, weight: "regular", color: muted } as const;
  return paragraph(oneLine(caption), margin, 10, width - 2 * margin, style);
}

/** Wrapped lines from `top` down; `height` is where the last one ends. */
function paragraph(
  text: string,
  x: number,
  top: number,
  room: number,
  style: { size: number; lines: number; weight: Weight; color: Color },
): Block {
  const lines = wrap(text, room, style.size, style.lines, style.weight);
  const leading = Math.ceil(style.size * 1.3);
  const marks = lines.map((line, i): TextMark => {
    const cut = i === lines.length - 1 && line.endsWith("…") && !text.endsWith("…");
    return {
      kind: "text",
      x,
      y: top + Math.ceil(ascent * style.size) + i * leading,
      text: line,
      size: style.size,
      weight: style.weight,
      anchor: "start",
      color: style.color,
      ...(cut ? { full: text } : {}),
    };
  });
  return { marks, height: top + lines.length * leading };
}

/** Marks moved by (x, y). */
export function moved(marks: readonly Mark[], x: number, y: number): readonly Mark[] {
  return marks.length === 0 ? [] : [{ kind: "group", x, y, marks }];
}
