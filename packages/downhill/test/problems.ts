// Small problems, and functions of the tests that evaluate, bind and run them.

import { type Random, random } from "../src/core/random.ts";
import type { ElementType, Vector } from "../src/core/vector.ts";
import { allocate } from "../src/kernels/arena.ts";
import type { BindKernels } from "../src/kernels/kernels.ts";
import { column, dense } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { logistic } from "../src/losses/logistic.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { factors } from "../src/predictors/factors.ts";
import { linear } from "../src/predictors/linear.ts";
import { bindEvaluate, taskMemory } from "../src/training/objective/evaluate.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { type RiskOptions, risk } from "../src/training/objective/risk.ts";
import { type Step, train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";

/** A problem in its own memory, with vectors in the same memory. */
export function bound(problem: Problem, params: ArrayLike<number>, order?: ArrayLike<number>, kernels = wasmKernels) {
  const { size, examples, elementType } = problem;
  return allocate(kernels, elementType, (arena) => {
    const objective = problem.bind(arena);
    return {
      objective,
      evaluate: bindEvaluate(arena, objective, taskMemory(arena, objective, size, examples)),
      params: arena.vector(size, (view) => view.set(params)),
      gradient: arena.vector(size),
      order: order ? arena.indices(order.length, (view) => view.set(order)) : null,
    };
  });
}

/** The objective and its gradient at some parameters, on all examples or on the examples of an order. */
export function evaluated(
  problem: Problem,
  at: ArrayLike<number>,
  { order, kernels }: { order?: ArrayLike<number>; kernels?: BindKernels } = {},
): { value: number; gradient: number[] } {
  const { evaluate, params, gradient, ...held } = bound(problem, at, order, kernels);
  const rows = { order: held.order, from: 0, to: order?.length ?? problem.examples };
  const value = evaluate(params, rows, gradient);
  return { value, gradient: [...gradient] };
}

/** Euclidean norm. */
export const norm = (x: ArrayLike<number>): number =>
  Math.sqrt(Array.from(x).reduce((sum, entry) => sum + entry ** 2, 0));

/** ‖a − b‖ / max(‖b‖, floor). */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-3): number {
  if (a.length !== b.length) return Infinity;
  return norm(Array.from(a, (entry, i) => entry - b[i]!)) / Math.max(norm(b), floor);
}

export const normals = (draw: Random, n: number): Float64Array => Float64Array.from({ length: n }, () => draw.normal());

/** Numbers in an element type: unchanged, or rounded. */
const as = (elementType: ElementType | undefined, numbers: Float64Array): Vector =>
  elementType === "float32" ? Float32Array.from(numbers) : numbers;

export type LinearOptions = Partial<RiskOptions> & { readonly elementType?: ElementType };

export interface Linear {
  readonly problem: Problem;
  readonly X: Float64Array;
  readonly y: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** Linear regression on n rows of d normal columns; the parameters are d weights and an intercept. */
export function regression(n: number, d: number, { elementType, ...options }: LinearOptions = {}, seed = 1): Linear {
  const draw = random(seed).fork("regression");
  const X = normals(draw, n * d);
  const truth = normals(random(1).fork("truth"), d); // the same for all seeds, which are samples of one model
  const y = Float64Array.from({ length: n }, (_, i) =>
    truth.reduce((z, w, j) => z + w * X[i * d + j]!, 0.5 + 0.3 * draw.normal()),
  );
  const inputs = dense({ data: as(elementType, X), rows: n, columns: d });
  return {
    problem: risk({ predictor: linear(d), loss: halfSquared(), inputs, targets: column(y), ...options }),
    X,
    y,
    n,
    d,
  };
}

/** Logistic regression on n rows of d normal columns with labels ±1 that overlap. */
export function classification(
  n: number,
  d: number,
  { elementType, ...options }: LinearOptions = {},
  seed = 1,
): Linear {
  const draw = random(seed).fork("classification");
  const X = normals(draw, n * d);
  const y = Float64Array.from({ length: n }, (_, i) => (X[i * d]! + draw.normal() > 0 ? 1 : -1));
  const inputs = dense({ data: as(elementType, X), rows: n, columns: d });
  return {
    problem: risk({ predictor: linear(d), loss: logistic(), inputs, targets: column(y), ...options }),
    X,
    y,
    n,
    d,
  };
}

export interface RatingsOptions {
  readonly rank?: number;
  readonly biases?: boolean;
  readonly perRating?: number;
  readonly scale?: number;
  readonly l1?: number;
  readonly l2?: number;
  readonly elementType?: ElementType;
}

/** Factorization of n ratings of random pairs. The last user has no ratings. */
export function ratings(users: number, items: number, n: number, options: RatingsOptions = {}): Problem {
  const { rank = 3, biases = false, perRating = 0, scale = 1, l1 = 0, l2 = 0, elementType } = options;
  const draw = random(7).fork("ratings");
  const user = Uint32Array.from({ length: n }, () => Math.floor(draw.uniform() * (users - 1)));
  const item = Uint32Array.from({ length: n }, () => Math.floor(draw.uniform() * items));
  const rated = Float64Array.from(user, (u, at) => scale * (Math.sin(u) + Math.cos(item[at]!) + 0.1 * draw.normal()));
  const predictor = factors(users, items, rank, { mean: 0.2, biases, perRating });
  const [inputs, targets] = [predictor.inputs(user, item), column(as(elementType, rated))];
  return risk({ predictor, loss: halfSquared(), inputs, targets, l1, l2 });
}

/** Copies of the values of a step. */
export interface Shot extends Pick<Step, "t" | "epoch" | "endOfEpoch" | "batchLoss" | "learningRate" | "stopped"> {
  readonly params: number[];
  readonly solution: number[];
  readonly best: number[] | null;
}

export const shot = (step: Step): Shot => ({
  t: step.t,
  epoch: step.epoch,
  endOfEpoch: step.endOfEpoch,
  batchLoss: step.batchLoss,
  learningRate: step.learningRate,
  stopped: step.stopped,
  params: [...step.params],
  solution: [...step.solution],
  best: step.best && [...step.best],
});

/** The steps of a run, and the last one. */
export function run(problem: Problem, optimizer: Optimizer, options: TrainOptions = {}): { shots: Shot[]; last: Step } {
  const shots: Shot[] = [];
  let last: Step | undefined;
  for (const step of train(problem, optimizer, options)) {
    shots.push(shot(step));
    last = step;
  }
  return { shots, last: last! };
}

/** The error that an action throws. */
export function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** The vector's bits. */
export const bits = (vector: Vector | readonly number[]): string[] =>
  Array.from(vector, (x) => (Object.is(x, -0) ? "-0" : `${x}`));
