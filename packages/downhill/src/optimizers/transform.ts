import type { Vector } from "../core/vector.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { TransformSpec } from "./spec.ts";

/** Rewrites a direction in place. */
export interface Transform {
  /** Vectors of memory wanted, each as long as the parameters, all zero at the start. */
  readonly slots: number;
  /** Numbers of memory wanted, all zero at the start; none when absent. */
  readonly scalars?: number;
  /** As an optimizer's `gain`. */
  readonly gain?: number;
  /** What it was made of; absent when that is code. */
  readonly spec?: TransformSpec;
  apply(direction: Vector, memory: readonly Vector[], at: Moment): void;
}

/** When and where a transform is applied. */
export interface Moment {
  /** Number of this update, from 1. */
  readonly t: number;
  /** The parameters, before the update. Read only. */
  readonly params: Vector;
  /** The transform's own numbers. */
  readonly scalars: Float64Array;
  readonly kernels: Kernels;
}
