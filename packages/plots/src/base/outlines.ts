// Markers as outlines in path data, of about equal weight, so that each can be filled or hollow.

import { coordinate } from "./numbers.ts";
import type { Shape } from "./palette.ts";

/** Path data of a marker around (x, y). */
export type Outline = (x: number, y: number) => string;

/** A closed polygon around (x, y), its corners given in units of the radius. */
function polygon(radius: number, corners: readonly (readonly [number, number])[]): Outline {
  const [first, ...others] = corners.map(([x, y]): [number, number] => [x * radius, y * radius]);
  let [atX, atY] = first!;
  const steps = others.map(([x, y]) => {
    const step = `l${coordinate(x - atX)},${coordinate(y - atY)}`;
    [atX, atY] = [x, y];
    return step;
  });
  const tail = `${steps.join("")}z`;
  return (x, y) => `M${coordinate(x + first![0])},${coordinate(y + first![1])}${tail}`;
}

const plus = (s: number): readonly (readonly [number, number])[] => {
  const [a, b] = [0.38, 1.2];
  const arms = [
    [-a, -b],
    [a, -b],
    [a, -a],
    [b, -a],
    [b, a],
    [a, a],
    [a, b],
    [-a, b],
    [-a, a],
    [-b, a],
    [-b, -a],
    [-a, -a],
  ];
  const cos = s === 0 ? 1 : Math.SQRT1_2;
  return arms.map(([x = 0, y = 0]) => [x * cos - y * s, x * s + y * cos] as const);
};

const outlines: Readonly<Record<Shape, (radius: number) => Outline>> = {
  circle: (r) => (x, y) =>
    `M${coordinate(x - r)},${coordinate(y)}a${coordinate(r)},${coordinate(r)} 0 1 0 ${coordinate(2 * r)},0a${coordinate(r)},${coordinate(r)} 0 1 0 ${coordinate(-2 * r)},0`,
  square: (r) =>
    polygon(r, [
      [-0.88, -0.88],
      [0.88, -0.88],
      [0.88, 0.88],
      [-0.88, 0.88],
    ]),
  triangle: (r) =>
    polygon(r, [
      [0, -1.25],
      [1.15, 0.8],
      [-1.15, 0.8],
    ]),
  down: (r) =>
    polygon(r, [
      [0, 1.25],
      [1.15, -0.8],
      [-1.15, -0.8],
    ]),
  diamond: (r) =>
    polygon(r, [
      [0, -1.3],
      [1.2, 0],
      [0, 1.3],
      [-1.2, 0],
    ]),
  plus: (r) => polygon(r, plus(0)),
  cross: (r) => polygon(r, plus(Math.SQRT1_2)),
};

/** How to draw a marker of half a circle's width `radius` [px]. */
export function outlineOf(shape: Shape, radius: number): Outline {
  return outlines[shape](radius);
}
