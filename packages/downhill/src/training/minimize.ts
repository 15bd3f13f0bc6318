import { InputTypeError, requireFinite, requireKnown, requireSize, show } from "../core/check.ts";
import type { Vector } from "../core/vector.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Problem } from "./objective/objective.ts";
import type { History } from "./state/history.ts";
import type { StopReason, StopRules } from "./stopping/stopRules.ts";
import { type Step, train } from "./train.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** A function to minimise: returns its value at `params` and writes its gradient over `gradient`. */
export type Differentiable = (params: Vector, gradient: Vector) => number;

export interface MinimizeOptions {
  /** Where to begin. */
  readonly start: ArrayLike<number>;
  readonly optimizer: Optimizer;
  /** Updates at most [1000]. */
  readonly updates?: number;
  /** As for train; validation rows have no meaning here. */
  readonly stop?: Omit<StopRules, "validation">;
}

export interface Minimum {
  readonly params: Float64Array;
  /** The function there. */
  readonly value: number;
  readonly updates: number;
  readonly stopped: StopReason;
  readonly history: History;
}

/** A function of the user's as a problem of one example, for `train`: to watch or steer its descent. */
export function problemOf(f: Differentiable, size: number): Problem {
  return {
    size,
    examples: 1,
    element: "float64",
    init(params, random) {
      for (let i = 0; i < size; i++) params[i] = random.normal();
    },
    bind(arena) {
      const unused = arena.vector(size);
      return {
        blockRows: 1,
        work: size,
        add: (params, _, gradient) => checked(f(params, gradient)),
        finish: (_params, _rows, sum) => sum,
        loss: (params) => checked(f(params, unused)),
      };
    },
  };
}

function checked(value: number): number {
  if (typeof value === "number") return value;
  throw new InputTypeError(`minimize: the function must return its value, a number, got ${show(value)}. Return it.`);
}

/**
 * Minimises a differentiable function by descent from `start`.
 *
 * @throws RangeError when `start` is empty or not finite; DivergenceError once the value is not finite
 */
export function minimize(f: Differentiable, given: MinimizeOptions): Minimum {
  requireKnown("minimize", given, ["start", "optimizer", "updates", "stop"]);
  const { start, optimizer, updates = 1000, stop = {} } = given;
  requireSize("minimize", "updates", updates);
  const from = Float64Array.from(start);
  requireSize("minimize", "parameters", from.length);
  requireFinite("minimize", "start", from);
  const options: TrainOptions = { start: from, epochs: updates, stop, every: "epoch" };
  let last: Step | undefined;
  for (const step of train(problemOf(f, from.length), optimizer, options)) last = step;
  const { solution, t, stopped, history } = last!;
  return { params: Float64Array.from(solution), value: last!.objective(), updates: t, stopped: stopped!, history };
}
