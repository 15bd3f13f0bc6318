// Title and subtitle above a chart, caption below it, as blocks of lines.

import type { Color } from "../color/color.ts";
import { ink, muted } from "../color/theme.ts";
import type { Mark, TextMark } from "../scene/scene.ts";
import type { ChartText } from "../scene/spec.ts";
import { ascent, type LineStyle, oneLine, textWidth, wrap } from "../text/measure.ts";
import { margin, textSize } from "./label.ts";

/** Marks that take the full width of the drawing, from y = 0 down to `height` [px]. */
export interface Block {
  readonly marks: readonly Mark[];
  readonly height: number;
}

/** Height of a line as a multiple of the font size. */
const lineHeight = 1.3;
/** Distance of the caption from the plot and its axes [px]. */
const captionGap = 10;

/** Title and subtitle. A long title becomes up to 2 px smaller, then takes more lines, then is truncated. */
export function titleBlock(
  { title, subtitle }: ChartText,
  {
    width,
    size: largest,
    titleLines,
    subtitleLines,
  }: { width: number; size: number; titleLines: number; subtitleLines: number },
): Block {
  const maxWidth = width - 2 * margin;
  const text = oneLine(title);
  const sizes = [largest, largest - 1, largest - 2];
  const size = sizes.find((each) => textWidth(text, each, "bold") <= maxWidth) ?? largest - 2;
  const top = paragraph(text, size, { width: maxWidth, size, lines: titleLines, weight: "bold" }, ink);
  if (subtitle === undefined) return top;
  const style: LineStyle = { width: maxWidth, size: textSize, lines: subtitleLines, weight: "regular" };
  const under = paragraph(oneLine(subtitle), top.height + 1, style, muted);
  return { marks: [...top.marks, ...under.marks], height: under.height };
}

/** The caption; an empty block when there is none. */
export function captionBlock({ caption }: ChartText, width: number, lines: number): Block {
  if (caption === undefined) return { marks: [], height: 0 };
  const style: LineStyle = { width: width - 2 * margin, size: textSize, lines, weight: "regular" };
  return paragraph(oneLine(caption), captionGap, style, muted);
}

/** Lines of text from y = top down. */
function paragraph(text: string, top: number, style: LineStyle, color: Color): Block {
  const lines = wrap(text, style);
  const step = Math.ceil(style.size * lineHeight);
  const marks = lines.map((line, i): TextMark => {
    const cut = i === lines.length - 1 && line.endsWith("…") && !text.endsWith("…");
    return {
      kind: "text",
      x: margin,
      y: top + Math.ceil(ascent * style.size) + i * step,
      text: line,
      size: style.size,
      weight: style.weight,
      anchor: "start",
      color,
      ...(cut ? { full: text } : {}),
    };
  });
  return { marks, height: top + lines.length * step };
}
