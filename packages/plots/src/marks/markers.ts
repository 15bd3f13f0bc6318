// Markers of points. Points of classes have a colour and a shape for each class, so that neither is needed alone.

import type { Color } from "../color/color.ts";
import { regionColor, seriesColor, seriesShape } from "../color/series.ts";
import { ink, paper } from "../color/theme.ts";
import type { ClassPoints } from "../data/field.ts";
import type { Plot } from "../layout/frame.ts";
import type { LegendItem, Mark, PointsMark } from "../scene/scene.ts";

/** From this number of points on, only one point of each pixel is drawn. */
const manyPoints = 2000;

/** The radius of the markers of so many points [px]. */
export function radiusFor(count: number): number {
  return count > manyPoints ? 2.2 : count > 600 ? 3 : 3.8;
}

/** The positions of the chosen points [px]. Of more than 2,000 points only one is kept for each pixel. */
export function positions(
  { xs, ys }: { readonly xs: ArrayLike<number>; readonly ys: ArrayLike<number> },
  plot: Plot,
  isChosen: (i: number) => boolean = () => true,
): { xs: number[]; ys: number[] } {
  const many = xs.length > manyPoints;
  const taken = new Set<string>();
  const kept = { xs: [] as number[], ys: [] as number[] };
  for (let i = 0; i < xs.length; i++) {
    if (!isChosen(i)) continue;
    const [x, y] = [plot.x(xs[i]!), plot.y(ys[i]!)];
    if (many) {
      const pixel = `${Math.round(x)} ${Math.round(y)}`;
      if (taken.has(pixel)) continue;
      taken.add(pixel);
    }
    kept.xs.push(x);
    kept.ys.push(y);
  }
  return kept;
}

/** Circles with a thin edge of the colour of the paper, which keeps overlapping circles apart. */
export function circles(
  points: { readonly xs: ArrayLike<number>; readonly ys: ArrayLike<number> },
  plot: Plot,
  { color, series, opacity = 0.75 }: { readonly color: Color; readonly series: number; readonly opacity?: number },
  isChosen?: (i: number) => boolean,
): PointsMark {
  return {
    kind: "points",
    shape: "circle",
    ...positions(points, plot, isChosen),
    radius: radiusFor(points.xs.length),
    fill: color,
    stroke: paper,
    width: 0.8,
    opacity,
    series,
  };
}

/** The look of a hollow marker of a colour. */
export const hollowMarker = (color: Color) => ({ fill: paper, stroke: color, width: 1.6 }) as const;

/** Distance of a ring from the marker in it [px]. */
const ringGap = 2.6;

/** Rings around the chosen points, by default close to their markers. */
export const ringMark = (
  points: { readonly xs: ArrayLike<number>; readonly ys: ArrayLike<number> },
  plot: Plot,
  isChosen?: (i: number) => boolean,
  gap = ringGap,
): PointsMark => ({
  kind: "points",
  shape: "circle",
  ...positions(points, plot, isChosen),
  radius: radiusFor(points.xs.length) + gap,
  stroke: ink,
  width: 1.1,
  clip: plot.box,
});

/** The number of the rings among the series of a chart; lines over a field have lower ones. */
const ringSeries = (classes: number): number => classes + 4;

/** The points of each class as one mark, its hollow ones as another, and rings at a distance from the markers [px]. */
export function classMarks(
  { x1, x2, labels, hollow, ring }: ClassPoints,
  classes: number,
  plot: Plot,
  gap = ringGap,
): Mark[] {
  const marks = (k: number, isHollow: boolean): Mark => ({
    kind: "points",
    shape: seriesShape(k),
    ...positions({ xs: x1, ys: x2 }, plot, (i) => labels[i] === k && (hollow?.[i] ?? false) === isHollow),
    radius: radiusFor(x1.length),
    ...(isHollow ? hollowMarker(seriesColor(k)) : { fill: seriesColor(k), stroke: paper, width: 0.9 }),
    clip: plot.box,
    series: k,
  });
  const numbers = Array.from({ length: classes }, (_, k) => k);
  const filled = numbers.map((k) => marks(k, false));
  return [
    ...filled,
    ...(hollow === undefined ? [] : numbers.map((k) => marks(k, true))),
    ...(ring === undefined
      ? []
      : [{ ...ringMark({ xs: x1, ys: x2 }, plot, (i) => ring[i]!, gap), series: ringSeries(classes) }]),
  ];
}

/**
 * Legend entries of the classes that are drawn: the marker where a class has points, else the colour of its region; and one of the rings.
 *
 * @param hasRegion  whether class k has a region in the plot
 */
export function classItems(
  names: readonly string[],
  points: ClassPoints | undefined,
  hasRegion: (k: number) => boolean,
): LegendItem[] {
  const drawn = new Set(points === undefined ? [] : Array.from(points.labels));
  const { order = Array.from(names.keys()), ring = [], ringName } = points ?? {};
  const classes = order.flatMap((k): LegendItem[] => {
    const name = names[k]!;
    if (drawn.has(k)) return [{ name, key: { marker: { shape: seriesShape(k), fill: seriesColor(k) } }, series: k }];
    return hasRegion(k) ? [{ name, key: { swatch: regionColor(k) } }] : [];
  });
  if (ringName === undefined || !Array.from(ring).includes(true)) return classes;
  const key = { marker: { shape: "circle", stroke: ink } } as const;
  return [...classes, { name: ringName, key, series: ringSeries(names.length) }];
}
