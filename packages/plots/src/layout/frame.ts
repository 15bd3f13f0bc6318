// The frame of a chart with two axes: title, legend, plot, axes, colour bar, caption, each in a band of its own.
// Heights come first (they need only the drawing's width), then the widths of the tick labels fix the sides.

import { gridColor, muted } from "../color/theme.ts";
import type { Range } from "../data/range.ts";
import type { A11y, Axis, Box, LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import type { ChartText } from "../scene/spec.ts";
import { type AxisPlan, horizontalTicks, narrowBand, scaleOf, verticalTicks } from "./axis.ts";
import { blocksAround } from "./blocks.ts";
import { border, type ColorBarPlan, colorBarMarks, colorBarWidth, widestLabel } from "./colorBar.ts";
import { label, margin } from "./text.ts";

export interface FramePlan {
  readonly words: ChartText;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly legend: readonly LegendItem[];
  readonly bar?: ColorBarPlan;
  /** Both axes equally long. */
  readonly square?: boolean;
  /** A field covers the whole plot: no grid under it, a border around it. */
  readonly field?: boolean;
  /** Grid lines of the horizontal axis only, for bars. */
  readonly bars?: boolean;
}

/** A frame with its plot still empty. */
export interface Frame {
  readonly size: Size;
  readonly box: Box;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Title, legend, grid: drawn before the data. */
  readonly under: readonly Mark[];
  /** Border, tick labels, names: drawn after the data. */
  readonly over: readonly Mark[];
  readonly axes: readonly Axis[];
  readonly legend: readonly LegendItem[];
}

const tickHeight = 20;
const nameHeight = 18;

/** Settles where everything but the data goes. */
export function frameOf(plan: FramePlan, size: Size): Frame {
  const names = plan.y.name === "" && plan.bar === undefined ? 6 : nameHeight + 4;
  const axesHeight = names + tickHeight + (plan.x.name === "" ? 0 : nameHeight);
  const bands = blocksAround(plan.words, plan.legend, size, axesHeight);
  const y = bands.top + names;
  const height = bands.bottom - bands.top - axesHeight;

  const yTicks = verticalTicks(plan.y, [y + height, y]);
  const barTicks = plan.bar === undefined ? [] : verticalTicks(plan.bar, [y + height, y]);
  const leftRoom = Math.min(widestLabel(yTicks), size.width * 0.36);
  const barRoom =
    plan.bar === undefined ? 0 : 16 + colorBarWidth + 6 + Math.min(widestLabel(barTicks), size.width * 0.25);
  const left = margin + leftRoom + 8;
  const free = size.width - left - barRoom - margin - (plan.bar === undefined ? 4 : 0);
  const width = Math.max(24, plan.square === true ? Math.min(free, height) : free);
  const x =
    plan.square === true ? left + Math.max(0, Math.min((free - width) / 2, size.width / 2 - left - width / 2)) : left;
  const box: Box = { x, y, width, height };

  const within: Range = [margin / 2, size.width - margin / 2];
  const xTicks = horizontalTicks(plan.x, [x, x + width], within);
  const placeX = scaleOf(plan.x, [x, x + width]);
  const placeY = scaleOf(plan.y, [y + height, y]);

  const under: Mark[] = [...bands.marks];
  const over: Mark[] = [];
  if (plan.field === true) over.push(...border(box));
  else
    under.push(
      ...gridLines(
        plan,
        box,
        xTicks.map((t) => placeX(t.at)),
        yTicks.map((t) => placeY(t.at)),
      ),
    );
  const band = plan.x.labels === undefined ? width : width / plan.x.labels.length;
  const labelRoom = band < narrowBand ? width : band - 4;
  for (const tick of xTicks)
    over.push(label(tick.label, placeX(tick.at), y + height + 16, { anchor: "middle", room: labelRoom }));
  for (const tick of yTicks)
    over.push(label(tick.label, x - 8, placeY(tick.at) + 4, { anchor: "end", room: leftRoom + 0.01 }));

  let nameEnd = size.width - margin;
  if (plan.bar !== undefined) {
    const bar = colorBarMarks(
      plan.bar,
      barTicks,
      { x: x + width + 16, y, width: colorBarWidth, height },
      size.width - margin,
    );
    over.push(...bar.marks);
    nameEnd = bar.nameStart - 12;
  }
  const nameX = Math.max(margin, x - leftRoom - 8);
  const nameRoom = nameEnd - nameX;
  if (plan.y.name !== "") over.push(label(plan.y.name, nameX, y - 9, { room: nameRoom }));
  if (plan.x.name !== "") {
    const room = 2 * Math.min(x + width / 2 - margin, size.width - margin - x - width / 2);
    over.push(label(plan.x.name, x + width / 2, y + height + tickHeight + 13, { anchor: "middle", room }));
  }

  const axes: Axis[] = [
    { side: "bottom", ...axisData(plan.x), pixels: [x, x + width], ticks: xTicks },
    { side: "left", ...axisData(plan.y), pixels: [y + height, y], ticks: yTicks },
  ];
  if (plan.bar !== undefined)
    axes.push({ side: "right", ...axisData(plan.bar), pixels: [y + height, y], ticks: barTicks });
  return { size, box, x: placeX, y: placeY, under, over, axes, legend: plan.legend };
}

/** The frame with its data drawn in. */
export function finish(frame: Frame, data: readonly Mark[], a11y: A11y): Scene {
  const { size, under, over, axes, legend } = frame;
  return { width: size.width, height: size.height, marks: [...under, ...data, ...over], axes, legend, a11y };
}

function axisData({ name, scale, domain }: AxisPlan | ColorBarPlan): Pick<Axis, "name" | "scale" | "domain"> {
  return { name, scale, domain };
}

function gridLines(plan: FramePlan, box: Box, xs: readonly number[], ys: readonly number[]): Mark[] {
  const { x, y, width, height } = box;
  const lines: Mark[] = xs.map((at) => ({
    kind: "rule",
    from: [at, y],
    to: [at, y + height],
    stroke: gridColor,
    width: 1,
  }));
  if (plan.bars !== true)
    for (const at of ys) lines.push({ kind: "rule", from: [x, at], to: [x + width, at], stroke: gridColor, width: 1 });
  lines.push({ kind: "rule", from: [x, y + height], to: [x + width, y + height], stroke: muted, width: 1 });
  return lines;
}
