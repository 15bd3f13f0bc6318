// Changes of drawn points. A change that would leave too few points to learn from gives a sentence instead.
import type { DrawnData } from "./labState.ts";

type Points = DrawnData["points"];
type Holds = "classes" | "numbers";

/** The changed points, or why there are none. */
export type Edited = { readonly points: Points } | { readonly problem: string };

const LEAST_POINTS = 4;

/** Four points, to begin a drawing. */
export const firstPoints = (holds: Holds): Points =>
  holds === "classes"
    ? [
        [-1, -1, 0],
        [-1, 1, 0],
        [1, -1, 1],
        [1, 1, 1],
      ]
    : [
        [-1, -1],
        [-0.3, 0.1],
        [0.3, -0.1],
        [1, 1],
      ];

/** The index of the point that is nearest on a picture with axes of equal lengths. */
export function nearestPoint(points: Points, [x, y]: readonly [number, number]): number {
  const range = (at: 0 | 1): number => {
    const values = points.map((point) => point[at]!);
    return Math.max(...values) - Math.min(...values) || 1;
  };
  const [width, height] = [range(0), range(1)];
  const distances = points.map((point) => ((point[0]! - x) / width) ** 2 + ((point[1]! - y) / height) ** 2);
  return distances.indexOf(Math.min(...distances));
}

/** With a point moved, or with another class. */
export const withPoint = (points: Points, index: number, point: readonly number[]): Edited =>
  checked(points.map((each, i) => (i === index ? point : each)));

/** Without a point. */
export const withoutPoint = (points: Points, index: number): Edited => checked(points.filter((_, i) => i !== index));

function checked(points: Points): Edited {
  if (points.length < LEAST_POINTS)
    return { problem: `A run needs at least ${LEAST_POINTS} points. Add a point before you remove this one.` };
  const isClasses = points[0]!.length === 3;
  if (isClasses && new Set(points.map((point) => point[2])).size < 2)
    return { problem: "A run needs points of two classes. Add a point of another class before you change this one." };
  return { points };
}
