// A colour bar: what a colour means, as a strip with its own axis.

import type { Color } from "../color/color.ts";
import { borderColor } from "../color/theme.ts";
import { rectPath } from "../geometry/path.ts";
import type { Box, Mark } from "../scene/scene.ts";
import { oneLine, textWidth } from "../text/measure.ts";
import { type AxisPlan, scaleOf, type Tick } from "./axis.ts";
import { label, margin } from "./text.ts";

/** An axis with colours, from low to high. */
export interface ColorBarPlan extends AxisPlan {
  readonly stops: readonly Color[];
}

export const colorBarWidth = 12;

/** The widest of the labels [px]. */
export function widestLabel(ticks: readonly Tick[]): number {
  return Math.max(0, ...ticks.map((tick) => textWidth(oneLine(tick.label), 12)));
}

/** A bar in its box, labels to the right and its name above, ending at `right`. */
export function colorBarMarks(
  plan: ColorBarPlan,
  ticks: readonly Tick[],
  box: Box,
  right: number,
): { marks: Mark[]; nameStart: number } {
  const { x, y, height } = box;
  const place = scaleOf(plan, [y + height, y]);
  const name = oneLine(plan.name);
  const room = Math.min(textWidth(name, 12) + 0.01, (right - margin) * 0.5);
  const marks: Mark[] = [{ kind: "ramp", box, stops: plan.stops }, ...border(box)];
  for (const tick of ticks)
    marks.push(
      label(tick.label, x + colorBarWidth + 6, place(tick.at) + 4, { room: right - x - colorBarWidth - 6 + 0.01 }),
    );
  if (name !== "") marks.push(label(name, right, y - 9, { anchor: "end", room }));
  return { marks, nameStart: right - room };
}

/** A thin line around a box. */
export function border({ x, y, width, height }: Box): Mark[] {
  return [{ kind: "path", d: rectPath([[x, y, width, height]]), stroke: borderColor, width: 1 }];
}
