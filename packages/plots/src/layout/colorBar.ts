// A colour bar: a strip of colours with an axis beside it, which shows the number of each colour.

import type { Color } from "../color/color.ts";
import type { Box, Mark } from "../scene/scene.ts";
import { oneLine, textWidth } from "../text/measure.ts";
import { type AxisPlan, scaleOf, type Tick, widestLabel } from "./axis.ts";
import { border } from "./gridLines.ts";
import { label, margin, textSize } from "./label.ts";

/** An axis with colours, from low to high. */
export interface ColorBarPlan extends AxisPlan {
  readonly stops: readonly Color[];
}

/** Distance from the plot, width of the strip, distance of the labels from the strip [px]. */
const plotGap = 16;
const stripWidth = 12;
const labelGap = 6;

/** Width of a colour bar with its distance from the plot [px]; its labels take at most `maxLabel` px. */
export function colorBarWidth(ticks: readonly Tick[], maxLabel = Number.POSITIVE_INFINITY): number {
  const labels = widestLabel(ticks.map(({ label }) => label));
  return plotGap + stripWidth + labelGap + Math.min(labels, maxLabel);
}

/** Where a colour bar is drawn [px]. */
export interface ColorBarPosition {
  /** Right edge of the plot. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Right end of the labels and of the name. */
  readonly right: number;
}

/** The marks of a colour bar; its name ends at `right` and begins at `nameStart` [px]. */
export function colorBarMarks(
  plan: ColorBarPlan,
  ticks: readonly Tick[],
  { x, y, height, right }: ColorBarPosition,
): { marks: Mark[]; nameStart: number } {
  const box: Box = { x: x + plotGap, y, width: stripWidth, height };
  const position = scaleOf(plan, [y + height, y]);
  const labelX = box.x + stripWidth + labelGap;
  const name = oneLine(plan.name);
  const nameWidth = Math.min(textWidth(name, textSize) + 0.01, (right - margin) * 0.5);
  const marks: Mark[] = [{ kind: "ramp", box, stops: plan.stops }, border(box)];
  for (const tick of ticks)
    marks.push(label(tick.label, labelX, position(tick.at) + 4, { maxWidth: right - labelX + 0.01 }));
  if (name !== "") marks.push(label(name, right, y - 9, { anchor: "end", maxWidth: nameWidth }));
  return { marks, nameStart: right - nameWidth };
}
