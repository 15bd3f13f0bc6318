// Lines and outlines as path data, which SVG and Canvas 2D (Path2D) read.

import { line } from "d3-shape";
import { coordinate } from "../text/format.ts";

export type Point = readonly [x: number, y: number];

const pen = line<Point>().digits(1);

/** An open line through the points; empty for none. */
export function openPath(points: readonly Point[]): string {
  return pen(points as Point[]) ?? "";
}

/** A closed outline, simplified by at most `tolerance` px. */
export function closedPath(ring: readonly Point[], tolerance: number): string {
  return ring.length < 3 ? "" : `${openPath(simplify(ring, tolerance))}Z`;
}

/**
 * Fewer points of a line: every point that is left out is at most `tolerance` px away from the new line. Both ends stay.
 *
 * Source: Ramer, “An iterative procedure for the polygonal approximation of plane curves”, 1972; Douglas and Peucker,
 * “Algorithms for the reduction of the number of points required to represent a digitized line or its caricature”, 1973.
 */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let worst = tolerance;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const away = distance(points[i]!, points[from]!, points[to]!);
      if (away > worst) {
        worst = away;
        at = i;
      }
    }
    if (at < 0) continue;
    keep[at] = 1;
    spans.push([from, at], [at, to]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

/** Distance of p from the segment a–b. */
function distance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square));
  return Math.hypot(px - ax - share * dx, py - ay - share * dy);
}

/** Rectangles as one outline. The edges are rounded, not the widths: rectangles that share an edge still share it. */
export function rectPath(cells: readonly (readonly [x: number, y: number, width: number, height: number])[]): string {
  let path = "";
  const round = (value: number): number => Number(coordinate(value));
  for (const [x, y, w, h] of cells) {
    const wide = round(x + w) - round(x);
    path += `M${coordinate(x)},${coordinate(y)}h${coordinate(wide)}v${coordinate(round(y + h) - round(y))}h${coordinate(-wide)}z`;
  }
  return path;
}

/**
 * The parts of a line through `points` that lie in a rectangle: one list of corners for each part. The coordinates may be
 * larger than a browser can draw; those of the result are not.
 *
 * Source: Liang and Barsky, “A new concept and method for line clipping”, ACM Transactions on Graphics, 1984.
 */
export function clipLine(points: readonly Point[], [left, top]: Point, [right, bottom]: Point): Point[][] {
  const parts: Point[][] = [];
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
    let [from, to] = [0, 1];
    const sides = [
      [ax - bx, ax - left],
      [bx - ax, right - ax],
      [ay - by, ay - top],
      [by - ay, bottom - ay],
    ] as const;
    for (const [outward, free] of sides)
      if (outward < 0) from = Math.max(from, free / outward);
      else if (outward > 0) to = Math.min(to, free / outward);
      else if (free < 0) to = -1;
    if (from > to) continue;
    const at = (share: number): Point => [ax + (bx - ax) * share, ay + (by - ay) * share];
    const last = parts.at(-1)?.at(-1);
    if (from === 0 && last !== undefined && last[0] === ax && last[1] === ay) parts.at(-1)!.push(at(to));
    else parts.push([at(from), at(to)]);
  }
  return parts;
}
