// The objective over a plane through the parameters, with the paths of the runs.

import { type DescentPath, type Grid, gridBetween, lossSurface, type Spec, type SurfaceArrow } from "@downhill/plots";
import type { Evaluator } from "../training/evaluator.ts";
import { type Plane, pointOf, project } from "../training/plane.ts";

/** A part of a plane with the objective at each of its cells. */
export interface Surface {
  readonly plane: Plane;
  readonly grid: Grid;
  readonly values: Float64Array;
}

/** Parameters of a run in the order of its updates. */
export interface ParameterPath extends Omit<DescentPath, "x" | "y"> {
  readonly params: readonly ArrayLike<number>[];
}

const CAP = 1e300; // the chart needs finite values

/** Computes the objective around these parameters, so that all of them are in the picture. */
export function surfaceAround(
  plane: Plane,
  evaluator: Evaluator,
  shown: readonly ArrayLike<number>[],
  cells: number,
): Surface {
  const points = shown.map((params) => project(plane, params));
  const range = (at: 0 | 1): [number, number] => {
    const values = points.map((point) => point[at]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [low, high];
  };
  const [[x0, x1], [y0, y1]] = [range(0), range(1)];
  const longest = Math.max(x1 - x0, y1 - y0, 1e-3);
  const around = (low: number, high: number): [number, number] => {
    const half = Math.max((high - low) * 0.75, longest * 0.4);
    return [(low + high) / 2 - half, (low + high) / 2 + half];
  };
  const grid = gridBetween(around(x0, x1), around(y0, y1), { columns: cells, rows: cells });
  const at = new Float64Array(plane.origin.length);
  const values = Float64Array.from({ length: cells * cells }, (_, k) => {
    const value = evaluator.at(pointOf(plane, grid.points[2 * k]!, grid.points[2 * k + 1]!, at));
    return Number.isFinite(value) ? value : CAP;
  });
  return { plane, grid, values };
}

/** Where parameters are in the plane. What is smaller than a rounding error beside the plane is 0. */
export function placeOn({ plane, grid }: Surface, params: ArrayLike<number>): readonly [number, number] {
  const [a, b] = project(plane, params);
  const clean = (value: number, [low, high]: readonly [number, number]): number =>
    Math.abs(value) < ROUNDING * (high - low) ? 0 : value;
  return [clean(a, grid.x1), clean(b, grid.x2)];
}

const ROUNDING = 1e-11; // of the length of an axis

/** The spec of the chart. */
export function surfaceSpec(
  surface: Surface,
  paths: readonly ParameterPath[],
  optimum: Float64Array | null,
  arrows: readonly SurfaceArrow[],
): Spec {
  const { plane, grid, values } = surface;
  return lossSurface({
    title: "Path over the loss",
    grid,
    values,
    paths: paths.map(({ params, ...look }) => {
      const points = params.map((each) => placeOn(surface, each));
      return { ...look, x: points.map(([a]) => a), y: points.map(([, b]) => b) };
    }),
    arrows,
    ...(optimum && { optimum: project(plane, optimum) }),
    colorBar: false,
    xName: plane.names[0],
    yName: plane.names[1],
  });
}
