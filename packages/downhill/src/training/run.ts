import { DivergenceError, requireFinite } from "../core/check.ts";
import { random } from "../core/random.ts";
import { allRows } from "../core/rows.ts";
import type { Vector } from "../core/vector.ts";
import { type Arena, allocate } from "../kernels/arena.ts";
import type { BindKernels, Kernels } from "../kernels/kernels.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { riskFromSpec } from "./boundRisk.ts";
import { bindEvaluate, type Evaluate, laneMemory } from "./evaluate.ts";
import type { History } from "./history.ts";
import type { Objective, Problem } from "./objective.ts";
import type { Patience } from "./stopping.ts";
import { type SweepMemory, sweepMemory } from "./sweep.ts";
import type { Crew, SharedRun, Team } from "./team.ts";

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
  readonly scratch: Vector | null;
  /** Where updates are done many at a time. */
  readonly sweep: SweepMemory | null;
  /** The visiting order; null where examples are visited as they lie. */
  readonly order: Uint32Array | null;
  readonly progress: Progress;
  /** Lets those who help the run go. */
  leave(): void;
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
  history: History;
}

export interface RunNeeds {
  readonly kernels: BindKernels;
  readonly team: Team | undefined;
  /** Whether the order of visits is not that of the examples. */
  readonly ordered: boolean;
  /** Whether many updates are to be done at a time, where the objective can. */
  readonly sweep: boolean;
  readonly average: boolean;
  readonly heldOut: Problem | undefined;
  readonly history: History;
}

/** Takes the memory of a run: data, parameters, gradient, slots and scratch, in one arena. */
export function bindRun(problem: Problem, optimizer: Optimizer, needs: RunNeeds): Run {
  const { size, examples, element } = problem;
  const { team } = needs;
  let crew: Crew | null = null;
  function plan(arena: Arena): { run: Run; shared: SharedRun | null } {
    const objective = problem.bind(arena);
    const lanes = laneMemory(arena, objective, size, examples);
    const { spec } = objective;
    const helped = team !== undefined && spec !== undefined && lanes.gradients.length > 0;
    const rooms = helped
      ? Array.from({ length: team.helpers }, () => arena.roomFor((inner) => riskFromSpec(inner, spec)))
      : [];
    const heldOut = needs.heldOut?.bind(arena);
    const heldOutRows = needs.heldOut?.examples ?? 0;
    const params = arena.vector(size);
    const average = needs.average ? arena.vector(size) : null;
    const run: Run = {
      kernels: arena.kernels,
      objective,
      evaluate: bindEvaluate(arena, objective, lanes, () => crew),
      heldOutLoss: heldOut ? () => heldOut.loss(solutionOf(run), allRows(heldOutRows)) / heldOutRows : null,
      params,
      kept: arena.vector(size),
      gradient: arena.vector(size),
      slots: Array.from({ length: optimizer.slots }, () => arena.vector(size)),
      scalars: new Float64Array(optimizer.scalars),
      average,
      best: heldOut ? arena.vector(size) : null,
      scratch: objective.proximal ? arena.vector(size) : null,
      sweep: needs.sweep && objective.sweep ? sweepMemory(arena, size, needs.average) : null,
      order: needs.ordered ? arena.indices(examples) : null,
      progress: {
        t: 0,
        epoch: 0,
        position: 0,
        epochSum: 0,
        averaged: 0,
        learningRate: 0,
        change: { best: Infinity, waited: 0 },
        heldOut: { best: Infinity, waited: 0 },
        history: needs.history,
      },
      leave: () => crew?.leave(),
    };
    const shared = helped
      ? {
          memory: arena.memory,
          element,
          size,
          objective: spec,
          rooms,
          sums: lanes.sums.byteOffset,
          gradients: lanes.gradients.map((gradient) => gradient.byteOffset),
        }
      : null;
    return { run, shared };
  }
  const { run, shared } = allocate(team?.kernels ?? needs.kernels, element, plan, { shared: team !== undefined });
  if (shared) crew = team!.join(shared);
  return run;
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
    run.params.set(start);
    requireFinite("train", "start", run.params);
  }
  run.kept.set(run.params);
}

/** What the run would return now: its parameters, or their average once there is one. */
export const solutionOf = ({ average, params, progress }: Run): Vector =>
  average !== null && progress.averaged > 0 ? average : params;

/** The error of a run whose loss or parameters are not finite, with the last parameters whose loss was. */
export const diverged = ({ kept, progress }: Run, what: string): DivergenceError =>
  new DivergenceError(what, progress.t, progress.learningRate, kept.slice());
