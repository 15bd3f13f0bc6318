import type { Vector } from "../core/vector.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { TransformSpec } from "./spec.ts";

/** A step of an optimizer: it rewrites the direction in place. See `descent`. */
export interface Transform {
  /** The number of vectors that it keeps between updates; each is as long as the parameters, and all are 0 at the start. */
  readonly slots: number;
  /** The number of single numbers that it keeps; all are 0 at the start [0]. */
  readonly scalars?: number;
  /** See the `gain` of an optimizer. */
  readonly gain?: number;
  /** Its name and arguments as JSON; absent when a part of it is a function of the user's. */
  readonly spec?: TransformSpec;
  /** Rewrites `direction`; `memory` has `slots` vectors. */
  apply(direction: Vector, memory: readonly Vector[], at: Moment): void;
}

/** The other arguments of a transform, for one update. */
export interface Moment {
  /** The number of the update, from 1. */
  readonly t: number;
  /** The parameters before the update; do not change them. */
  readonly params: Vector;
  /** The transform's `scalars` numbers. */
  readonly scalars: Float64Array;
  /** Functions for vectors in the run's memory. */
  readonly kernels: Kernels;
}
