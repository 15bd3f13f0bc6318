import { DivergenceError, requireFinite } from "../core/check.ts";
import { random } from "../core/random.ts";
import { allRows } from "../core/rows.ts";
import type { Vector } from "../core/vector.ts";
import { allocate } from "../kernels/arena.ts";
import type { BindKernels, Kernels } from "../kernels/kernels.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { bindEvaluate, type Evaluate } from "./evaluate.ts";
import type { History } from "./history.ts";
import type { Measure } from "./measure.ts";
import type { Objective, Problem } from "./objective.ts";
import type { Patience } from "./stopping.ts";

/** The memory of a run and where it stands. */
export interface Run {
  readonly kernels: Kernels;
  readonly objective: Objective;
  readonly evaluate: Evaluate;
  /** The mean loss of the held-out part at the solution, where one is watched. */
  readonly heldOutLoss: (() => number) | null;
  readonly params: Vector;
  /** The parameters before the last update: their loss was finite. */
  readonly kept: Vector;
  readonly gradient: Vector;
  readonly slots: readonly Vector[];
  readonly scalars: Float64Array;
  readonly average: Vector | null;
  readonly best: Vector | null;
  /** The parameters of the least objective met, for an optimizer that may take a step back. */
  readonly least: Vector | null;
  readonly scratch: Vector | null;
  /** The visiting order; null in full batch. */
  readonly order: Uint32Array | null;
  readonly progress: Progress;
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
  readonly heldOut: Patience;
  /** What was measured at the parameters of the least objective met. */
  least: Measure;
  history: History;
}

export interface RunNeeds {
  readonly kernels: BindKernels;
  readonly rowsPerBatch: number;
  readonly average: boolean;
  readonly heldOut: Problem | undefined;
  readonly history: History;
}

/** Takes the memory of a run: data, parameters, gradient, slots and scratch, in one arena. */
export function bindRun(problem: Problem, optimizer: Optimizer, needs: RunNeeds): Run {
  const { size, examples } = problem;
  return allocate(needs.kernels, "float64", (arena) => {
    const objective = problem.bind(arena);
    const heldOut = needs.heldOut?.bind(arena);
    const heldOutRows = needs.heldOut?.examples ?? 0;
    const params = arena.vector(size);
    const average = needs.average ? arena.vector(size) : null;
    const run: Run = {
      kernels: arena.kernels,
      objective,
      evaluate: bindEvaluate(arena, objective, size, examples),
      heldOutLoss: heldOut ? () => heldOut.loss(solutionOf(run), allRows(heldOutRows)) / heldOutRows : null,
      params,
      kept: arena.vector(size),
      gradient: arena.vector(size),
      slots: Array.from({ length: optimizer.slots }, () => arena.vector(size)),
      scalars: new Float64Array(optimizer.scalars),
      average,
      best: heldOut ? arena.vector(size) : null,
      least: optimizer.fullBatch && !needs.average ? arena.vector(size) : null,
      scratch: objective.proximal ? arena.vector(size) : null,
      order: needs.rowsPerBatch < examples ? arena.indices(examples) : null,
      progress: {
        t: 0,
        epoch: 0,
        position: 0,
        epochSum: 0,
        averaged: 0,
        learningRate: 0,
        change: { best: Infinity, waited: 0 },
        heldOut: { best: Infinity, waited: 0 },
        least: { value: Infinity, largest: Infinity, norm: Infinity },
        history: needs.history,
      },
    };
    return run;
  });
}

/** Where a run starts: zeros, the problem's own random start, or the given parameters. */
export type Start = "zeros" | "random" | Vector;

/** @throws RangeError when given parameters are not finite or not as many as the problem has */
export function writeStart(run: Run, problem: Problem, start: Start, seed: number): void {
  if (start === "random") problem.init(run.params, random(seed).fork("init"));
  else if (start !== "zeros") {
    if (start.length !== problem.size) {
      throw new RangeError(
        `train: start must have one number per parameter (${problem.size}), got ${start.length}. Give one for each.`,
      );
    }
    requireFinite("train", "start", start);
    run.params.set(start);
  }
  run.kept.set(run.params);
}

/** What the run would return now: its parameters, their average once there is one, or the least that it met. */
export function solutionOf({ average, least, params, progress }: Run): Vector {
  if (average !== null && progress.averaged > 0) return average;
  return least !== null && progress.least.value < Infinity ? least : params;
}

/** The error of a run whose loss or parameters are not finite, with the last parameters whose loss was. */
export const diverged = ({ kept, progress }: Run, what: string): DivergenceError =>
  new DivergenceError(what, progress.t, progress.learningRate, kept.slice());
