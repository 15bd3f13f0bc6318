import type { Vector } from "../core/vector.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Schedule } from "./schedules.ts";
import type { OptimizerSpec } from "./spec.ts";

/** What an optimizer works on, the same objects throughout a run. */
export interface Run {
  /** The parameters, before the update. Read only. */
  readonly params: Vector;
  /** The gradient of the batch; the optimizer rewrites it into the direction that is to be subtracted. */
  readonly gradient: Vector;
  /** The optimizer's own vectors, as many as `slots`, all zero at the start. */
  readonly memory: readonly Vector[];
  /** The optimizer's own numbers, as many as `scalars`, all zero at the start. */
  readonly scalars: Float64Array;
  /** Value of the batch's objective at other parameters; its gradient overwrites the second argument. */
  evaluate(params: Vector, gradient: Vector): number;
  readonly kernels: Kernels;
}

/**
 * An update rule: from the gradient to a direction and a rate. The trainer owns the clock and the subtraction
 * params −= rate · direction, and saves and restores memory and scalars without knowing what they mean.
 */
export interface Optimizer {
  /** Vectors of memory wanted, each as long as the parameters. */
  readonly slots: number;
  /** Numbers of memory wanted. */
  readonly scalars: number;
  /**
   * The direction of a steady gradient, as a multiple of it: 1 for plain descent, 1 / (1 − decay) with momentum. l1 needs
   * it, since its proximal step must weigh against the direction. Absent when there is no such number.
   */
  readonly gain?: number;
  /**
   * The rate of update t, where the direction is the gradient itself: so that a trainer may subtract it where the batch
   * reaches alone, or do many updates in one call. Absent where it is not.
   */
  readonly rate?: Schedule;
  /** True when it compares gradients of different updates, so that every batch must be all examples. */
  readonly fullBatch?: boolean;
  /** How a saved model names it; "custom" when absent. */
  readonly name?: string;
  /** What it was made of, as JSON, for `optimizerFromSpec`; absent when a part of it is code. */
  readonly spec?: OptimizerSpec;
  /**
   * Once per run. The function it returns is called for every update t = 1, 2, … with the batch's value before the
   * update; it rewrites `gradient` into the direction and returns the rate used, > 0.
   */
  bind(run: Run): (t: number, value: number) => number;
}
