import { allocate } from "../../kernels/arena.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { bindSmoothHinge, listOfRows, smoothSlope } from "../../training/objective/smoothHinge.ts";
import { type Step, train } from "../../training/train.ts";
import type { LinearRows } from "./linearRows.ts";

const WIDTHS = 16; // are tried at most
const REMAINING = 3e-4;
const EPOCHS = 200;

/** Slopes of the smoothed hinge at some parameters with the widths first, first/4, first/16, …, for rows with one score and l2. */
export function* hingeSlopes(rows: LinearRows, params: Float64Array, first: number): Generator<Float64Array, void> {
  const { n } = rows;
  const z = new Float64Array(n);
  rows.scores({ params, z });
  const { u, y, weights, balance } = allocate(wasmKernels, "float64", (arena) => ({
    ...{ u: listOfRows(arena, n), y: listOfRows(arena, n), weights: listOfRows(arena, n), ...bindSmoothHinge(arena) },
  }));
  const signs = Float64Array.from(rows.targets);
  y.set(signs);
  u.set(z.map((x, i) => 1 - signs[i]! * x));
  if (rows.weights) weights.set(rows.weights);
  else weights.fill(1);
  for (let i = 0, width = first; i < WIDTHS; i++, width /= 4) {
    const shift = balance({ u, y, weights }, width);
    yield signs.map((sign, i) => -sign * smoothSlope(u[i]! - sign * shift, width));
  }
}

/** Those parameters of a new run of `automatic`, in memory of its own, that have the largest lower bound. */
export function afterRun(problem: Problem): Float64Array {
  let last: Step | undefined;
  const options = { epochs: EPOCHS, every: "epoch", stop: { remaining: REMAINING } } as const;
  for (const step of train({ ...problem, buffer: undefined }, automatic(), options)) last = step;
  const { params, newtonStep } = last!.bound();
  return Float64Array.from(params, (x, j) => x - (newtonStep ? newtonStep[j]! : 0));
}
