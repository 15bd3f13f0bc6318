// The plane in which the loss surface of a run is drawn.

import { automatic, DivergenceError, type Problem, train, type Vector } from "downhill";
import type { LiveRun } from "./liveRun.ts";
import { type Plane, parameterPlane, planeOfPath, planeThrough } from "./plane.ts";

const EPOCHS = 500;

/** The parameters with the lowest objective of a convex problem; null for others, and where there are none. */
export function optimumOf(problem: Problem, isConvex: boolean): Float64Array | null {
  if (!isConvex) return null;
  try {
    let best: Vector | null = null;
    for (const { solution, stopped } of train(problem, automatic(), {
      epochs: EPOCHS,
      every: "epoch",
      stop: { remaining: 1e-9 },
    })) {
      best = solution;
      if (stopped !== null && stopped !== "converged" && stopped !== "epochs") return null;
    }
    return best && Float64Array.from(best);
  } catch (error) {
    if (error instanceof DivergenceError || error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/** The names of the parameters of a line. */
const lineNames = (feature: string): readonly [string, string] => [`weight of ${feature}`, "intercept"];

/**
 * The plane of a run. Two parameters: exactly these. A convex problem: the plane through the start and the optimum that contains as
 * much as possible of the gradient at the start. Others: the two directions in which the path of the run differs most.
 */
export function planeOf(run: LiveRun, optimum: Float64Array | null, features: readonly string[]): Plane {
  const { evaluator, snapshots } = run;
  const { start } = evaluator;
  if (start.length === 2)
    return parameterPlane(
      start,
      0,
      1,
      features.length === 1 ? lineNames(features[0]!) : ["first parameter", "second parameter"],
    );
  const gradient = new Float64Array(start.length);
  evaluator.gradientAt(start, gradient);
  if (optimum !== null)
    return planeThrough(optimum, start, gradient, ["from the optimum to the start", "second direction"]);
  const path = snapshots.list.map(({ params }) => params);
  if (path.length >= 3) return planeOfPath(path, ["main direction of the path", "second direction"]);
  const other = gradient.map((value, i) => (i % 2 === 0 ? value : -value));
  return planeThrough(
    start,
    start.map((value, i) => value - gradient[i]!),
    other,
    ["against the gradient", "second direction"],
  );
}
