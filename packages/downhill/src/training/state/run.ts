import { DivergenceError } from "../../core/divergenceError.ts";
import type { Grid } from "../../core/grid.ts";
import type { Vector } from "../../core/vector.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { Memory } from "../../kernels/webassembly.ts";
import type { Metric } from "../../optimizers/metric.ts";
import type { Curvature } from "../objective/curvature.ts";
import type { Evaluate } from "../objective/evaluate.ts";
import type { BoundHingeSteps } from "../objective/hingeSteps.ts";
import type { Objective } from "../objective/objective.ts";
import type { Remaining } from "../stopping/remaining.ts";
import type { RunWorkers } from "../threads/threadPool.ts";
import type { Progress } from "./progress.ts";

/** Everything that a run keeps: its memory, its progress, and the functions bound to them. */
export interface Run {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly objective: Objective;
  /** The ranks share the rows of the calls of `evaluate`. */
  readonly evaluate: Evaluate;
  /** The same for the batch of an update; with local epochs each rank computes its own one. */
  readonly evaluateBatch: Evaluate;
  /** Returns the mean loss of the validation rows at the solution; null without such rows. */
  readonly validationLoss: (() => number) | null;
  readonly params: Vector;
  /** Earlier parameters with a finite loss: those before the last update, or for a sparse run those before the epoch. */
  readonly kept: Vector;
  readonly gradient: Vector;
  /** The optimizer's vectors and numbers. */
  readonly slots: readonly Vector[];
  readonly scalars: Float64Array;
  readonly average: Vector | null;
  /** The parameters with the lowest validation loss. */
  readonly best: Vector | null;
  /** The parameters with the lowest objective, for an optimizer that may take a step back. */
  readonly lowest: Vector | null;
  /** A scratch buffer for the proximal gradient. */
  readonly scratch: Vector | null;
  readonly curvature: Curvature | null;
  /** For an optimizer that uses it, where the second derivatives are known. */
  readonly metric: Metric | null;
  /** For the hinge and an optimizer that uses it. */
  readonly hingeSteps: BoundHingeSteps | null;
  /** Checks how much of the objective remains, for the rule `stop.remaining`. */
  readonly remains: Remaining | null;
  /** The row order of the current epoch; null: the rows are processed in the order in which they are stored. */
  readonly order: Uint32Array | null;
  /** The grid in whose order the examples are stored. */
  readonly grid: Grid | null;
  /** Whether updates change only the parameters of a batch's rows; the gradient is 0 everywhere else. */
  readonly sparse: boolean;
  /** The memory for bulk updates; null where a run does none. */
  readonly sweep: SweepMemory | null;
  readonly progress: Progress;
  /** The results of shared tasks. */
  readonly results: Float64Array;
  /** The pool's workers, prepared for this run at the first call; null without a pool, or after the release. */
  workers(): RunWorkers | null;
  releaseWorkers(): void;
}

/** The memory of bulk updates: lists with a number for each update, and a copy of the parameters before the call. */
export interface SweepMemory {
  readonly rates: Float64Array;
  readonly fractions: Float64Array;
  readonly values: Float64Array;
  /** Null for a sparse run: it returns to the parameters before the epoch instead. */
  readonly back: { readonly params: Vector; readonly average: Vector | null } | null;
}

/** The parameters that the run would return now: the average if there is one, those of the lowest objective, or the last. */
export function solutionOf({ average, lowest, params, progress }: Run): Vector {
  if (average !== null && progress.averaged > 0) return average;
  return lowest !== null && progress.lowest.value < Infinity ? lowest : params;
}

/** The error of a run that diverged, with a copy of these parameters. */
export const divergedAt = ({ progress }: Run, what: string, params: Vector): DivergenceError =>
  new DivergenceError(what, progress.t, progress.learningRate, params.slice());

/** The error of a run whose loss or parameters are not finite, with earlier parameters whose loss was. */
export const diverged = (run: Run, what: string): DivergenceError => divergedAt(run, what, run.kept);
