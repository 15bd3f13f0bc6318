// The boxes of the texts in a scene, by the table of widths.

import type { Box, Mark, Scene, TextMark } from "../src/scene/scene.ts";
import { ascent, descent, textWidth } from "../src/text/measure.ts";

export interface TextBox extends Box {
  readonly text: string;
  readonly size: number;
}

/** The rectangle a line of text takes. */
function textBox(mark: TextMark): Box {
  const width = textWidth(mark.text, mark.size, mark.weight);
  const x = mark.anchor === "start" ? mark.x : mark.anchor === "end" ? mark.x - width : mark.x - width / 2;
  const [top, height] = [ascent * mark.size, (ascent + descent) * mark.size];
  if (mark.upwards !== true) return { x, y: mark.y - top, width, height };
  // Turned by 90°: what was to the right of the anchor is above it, what was above it is to its left.
  return { x: mark.x - top, y: mark.y - (x - mark.x) - width, width: height, height: width };
}

/** Boxes of all the text of a scene. */
export function textBoxes(marks: readonly Mark[], dx = 0, dy = 0): TextBox[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "group") return textBoxes(mark.marks, dx + mark.x, dy + mark.y);
    if (mark.kind !== "text" || mark.text === "") return [];
    const box = textBox(mark);
    return [{ ...box, x: box.x + dx, y: box.y + dy, text: mark.text, size: mark.size }];
  });
}

/** Everything wrong with the text of a scene: too small, outside the drawing, or over other text. */
export function textFaults(scene: Scene): string[] {
  const boxes = textBoxes(scene.marks);
  const faults: string[] = [];
  for (const [i, a] of boxes.entries()) {
    if (a.size < 12) faults.push(`"${a.text}" is ${a.size} px`);
    if (a.x < 0 || a.y < 0 || a.x + a.width > scene.width || a.y + a.height > scene.height)
      faults.push(`"${a.text}" leaves the drawing: ${JSON.stringify(a)}`);
    for (const b of boxes.slice(i + 1)) if (overlap(a, b)) faults.push(`"${a.text}" touches "${b.text}"`);
  }
  return faults;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
