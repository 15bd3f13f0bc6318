// Places in a chart: from pixels to the values of its axes, and back.

import type { Axis, Scene, Window } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { Mark } from "../panels/pointing.ts";

/** A place in a chart. */
export interface Place {
  /** The values of the horizontal and of the vertical axis. */
  readonly at: readonly [number, number];
  /** The number of the plot in a chart with several plots. */
  readonly plot: number;
  /** The names of the axes with the values. */
  readonly text: string;
  /** How many units of the axes a pixel is; of logarithmic ones, at this place. */
  readonly unit: readonly [number, number];
  /** The distance from values of the same plot [px]. */
  distance(at: readonly [number, number]): number;
}

/** The axes of each plot of a chart that have numbers. */
function plotsOf({ axes }: Scene): (readonly [Axis, Axis])[] {
  const numeric = axes.filter(({ scale, side }) => scale !== "band" && side !== "right");
  const bottom = numeric.filter(({ side }) => side === "bottom");
  const left = numeric.filter(({ side }) => side === "left");
  return bottom.flatMap((axis, k) => (left[k] === undefined ? [] : [[axis, left[k]] as const]));
}

const shareAt = ({ pixels: [from, to] }: Axis, pixel: number): number => (pixel - from) / (to - from);

const valueAt = ({ scale, domain: [low, high] }: Axis, share: number): number =>
  scale === "log" ? low * (high / low) ** share : low + share * (high - low);

function pixelOf({ scale, domain: [low, high], pixels: [from, to] }: Axis, value: number): number {
  const share = scale === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return from + share * (to - from);
}

const isInside = (share: number): boolean => share >= 0 && share <= 1;

/** How many units a pixel is at a value. */
const unitAt = ({ scale, domain: [low, high], pixels: [from, to] }: Axis, value: number): number =>
  Math.abs((scale === "log" ? value * Math.log(high / low) : high - low) / (to - from));

/** The plots in which a place can be read: a triangle of probabilities is one too. */
const readPlots = (scene: Scene): readonly (readonly [Axis, Axis])[] =>
  scene.triangle ? [scene.triangle] : plotsOf(scene);

/** The position of a mark [px], and its height: 0 for a place. Null for values outside of the first plot, and for a chart without one. */
export function positionOf(scene: Scene, [x, y]: Mark): readonly [x: number, y: number, height: number] | null {
  const [plot] = readPlots(scene);
  if (plot === undefined) return null;
  const [bottom, top] = plot[1].pixels;
  const at = [pixelOf(plot[0], x), y === null ? top : pixelOf(plot[1], y)] as const;
  if (!at.every((pixel, k) => isInside(shareAt(plot[k]!, pixel)))) return null;
  return [...at, y === null ? bottom - top : 0];
}

/** The place of a row of the table of a chart, where the table has columns with the names of both axes. */
export function rowPlace({ axes, a11y: { table } }: Scene, row: number): Mark | null {
  const [x, y] = axes.slice(0, 2).map(({ name }) => table.rows[row]?.[table.columns.indexOf(name)]);
  return typeof x === "number" && typeof y === "number" ? [x, y] : null;
}

/** The place at a position [px]; null outside of all plots. */
export function placeIn(scene: Scene, x: number, y: number): Place | null {
  const plots = readPlots(scene);
  const plot = plots.findIndex(([bottom, left]) => isInside(shareAt(bottom, x)) && isInside(shareAt(left, y)));
  if (plot < 0) return null;
  const [bottom, left] = plots[plot]!;
  const at = [valueAt(bottom, shareAt(bottom, x)), valueAt(left, shareAt(left, y))] as const;
  return {
    ...{ at, plot },
    unit: [unitAt(bottom, at[0]), unitAt(left, at[1])],
    text: scene.triangle ? "" : [bottom, left].map(({ name }, k) => `${name}: ${formatNumber(at[k]!, 3)}`).join(" · "),
    distance: ([a, b]) => Math.hypot(pixelOf(bottom, a) - x, pixelOf(left, b) - y),
  };
}

/** Half of the width and height of the plot, as near as possible around a position [px]; null for a chart without exactly one plot. */
export function closer(scene: Scene, [x, y]: readonly [number, number]): Window | null {
  const [plot, other] = plotsOf(scene);
  if (plot === undefined || other !== undefined) return null;
  const half = (axis: Axis, pixel: number): readonly [number, number] => {
    const middle = Math.min(0.75, Math.max(0.25, shareAt(axis, pixel)));
    return [valueAt(axis, middle - 0.25), valueAt(axis, middle + 0.25)];
  };
  return { x: half(plot[0], x), y: half(plot[1], y) };
}

/** Whether a part of a chart can be shown: it has one plot with numbers on both axes. */
export const hasWindow = (scene: Scene): boolean => plotsOf(scene).length === 1;

/** The centre of the first plot [px]. */
export function centre(scene: Scene): readonly [number, number] {
  const [x, y] = plotsOf(scene)[0]!.map(({ pixels: [from, to] }) => (from + to) / 2);
  return [x!, y!];
}

/** Changes when other values are on the axes, so that a part of a chart has no meaning any more. */
export const axesKey = ({ axes }: Scene): string => JSON.stringify(axes.map(({ name, scale }) => [name, scale]));

/** The ends of the axes in words. */
export const windowText = ({ axes }: Scene, { x, y }: Window): string =>
  [x, y]
    .map(([low, high], k) => `${axes[k]!.name} from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}`)
    .join(", ");

/** The numbers of rows and columns of the places of a plot that the keyboard reads. */
export const GRID = 9;

/** The centre [px] of a place in the grid of the first plot; row 0 is the lowest. Null for a chart without such a plot. */
export function gridCentre(scene: Scene, [column, row]: readonly [number, number]): readonly [number, number] | null {
  const [plot] = plotsOf(scene);
  if (plot === undefined) return null;
  const pixel = ({ pixels: [from, to] }: Axis, index: number): number => from + ((index + 0.5) / GRID) * (to - from);
  return [pixel(plot[0], column), pixel(plot[1], row)];
}
