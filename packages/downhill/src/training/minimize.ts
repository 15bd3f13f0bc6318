import { InputTypeError, requireFinite, requireKnown, requireSize, show } from "../core/check.ts";
import type { Vector } from "../core/vector.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Problem } from "./objective/objective.ts";
import type { History } from "./state/history.ts";
import type { StopReason, StopRules } from "./stopping/stopRules.ts";
import { type Step, train } from "./train.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** A function to minimise: it returns its value at `params` and overwrites `gradient` with its gradient there. */
export type Differentiable = (params: Vector, gradient: Vector) => number;

/** Options of `minimize`. */
export interface MinimizeOptions {
  /** The parameters at the start, at least one, all finite. */
  readonly start: ArrayLike<number>;
  /** Makes the direction and the learning rate from the gradient: `automatic()`, `adam(0.01)`, … */
  readonly optimizer: Optimizer;
  /** The maximum number of updates [1000]. */
  readonly updates?: number;
  /** Rules that end the run earlier, as for `train`; `remaining` and `validation` do not apply here [none]. */
  readonly stop?: Omit<StopRules, "validation">;
}

/** The result of `minimize`. */
export interface Minimum {
  /** The parameters that were found. */
  readonly params: Float64Array;
  /** The function's value there. */
  readonly value: number;
  /** The number of updates. */
  readonly updates: number;
  /** The reason why the run ended. */
  readonly stopped: StopReason;
  /** The record of the run; each update is an epoch. */
  readonly history: History;
}

/**
 * A function of your own as a problem with one example, for `train`. Use it to see every step of its descent.
 *
 * @param f  the function; see `Differentiable`
 * @param size  the number of parameters
 *
 * @example
 * ```ts
 * import { plain, problemOf, train } from "downhill";
 *
 * const parabola = problemOf((x, gradient) => {
 *   gradient[0] = 2 * x[0]!;
 *   return x[0]! * x[0]!;
 * }, 1);
 * const values = Array.from(train(parabola, plain(0.25), { start: Float64Array.of(4), epochs: 3 }), (step) => step.batchLoss);
 * values; // [16, 4, 1]
 * ```
 */
export function problemOf(f: Differentiable, size: number): Problem {
  return {
    size,
    examples: 1,
    elementType: "float64",
    init(params, random) {
      for (let i = 0; i < size; i++) params[i] = random.normal();
    },
    bind(arena) {
      const unused = arena.vector(size);
      return {
        blockRows: 1,
        work: size,
        add: (params, _, gradient) => requireNumber(f(params, gradient)),
        finish: (_params, _rows, sum) => sum,
        loss: (params) => requireNumber(f(params, unused)),
      };
    },
  };
}

function requireNumber(value: number): number {
  if (typeof value === "number") return value;
  throw new InputTypeError(
    `minimize: the function must return a number, got ${show(value)}. Return the function's value at params.`,
  );
}

/**
 * Minimises a differentiable function by gradient descent from `start`.
 *
 * @param f  the function; see `Differentiable`
 * @throws RangeError when `start` is empty or not finite; DivergenceError when the value is not finite
 *
 * @example
 * ```ts
 * import { automatic, minimize } from "downhill";
 *
 * const { params, stopped } = minimize(
 *   ([x, y], gradient) => {
 *     gradient[0] = 2 * (x! - 3);
 *     gradient[1] = 20 * (y! + 1);
 *     return (x! - 3) ** 2 + 10 * (y! + 1) ** 2;
 *   },
 *   { start: [0, 0], optimizer: automatic(), stop: { gradient: 1e-8 } },
 * );
 * Array.from(params, Math.round); // [3, -1]
 * stopped; // "converged"
 * ```
 */
export function minimize(f: Differentiable, options: MinimizeOptions): Minimum {
  requireKnown("minimize", options, ["start", "optimizer", "updates", "stop"]);
  const { start, optimizer, updates = 1000, stop = {} } = options;
  requireSize("minimize", "updates", updates);
  const from = Float64Array.from(start);
  requireSize("minimize", "parameters", from.length);
  requireFinite("minimize", "start", from);
  const trainOptions: TrainOptions = { start: from, epochs: updates, stop, every: "epoch" };
  let last: Step | undefined;
  for (const step of train(problemOf(f, from.length), optimizer, trainOptions)) last = step;
  const { solution, t, stopped, history } = last!;
  return { params: Float64Array.from(solution), value: last!.objective(), updates: t, stopped: stopped!, history };
}
