// Markers as path data, with areas for which no marker looks larger than another.

import { coordinate } from "../text/format.ts";
import { openPath, type Point } from "./path.ts";

/** All values of `Shape`. */
export const shapes = ["circle", "square", "triangle", "down", "diamond", "plus", "cross"] as const;

/** The shape of a marker; "down" is a triangle that points down. */
export type Shape = (typeof shapes)[number];

/** More markers are drawn as one path, without edges. */
export const MOST_SEPARATE = 900;

/** Path data of a marker around (x, y). */
export type SymbolPath = (x: number, y: number) => string;

/** The corners of a + with arms of the width 2 a. */
const plus = (a: number): Point[] => [
  [-3 * a, -a],
  [-a, -a],
  [-a, -3 * a],
  [a, -3 * a],
  [a, -a],
  [3 * a, -a],
  [3 * a, a],
  [a, a],
  [a, 3 * a],
  [-a, 3 * a],
  [-a, a],
  [-3 * a, a],
];

/** The corners of a triangle that points up, or down if `height` is negative; it is the distance of its centre from its base. */
const triangle = (height: number): Point[] => [
  [0, -2 * height],
  [Math.sqrt(3) * height, height],
  [-Math.sqrt(3) * height, height],
];

/** Half the diagonal of a diamond for an area of 1. The diamond has 78 % of the area of the other markers, as in d3-shape. */
const DIAMOND = 0.62625;

/** The corners of each marker but the circle and the square, for an area. */
const corners: Readonly<Record<Exclude<Shape, "circle" | "square">, (area: number) => Point[]>> = {
  triangle: (area) => triangle(Math.sqrt(area / (3 * Math.sqrt(3)))),
  down: (area) => triangle(-Math.sqrt(area / (3 * Math.sqrt(3)))),
  diamond: (area) => {
    const r = Math.sqrt(area) * DIAMOND;
    return [
      [0, -r],
      [r, 0],
      [0, r],
      [-r, 0],
    ];
  },
  plus: (area) => plus(Math.sqrt(area / 5) / 2),
  cross: (area) => {
    const turned = ([x, y]: Point): Point => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2];
    return plus(Math.sqrt(area / 5) / 2).map(turned);
  },
};

/** The path of a marker with the area of a circle of this radius [px], as a function of its position. */
export function symbolPath(shape: Shape, radius: number): SymbolPath {
  const area = Math.PI * radius * radius;
  if (shape === "circle") {
    const arc = `A${coordinate(radius)},${coordinate(radius)},0,1,1,`;
    return (x, y) => {
      const [left, right, height] = [coordinate(x - radius), coordinate(x + radius), coordinate(y)];
      return `M${right},${height}${arc}${left},${height}${arc}${right},${height}`;
    };
  }
  if (shape === "square") {
    const side = Math.sqrt(area);
    const turn = `h${coordinate(side)}v${coordinate(side)}h${coordinate(-side)}Z`;
    return (x, y) => `M${coordinate(x - side / 2)},${coordinate(y - side / 2)}${turn}`;
  }
  const outline = corners[shape](area);
  return (x, y) => `${openPath(outline.map(([dx, dy]): Point => [x + dx, y + dy]))}Z`;
}
