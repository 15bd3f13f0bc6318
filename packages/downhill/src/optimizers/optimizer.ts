import type { Vector } from "../core/vector.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Metric } from "./metric.ts";
import type { Schedule } from "./schedules.ts";
import type { OptimizerSpec } from "./spec.ts";

/** The objects that an optimizer works on; they are the same throughout a run. */
export interface Run {
  /** The parameters before the update; do not change them. */
  readonly params: Vector;
  /** The gradient of the batch; the optimizer overwrites it with the direction. */
  readonly gradient: Vector;
  /** The optimizer's `slots` vectors; all are 0 at the start. */
  readonly memory: readonly Vector[];
  /** The optimizer's `scalars` numbers; all are 0 at the start. */
  readonly scalars: Float64Array;
  /** Returns the objective on the batch at other parameters; its gradient overwrites the second argument. */
  evaluate(params: Vector, gradient: Vector): number;
  /** About the second derivatives, for an optimizer with `usesMetric`. Absent where they are not known, or too many. */
  readonly metric?: Metric;
  /**
   * For the hinge with l2 and an optimizer with `usesMetric`: overwrites `gradient` by params − (the parameters after a step of
   * Newton's method on a smoothed hinge). Absent for others.
   */
  hingeStep?(): void;
  /** Whether the objective has l1; without a metric, the proximal step of l1 follows each update. */
  readonly shrinks: boolean;
  /** Functions for vectors in the run's memory. */
  readonly kernels: Kernels;
}

/**
 * An update rule: it computes a direction and a learning rate from the gradient. `train` counts the updates, subtracts
 * params −= learning rate · direction, and saves and restores the optimizer's vectors and numbers.
 */
export interface Optimizer {
  /** The number of vectors that it keeps between updates; each is as long as the parameters. */
  readonly slots: number;
  /** The number of single numbers that it keeps. */
  readonly scalars: number;
  /**
   * The direction for a constant gradient, as a multiple of that gradient: 1 for plain descent, 1 / (1 − decay) with
   * momentum. The proximal step of l1 is multiplied by the gain. Absent when there is no such number; l1 is then not possible.
   */
  readonly gain?: number;
  /**
   * The learning rate of update t, for an optimizer whose direction is the gradient itself. `train` can then update only the
   * parameters that a batch reaches, and do many updates in one call. Absent for all others.
   */
  readonly rate?: Schedule;
  /** The learning rate of update t, for an optimizer that does not compute it during the run. */
  readonly schedule?: Schedule;
  /**
   * Whether it compares values and gradients of different updates, and may take a step back. Every batch must then be all
   * examples, and a run without an average returns the parameters of its lowest objective [false].
   */
  readonly fullBatch?: boolean;
  /** Whether it uses `run.metric` if there is one; its updates then include the proximal step of l1 [false]. */
  readonly usesMetric?: boolean;
  /** Its name in a saved model ["custom"]. */
  readonly name?: string;
  /** Its name and arguments as JSON, for `optimizerFromSpec`; absent when a part of it is a function of the user's. */
  readonly spec?: OptimizerSpec;
  /**
   * Called once per run. It returns a function that is called for every update t = 1, 2, … with the objective on the batch
   * before the update. That function overwrites `gradient` with the direction and returns the learning rate, above 0.
   */
  bind(run: Run): (t: number, value: number) => number;
}
