// The frame of a chart with two axes: everything but the data. Titles, legend and caption need only the width of the
// drawing, so the heights are computed first. The height of the plot fixes the ticks of the vertical axis, and the widths
// of their labels fix the left and the right edge.

import { fail } from "../data/check.ts";
import type { Range } from "../data/range.ts";
import type { A11y, Axis, Box, LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { type ChartText, withRemark } from "../scene/spec.ts";
import { oneLine, textWidth } from "../text/measure.ts";
import {
  type AxisPlan,
  bandLabelWidth,
  horizontalTicks,
  isUpwards,
  scaleOf,
  type Tick,
  verticalTicks,
  widestLabel,
} from "./axis.ts";
import { blocksAround } from "./blocks.ts";
import { type ColorBarPlan, colorBarMarks, colorBarWidth } from "./colorBar.ts";
import { border, gridLines } from "./gridLines.ts";
import { type LabelStyle, label, margin, shortenerFor, textSize } from "./label.ts";

export interface FramePlan {
  readonly text: ChartText;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly legend: readonly LegendItem[];
  readonly colorBar?: ColorBarPlan;
  /** Whether both axes are equally long. */
  readonly square?: boolean;
  /**
   * The lines of the plot: a grid (the default), the vertical or the horizontal half of it for bars, or a border around
   * marks that fill the plot.
   */
  readonly lines?: "grid" | "vertical" | "horizontal" | "border";
}

/** From a point in the units of the axes to pixels, and the box of the plot. */
export interface Plot {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly box: Box;
}

/** A frame whose plot is still empty. */
export interface Frame extends Plot {
  readonly size: Size;
  /** Titles, legend, grid: drawn before the data. */
  readonly under: readonly Mark[];
  /** Border, tick labels, names of the axes: drawn after the data. */
  readonly over: readonly Mark[];
  readonly axes: readonly Axis[];
  readonly legend: readonly LegendItem[];
}

/** Heights of a line of tick labels and of the name of an axis, with their distances [px]. */
const tickHeight = 20;
/** Distance of the baseline of the tick labels from the plot [px]: they stay clear of the lowest label on the left. */
const tickBaseline = 17;
const nameHeight = 18;
/** Distance of the name of the vertical axis from the plot [px]. */
const nameGap = 4;
/** Distance of the plot from the blocks above it when nothing is written between them [px]. */
const topGap = 6;
/** Distance of a tick label from the plot [px]. */
const labelGap = 8;
/** Largest share of the width for the labels of the vertical axis, with labels on both axes, and for the colour bar. */
const maxLabelShare = 0.36;
const maxLabelShareOfTwo = 0.3;
const maxColorLabelShare = 0.25;
/** Labels that are written upwards take at most this share of the height. */
const maxUpwardsShare = 0.3;
const minPlotWidth = 24;

/** The frame of a chart. A remark under the chart counts the labels of bands that there is no space for. */
export function frameOf(whole: FramePlan, size: Size): Frame {
  const plan = windowed(whole, size);
  let frame = drawFrame(plan, size);
  let remark = "";
  // The remark takes height, so fewer labels may fit once it is there. Its text has the same length then.
  for (let missing = missingLabels(frame, plan); missing !== remark; missing = missingLabels(frame, plan)) {
    remark = missing;
    frame = drawFrame({ ...plan, text: withRemark(plan.text, remark) }, size);
  }
  return frame;
}

/** The frame with its data drawn in. */
export function finish(frame: Frame, data: readonly Mark[], a11y: A11y): Scene {
  const { size, under, over, axes, legend } = frame;
  const inside = size.window === undefined ? data : data.flatMap((mark) => clipped(mark, frame.box));
  return { width: size.width, height: size.height, marks: [...under, ...inside, ...over], axes, legend, a11y };
}

/** The plan of the part of a plot; the axes of bands have no parts. */
function windowed(plan: FramePlan, { window }: Size): FramePlan {
  if (window === undefined || plan.x.scale === "band" || plan.y.scale === "band") return plan;
  for (const side of ["x", "y"] as const) {
    const [low, high] = window[side];
    const least = plan[side].scale === "log" ? 0 : Number.NEGATIVE_INFINITY;
    if (!(low > least && low < high && high < Number.POSITIVE_INFINITY))
      fail(
        "scene",
        `window.${side} must be two finite numbers, the lower one first${least === 0 ? ", above 0" : ""}, got ${low} and ${high}. Pass the ends of a part of the axis.`,
      );
  }
  return { ...plan, x: { ...plan.x, domain: window.x }, y: { ...plan.y, domain: window.y } };
}

/** A mark of the data as far as it is inside of the plot; a text is there as a whole or not at all. */
function clipped(mark: Mark, box: Box): readonly Mark[] {
  if (mark.kind === "text") {
    const { x, y } = mark;
    const isInside = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
    return isInside ? [mark] : [];
  }
  return mark.kind === "group" || mark.kind === "ramp" ? [mark] : [{ clip: box, ...mark }];
}

/** Sentences on the axes that cannot show all labels of their bands; "" when both can. */
function missingLabels({ axes: [x, y] }: Frame, plan: FramePlan): string {
  const sentence = (side: string, shown: number, labels: readonly string[] | undefined): string[] =>
    labels === undefined || shown === labels.length
      ? []
      : [`The ${side} axis has space for ${shown} of ${labels.length} labels.`];
  return [
    ...sentence("horizontal", x!.ticks.length, plan.x.labels),
    ...sentence("vertical", y!.ticks.length, plan.y.labels),
  ].join(" ");
}

function drawFrame(plan: FramePlan, size: Size): Frame {
  const { box, height: whole, under, legend, upwards, yTicks, barTicks } = plotOf(plan, size);
  const { x, y, width, height } = box;
  const xTicks = horizontalTicks(plan.x, [x, x + width], {
    limits: [margin / 2, size.width - margin / 2],
    upwards: upwards > 0,
  });
  const plot: Plot = { x: scaleOf(plan.x, [x, x + width]), y: scaleOf(plan.y, [y + height, y]), box };
  const lines = plan.lines ?? "grid";
  const grid = {
    xs: lines === "horizontal" ? [] : xTicks.map(({ at }) => plot.x(at)),
    ys: lines === "vertical" ? [] : yTicks.map(({ at }) => plot.y(at)),
  };
  const colorBar =
    plan.colorBar === undefined
      ? undefined
      : colorBarMarks(plan.colorBar, barTicks, { x: x + width, y, height, right: size.width - margin });
  const axis = ({ name, scale, domain }: AxisPlan): Pick<Axis, "name" | "scale" | "domain"> => ({
    name,
    scale,
    domain,
  });
  const yPixels: Range = [y + height, y];
  return {
    ...plot,
    size: { ...size, height: whole },
    under: lines === "border" ? under : [...under, ...gridLines(box, grid)],
    over: [
      ...(lines === "border" ? [border(box)] : []),
      ...xLabels(plan.x, xTicks, plot, upwards),
      ...yLabels(yTicks, plot),
      ...(colorBar?.marks ?? []),
      ...axisNames(plan, size, { box, yTicks, upwards, nameEnd: colorBar?.nameStart }),
    ],
    axes: [
      { side: "bottom", ...axis(plan.x), pixels: [x, x + width], ticks: xTicks },
      { side: "left", ...axis(plan.y), pixels: yPixels, ticks: yTicks },
      ...(plan.colorBar === undefined
        ? []
        : [{ side: "right" as const, ...axis(plan.colorBar), pixels: yPixels, ticks: barTicks }]),
    ],
    legend,
  };
}

/** The box of the plot, the marks above and below it, and what fixed the box. */
interface PlotArea {
  readonly box: Box;
  /** Height of the drawing [px]. */
  readonly height: number;
  readonly under: readonly Mark[];
  readonly legend: readonly LegendItem[];
  readonly yTicks: readonly Tick[];
  readonly barTicks: readonly Tick[];
  /** Length of the labels that are written upwards [px]; 0 when the labels are written on a line. */
  readonly upwards: number;
}

/**
 * The plot of a frame. It is computed again once its width shows that labels must be written upwards, or that a square
 * must be lower.
 */
function plotOf(
  plan: FramePlan,
  size: Size,
  {
    upwards = 0,
    maxHeight = Number.POSITIVE_INFINITY,
  }: { readonly upwards?: number; readonly maxHeight?: number } = {},
): PlotArea {
  const top = plan.y.name === "" && plan.colorBar === undefined ? topGap : nameHeight + nameGap;
  const bottom = (upwards > 0 ? upwards + labelGap + 4 : tickHeight) + (plan.x.name === "" ? 0 : nameHeight);
  const { text, legend } = plan;
  const blocks = blocksAround({ text, legend, size, axesHeight: top + bottom });
  const y = blocks.top + top;
  const height = Math.min(blocks.bottom - blocks.top - top - bottom, maxHeight);

  const yTicks = verticalTicks(plan.y, [y + height, y]);
  const barTicks = plan.colorBar === undefined ? [] : verticalTicks(plan.colorBar, [y + height, y]);
  const labelShare = plan.x.labels === undefined ? maxLabelShare : maxLabelShareOfTwo;
  const left = margin + Math.min(widestLabel(yTicks.map((tick) => tick.label)), size.width * labelShare) + labelGap;
  // Without a colour bar the last tick label may stand out by some pixels on the right.
  const right = margin + (plan.colorBar === undefined ? 4 : colorBarWidth(barTicks, size.width * maxColorLabelShare));
  const free = size.width - left - right;
  const width = Math.max(minPlotWidth, plan.square === true ? Math.min(free, height) : free);
  // A square plot stands in the middle of the drawing as far as the labels leave it the space.
  const shift = Math.max(0, Math.min((free - width) / 2, size.width / 2 - left - width / 2));
  const box: Box = { x: plan.square === true ? left + shift : left, y, width, height };

  const longest = Math.min(widestLabel(plan.x.labels ?? []), size.height * maxUpwardsShare);
  const band = width / (plan.x.labels?.length ?? 1);
  if (upwards === 0 && isUpwards(plan.x, band, longest)) return plotOf(plan, size, { upwards: longest, maxHeight });
  if (plan.square === true && width < height && maxHeight > height)
    return plotOf(plan, size, { upwards, maxHeight: width });
  return { box, height: blocks.height, under: blocks.marks, legend: blocks.legend, yTicks, barTicks, upwards };
}

function yLabels(ticks: readonly Tick[], { y, box }: Plot): Mark[] {
  const maxWidth = box.x - labelGap - margin + 0.01;
  const shorten = shortenerFor(ticks.map(({ label }) => ({ text: oneLine(label), width: maxWidth })));
  const style: LabelStyle = { anchor: "end", maxWidth, shorten };
  return ticks.map((tick) => label(tick.label, box.x - labelGap, y(tick.at) + 4, style));
}

function xLabels(plan: AxisPlan, ticks: readonly Tick[], { x, box }: Plot, upwards: number): Mark[] {
  const bottom = box.y + box.height;
  const onLine = plan.labels === undefined ? box.width : bandLabelWidth(box.width / plan.labels.length);
  const maxWidth = upwards > 0 ? upwards + 0.01 : onLine;
  const shorten = shortenerFor(ticks.map(({ label }) => ({ text: oneLine(label), width: maxWidth })));
  if (upwards > 0) {
    const style: LabelStyle = { anchor: "end", upwards: true, maxWidth, shorten };
    return ticks.map((tick) => label(tick.label, x(tick.at) + 4, bottom + labelGap, style));
  }
  return ticks.map((tick) =>
    label(tick.label, x(tick.at), bottom + tickBaseline, { anchor: "middle", maxWidth, shorten }),
  );
}

/** The names of both axes: the vertical one's stands above the plot, from the left end of its labels on. */
function axisNames(
  plan: FramePlan,
  size: Size,
  {
    box,
    yTicks,
    upwards,
    nameEnd = size.width - margin + 12,
  }: Omit<PlotArea, "height" | "under" | "legend" | "barTicks"> & { nameEnd: number | undefined },
): Mark[] {
  const { x, y, width, height } = box;
  const marks: Mark[] = [];
  const left = Math.max(margin, x - labelGap - widestLabel(yTicks.map((tick) => tick.label)));
  if (plan.y.name !== "") marks.push(label(axisName(plan.y), left, y - 9, { maxWidth: nameEnd - 12 - left }));
  if (plan.x.name !== "") {
    const name = axisName(plan.x);
    const [middle, right] = [x + width / 2, size.width - margin];
    const centered = 2 * Math.min(middle - margin, right - middle);
    const baseline = y + height + (upwards > 0 ? upwards + labelGap + 4 : tickHeight) + 13;
    // A name that is too long for the middle of the plot ends at the right margin of the drawing.
    marks.push(
      textWidth(oneLine(name), textSize) <= centered
        ? label(name, middle, baseline, { anchor: "middle" })
        : label(name, right, baseline, { anchor: "end", maxWidth: right - margin }),
    );
  }
  return marks;
}

/** The name of an axis as it is written: "(log scale)" is added to the name of a logarithmic axis. */
const axisName = ({ name, scale }: AxisPlan): string => (scale === "log" ? `${name} (log scale)` : name);
