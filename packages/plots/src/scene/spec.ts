// What all specs have in common: a kind, a title, and the functions that draw them.

import { fail } from "../data/check.ts";
import type { Scene, Size } from "./scene.ts";

/** The texts around a chart. */
export interface ChartText {
  /** Names the chart; also its accessible name. */
  readonly title: string;
  /** A second line, smaller and grey. */
  readonly subtitle?: string;
  /** A remark under the chart. */
  readonly caption?: string;
}

/**
 * The key under which a spec holds the functions that draw it. So the file of a chart is the only place that knows how the chart is
 * drawn, and a program contains only the charts that it uses. JSON and structuredClone leave out what a symbol names:
 * there a spec is plain data. Pass a spec that was read from JSON to its function again, which also checks it.
 */
export const drawing: unique symbol = Symbol("drawing");

/** How one kind of chart is drawn. */
export interface Drawing<S> {
  /** The size of the drawing where the caller sets none, for a drawing of this width if the caller set one. */
  defaultSize(spec: S, width?: number): Size;
  /** Every coordinate of the chart at this size. */
  layout(spec: S, size: Size): Scene;
}

/** A chart as a function such as `lossCurve` made it: its data, its options and its texts. */
export interface Spec extends ChartText {
  readonly kind: string;
  readonly [drawing]: Drawing<Spec>;
}

/** The argument of the function that makes spec S: the keys in Defaults may be left out. */
export type Input<S extends Spec, Defaults extends keyof S = never> = Omit<S, "kind" | typeof drawing | Defaults> &
  Partial<Pick<S, Defaults>>;

/** The default size of a chart without needs of its own. */
export const standardSize = (): Size => ({ width: 640, height: 420 });

/** The default size of a chart whose plot is a square: 480 × 500 px, and as much lower as a narrower drawing needs. */
export const squareSize = (_: Spec, width = 480): Size => ({
  width: 480,
  height: Math.min(500, Math.max(220, width + 90)),
});

/** The texts of a chart as its function received them, for requireTexts; the title is required. */
export const textOf = ({ title, subtitle, caption }: ChartText): Record<keyof ChartText, unknown> => ({
  title: title ?? null,
  subtitle,
  caption,
});

/** The texts with a remark in front of the caption, which may be truncated at its end. */
export function withRemark<T extends ChartText>(text: T, remark: string): T {
  if (remark === "") return text;
  return { ...text, caption: text.caption === undefined ? remark : `${remark} ${text.caption}` };
}

/** Smallest size at which the texts of a chart have space, and the largest that we draw [px]. */
const minWidth = 240;
const minHeight = 220;
const maxSide = 20_000;

/**
 * The scene of a chart at a size.
 *
 * @throws TypeError when the spec was not made by the function of a chart
 * @throws RangeError when width or height is too small for the texts of the chart, or the window is not a part of one plot
 */
export function sceneAt(spec: Spec, { width, height, window, legendButtons }: Partial<Size>): Scene {
  const functions = spec[drawing];
  if (functions === undefined)
    throw new TypeError(
      `scene: the spec of kind ${JSON.stringify(spec.kind)} cannot be drawn, because it was not made by the function of a chart. ` +
        "Pass its data to that function first, for example lossCurve(spec). JSON and structuredClone do not keep a spec's functions.",
    );
  const normal = functions.defaultSize(spec, width);
  const size: Size = {
    width: width ?? normal.width,
    height: height ?? normal.height,
    ...(window && { window }),
    ...(legendButtons && { legendButtons }),
  };
  for (const [side, min] of [["width", minWidth] as const, ["height", minHeight] as const])
    if (!(size[side] >= min && size[side] <= maxSide))
      fail(
        "scene",
        `the ${side} of ${spec.kind} must be from ${min} to ${maxSide} px, got ${size[side]}. Set another ${side}, or another number of columns in panels.`,
      );
  const scene = functions.layout(spec, size);
  const [x, y] = scene.axes;
  if (window !== undefined && (x?.domain !== window.x || y?.domain !== window.y))
    fail(
      "scene",
      `${spec.kind} has no window, because it has not one plot with numbers on both axes. Leave out window.`,
    );
  return scene;
}
