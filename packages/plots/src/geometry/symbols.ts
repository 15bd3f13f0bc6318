// Markers as path data. All have the same area, so that no marker looks larger than another.

import { closedCorners, type Point, rounded } from "./path.ts";

/** All values of `Shape`. */
export const shapes = ["circle", "square", "triangle", "down", "diamond", "plus", "cross"] as const;

/** The shape of a marker; "down" is a triangle that points down. */
export type Shape = (typeof shapes)[number];

/** More markers are drawn as one path, without edges. */
export const MOST_SEPARATE = 900;

/** Path data of a marker around (x, y). */
export type SymbolPath = (x: number, y: number) => string;

const triangle = (area: number): Point[] => {
  const height = Math.sqrt(area / (Math.sqrt(3) * 3)); // a third of the height
  const half = Math.sqrt(3) * height; // of a side
  return [
    [0, -2 * height],
    [half, height],
    [-half, height],
  ];
};

/** A square with corners above, below and at both sides, a little larger because it looks smaller. */
const diamond = (area: number): Point[] => {
  const r = Math.sqrt(area) * 0.62625;
  return [
    [0, -r],
    [r, 0],
    [0, r],
    [-r, 0],
  ];
};

/** Five squares. */
const plus = (area: number): Point[] => {
  const r = Math.sqrt(area / 5) / 2;
  return [
    [-3 * r, -r],
    [-r, -r],
    [-r, -3 * r],
    [r, -3 * r],
    [r, -r],
    [3 * r, -r],
    [3 * r, r],
    [r, r],
    [r, 3 * r],
    [-r, 3 * r],
    [-r, r],
    [-3 * r, r],
  ];
};

const turned = (points: readonly Point[], angle: number): Point[] => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return points.map(([x, y]) => [x * cos - y * sin, x * sin + y * cos]);
};

/** The corners of each shape with corners, around the origin. */
const corners: Readonly<Record<Exclude<Shape, "circle" | "square">, (area: number) => Point[]>> = {
  triangle,
  down: (area) => turned(triangle(area), Math.PI),
  diamond,
  plus,
  cross: (area) => turned(plus(area), Math.PI / 4),
};

/** The path of a marker with the area of a circle of this radius [px], as a function of its position. */
export function symbolPath(shape: Shape, radius: number): SymbolPath {
  const area = Math.PI * radius * radius;
  if (shape === "circle") {
    const r = rounded(radius);
    const half = `A${r},${r},0,1,1,`;
    return (x, y) => {
      const [left, right, middle] = [rounded(x - radius), rounded(x + radius), rounded(y)];
      return `M${right},${middle}${half}${left},${middle}${half}${right},${middle}`;
    };
  }
  if (shape === "square") {
    const side = Math.sqrt(area);
    const lines = `h${rounded(side)}v${rounded(side)}h${rounded(-side)}Z`;
    return (x, y) => `M${rounded(x - side / 2)},${rounded(y - side / 2)}${lines}`;
  }
  const points = corners[shape](area);
  return (x, y) => closedCorners(points.map(([dx, dy]): Point => [x + dx, y + dy]));
}
