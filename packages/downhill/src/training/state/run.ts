import { DivergenceError } from "../../core/check.ts";
import type { Grid } from "../../core/grid.ts";
import type { Vector } from "../../core/vector.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { Curvature } from "../objective/curvature.ts";
import type { Evaluate } from "../objective/evaluate.ts";
import type { Objective } from "../objective/objective.ts";
import type { bindRemaining } from "../stopping/remaining.ts";
import type { Patience } from "../stopping/stopRules.ts";
import type { Crew } from "../threads/threadPool.ts";
import type { History } from "./history.ts";

/** The memory of a run and where it stands. */
export interface Run {
  readonly kernels: Kernels;
  readonly objective: Objective;
  readonly evaluate: Evaluate;
  /** The mean loss of the validation rows at the solution, where there are any. */
  readonly validationLoss: (() => number) | null;
  readonly params: Vector;
  /** The last parameters kept whose loss was finite: those before the last update, of a local run before the epoch. */
  readonly kept: Vector;
  readonly gradient: Vector;
  readonly slots: readonly Vector[];
  readonly scalars: Float64Array;
  readonly average: Vector | null;
  readonly best: Vector | null;
  /** The parameters of the least objective met, for an optimizer that may take a step back. */
  readonly least: Vector | null;
  readonly scratch: Vector | null;
  /** The second derivatives, where they are known. */
  readonly curvature: Curvature | null;
  /** Whether at most so much of the objective remains, where a rule asks for that. */
  readonly remains: ReturnType<typeof bindRemaining> | null;
  /** The visiting order; null where examples are visited as they lie. */
  readonly order: Uint32Array | null;
  /** In whose order the examples lie. */
  readonly grid: Grid | null;
  /** Plain steps on a few rows of a large model go only where those rows reach; the gradient stays zero elsewhere. */
  readonly local: boolean;
  /** Where updates are done many at a time. */
  readonly sweep: SweepMemory | null;
  readonly progress: Progress;
  /** Where tasks that are shared leave a number each. */
  readonly results: Float64Array;
  /** Those who help the run, taken on when they are first asked for. */
  crew(): Crew | null;
  /** Lets them go. */
  leave(): void;
}

/** The memory of a sweep: a number per update, and where to go back to. */
export interface SweepMemory {
  readonly rates: Float64Array;
  readonly fractions: Float64Array;
  readonly values: Float64Array;
  /** Null where an epoch's first parameters are those kept, so that there is no need to go back. */
  readonly back: { readonly params: Vector; readonly average: Vector | null } | null;
}

/** The exact objective over all examples somewhere. */
export interface Measure {
  readonly value: number;
  /** Largest absolute entry of the gradient, or with l1 of the proximal gradient. */
  readonly largest: number;
  /** Euclidean norm of the same. */
  readonly norm: number;
}

/** Where a run stands. */
export interface Progress {
  /** Updates done. */
  t: number;
  /** Epochs completed. */
  epoch: number;
  /** Examples visited in the epoch under way. */
  position: number;
  /** Sum over those examples of the batch values seen. */
  epochSum: number;
  /** Parameters in the average. */
  averaged: number;
  /** Rate of the last update. */
  learningRate: number;
  readonly change: Patience;
  readonly validation: Patience;
  /** What was measured at the parameters of the least objective met. */
  least: Measure;
  /** Scaled gradient, relative to what is allowed, at which it is worth a check how much of the objective remains. */
  screen: number;
  history: History;
}

/** Before the first update. */
export const newProgress = (history: History): Progress => ({
  t: 0,
  epoch: 0,
  position: 0,
  epochSum: 0,
  averaged: 0,
  learningRate: 0,
  change: { best: Infinity, waited: 0 },
  validation: { best: Infinity, waited: 0 },
  least: { value: Infinity, largest: Infinity, norm: Infinity },
  screen: 1,
  history,
});

/** Notes the value that an update saw on its batch of so many rows. */
export function note(progress: Progress, value: number, rows: number): void {
  progress.history.batchLosses?.push(value);
  progress.epochSum += value * rows;
  progress.position += rows;
}

/** The first `count` values of full batches, as one note after the other. */
export function noteAll(progress: Progress, values: Float64Array, count: number, rows: number): void {
  const losses = progress.history.batchLosses;
  let sum = progress.epochSum;
  for (let i = 0; i < count; i++) {
    sum += values[i]! * rows;
    losses?.push(values[i]!);
  }
  progress.epochSum = sum;
  progress.position += count * rows;
}

/** What the run would return now: its parameters, their average once there is one, or the least that it met. */
export function solutionOf({ average, least, params, progress }: Run): Vector {
  if (average !== null && progress.averaged > 0) return average;
  return least !== null && progress.least.value < Infinity ? least : params;
}

/** The error of a run that diverged, with parameters to go with it. */
export const divergedAt = ({ progress }: Run, what: string, params: Vector): DivergenceError =>
  new DivergenceError(what, progress.t, progress.learningRate, params.slice());

/** The error of a run whose loss or parameters are not finite, with the last parameters kept whose loss was. */
export const diverged = (run: Run, what: string): DivergenceError => divergedAt(run, what, run.kept);
