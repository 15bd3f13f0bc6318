// Markers of classes: colour and shape say the same, so neither is needed alone.

import { regionColor, seriesColor, seriesShape } from "../color/series.ts";
import { paper } from "../color/theme.ts";
import type { ClassPoints } from "../data/field.ts";
import type { Box, LegendItem, Mark } from "../scene/scene.ts";

interface Plot {
  readonly x: (v: number) => number;
  readonly y: (v: number) => number;
  readonly box: Box;
}

/** Half the width of a marker that suits so many points [px]. */
export function radiusFor(count: number): number {
  return count > 2000 ? 2.2 : count > 600 ? 3 : 3.8;
}

/** Positions of the chosen points; of several points on one pixel only one is kept when there are very many. */
export function positions(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  place: Plot,
  chosen: (i: number) => boolean = () => true,
): { xs: number[]; ys: number[] } {
  const many = xs.length > 2000;
  const taken = new Set<string>();
  const out = { xs: [] as number[], ys: [] as number[] };
  for (let i = 0; i < xs.length; i++) {
    if (!chosen(i)) continue;
    const [x, y] = [place.x(xs[i]!), place.y(ys[i]!)];
    if (many) {
      const pixel = `${Math.round(x)} ${Math.round(y)}`;
      if (taken.has(pixel)) continue;
      taken.add(pixel);
    }
    out.xs.push(x);
    out.ys.push(y);
  }
  return out;
}

/** One mark per class. */
export function classMarks(points: ClassPoints, classes: number, place: Plot): Mark[] {
  const radius = radiusFor(points.x1.length);
  return Array.from(
    { length: classes },
    (_, k): Mark => ({
      kind: "points",
      shape: seriesShape(k),
      ...positions(points.x1, points.x2, place, (i) => points.labels[i] === k),
      radius,
      fill: seriesColor(k),
      stroke: paper,
      width: 0.9,
      clip: place.box,
      series: k,
    }),
  );
}

/**
 * Legend entries of the classes that are drawn: the marker where a class has points, else the colour of its region.
 *
 * @param hasRegion  whether class k has a region in the plot
 */
export function classItems(
  names: readonly string[],
  points: ClassPoints | undefined,
  hasRegion: (k: number) => boolean,
): LegendItem[] {
  const drawn = new Set(points === undefined ? [] : Array.from(points.labels));
  return names.flatMap((name, k): LegendItem[] => {
    if (drawn.has(k)) return [{ name, key: { marker: { shape: seriesShape(k), fill: seriesColor(k) } } }];
    return hasRegion(k) ? [{ name, key: { swatch: regionColor(k) } }] : [];
  });
}
