// The plane in which the loss surface of a run is drawn.

import { automatic, DivergenceError, type Problem, random, train, type Vector } from "downhill";
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

/** How the plane of a loss surface is chosen. */
export interface PlaneChoice {
  readonly kind: "auto" | "path" | "parameters" | "random";
  /** The numbers of the parameters on the axes, for "parameters". */
  readonly parameters: readonly [number, number];
}

/**
 * The plane of a run. Two parameters: exactly these. "auto": for a convex problem the plane through the start and the optimum that
 * contains as much as possible of the gradient at the start, for others that of the path. "path": the two directions in which the path
 * of the run differs most. "random": two random directions through the present parameters.
 *
 * @param names  the names of the parameters
 */
export function planeOf(
  run: LiveRun,
  optimum: Float64Array | null,
  names: readonly string[],
  { kind, parameters }: PlaneChoice,
): Plane {
  const { evaluator, snapshots, now } = run;
  const { start } = evaluator;
  const last = start.length - 1;
  if (start.length <= 2 || kind === "parameters") {
    const [i, wanted] = [Math.min(parameters[0], last), Math.min(parameters[1], last)];
    const [a, b] = start.length <= 2 ? [0, last] : [i, wanted === i ? (i === 0 ? last : 0) : wanted];
    return parameterPlane(now.params, a, b, [names[a]!, names[b]!]);
  }
  if (kind === "random") {
    const stream = random(RANDOM_SEED);
    const [first, second] = [start.map(() => stream.normal()), start.map(() => stream.normal())];
    const far = now.params.map((value, i) => value + first[i]!);
    return planeThrough(now.params, far, second, ["first random direction", "second random direction"]);
  }
  const gradient = new Float64Array(start.length);
  evaluator.gradientAt(start, gradient);
  if (kind === "auto" && optimum !== null && start.some((value, i) => value !== optimum[i]))
    return planeThrough(optimum, start, gradient, ["from the optimum to the start", "second direction"]);
  const done = snapshots.list.map(({ params }) => params);
  const path = done.length >= 3 ? done : [start, ...run.ahead];
  if (path.length >= 3) return planeOfPath(path, ["main direction of the path", "second direction"]);
  const other = gradient.map((value, i) => (i % 2 === 0 ? value : -value));
  return planeThrough(
    start,
    start.map((value, i) => value - gradient[i]!),
    other,
    ["against the gradient", "second direction"],
  );
}

const RANDOM_SEED = 20;
