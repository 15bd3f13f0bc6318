import { InputRangeError, InputTypeError } from "../../core/check.ts";
import type { Grid } from "../../core/grid.ts";
import { type Arena, allocate } from "../../kernels/arena.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { riskFromSpec } from "../objective/boundRisk.ts";
import { bindEvaluate, bindLoss, laneCount, type TaskMemory, taskMemory } from "../objective/evaluate.ts";
import type { Objective, Problem } from "../objective/objective.ts";
import { emptyHistory } from "../state/history.ts";
import { newProgress } from "../state/progress.ts";
import { type Run, solutionOf } from "../state/run.ts";
import { bindRemaining } from "../stopping/remaining.ts";
import type { RunWorkers, SharedRun, ThreadPool } from "../threads/threadPool.ts";
import type { Settings } from "../trainOptions.ts";
import { sweepMemory } from "./sweep.ts";

/**
 * Allocates a run: its data, parameters, gradient, optimizer memory and scratch buffers, in one arena.
 *
 * @param grid  the grid in whose order the problem's examples are stored
 */
export function bindRun(problem: Problem, optimizer: Optimizer, settings: Settings, grid: Grid | null): Run {
  const { size, examples, elementType } = problem;
  const { full, rowsPerBatch, rowsPerEpoch, order, every, stop, average, trace, batchLosses, pool, ranks, local } =
    settings;
  const sharedGrid = rowsPerBatch === 1 ? grid : null; // threads and ranks can sweep its parts at the same time
  if (sharedGrid && ranks && ranks.size > sharedGrid.diagonals.length) {
    throw new InputRangeError(
      `train: ranks must be at most ${sharedGrid.diagonals.length}, the number of groups in the grid of these ratings, got ${ranks.size}. ` +
        "Start fewer processes.",
    );
  }

  function plan(arena: Arena): Run {
    const kernels = pool?.sharedMaps(arena, () => run.workers()) ?? arena.kernels;
    const objective = problem.bind({ ...arena, kernels });
    const { blockRows, work, touched } = objective;
    const tasks = taskMemory(arena, objective, size, examples);
    const shared =
      pool && (tasks.gradients.length > 0 || sharedGrid) ? sharedRun(arena, objective, size, tasks, pool) : null;
    const inMemory = shared && objective.chunks ? riskFromSpec(arena, shared.objective) : objective;
    const validationRows = stop.validation?.problem;
    const validation = validationRows && bindLoss(arena, validationRows.bind(arena), validationRows.examples);
    const curvature = objective.curvature?.(arena) ?? null;
    const hingeSteps = optimizer.usesMetric && full ? (objective.hingeSteps?.(arena, shared !== null) ?? null) : null;
    if (stop.remaining !== undefined && curvature === null && hingeSteps === null) {
      throw new InputTypeError(
        "train: stop.remaining needs linear scores with a smooth loss, or the hinge with l2 and the optimizer automatic, " +
          `got ${stop.remaining}. Leave it out, and use stop.change or stop.gradient.`,
      );
    }
    const metric = optimizer.usesMetric && full ? (objective.metric?.(arena) ?? null) : null;
    const remains =
      stop.remaining !== undefined && curvature
        ? bindRemaining(curvature, metric, arena.vector(size), arena.vector(size))
        : null;
    const params = arena.vector(size);
    const averaged = average ? arena.vector(size) : null;
    const oneBlock = !full && rowsPerBatch <= blockRows && optimizer.rate !== undefined;
    const sweeps = oneBlock && every !== 1 && objective.sweep && laneCount(rowsPerBatch, work, size) === 1;
    let joinable = shared;
    let workers: RunWorkers | null = null;
    const evaluate = bindEvaluate(arena, objective, tasks, () => run.workers(), inMemory);
    const run: Run = {
      memory: arena.memory,
      kernels: arena.kernels,
      objective,
      evaluate,
      evaluateBatch: local
        ? bindEvaluate({ ...arena, ranks: undefined }, objective, tasks, () => run.workers(), inMemory)
        : evaluate,
      validationLoss: validation ? () => validation(solutionOf(run)) / validationRows!.examples : null,
      params,
      kept: arena.vector(size),
      gradient: arena.vector(size),
      slots: Array.from({ length: optimizer.slots }, () => arena.vector(size)),
      scalars: new Float64Array(optimizer.scalars),
      average: averaged,
      best: validation ? arena.vector(size) : null,
      lowest: optimizer.fullBatch && !average ? arena.vector(size) : null,
      scratch: objective.proximal ? arena.vector(size) : null,
      curvature,
      metric,
      hingeSteps,
      remains,
      order:
        !local && (full || order === "sequential") ? null : (objective.chunks?.order ?? arena.indices(rowsPerEpoch)),
      grid,
      sparse: oneBlock && touched !== undefined,
      sweep: sweeps
        ? sweepMemory(arena, objective, size, averaged !== null, shared || ranks ? sharedGrid : null)
        : null,
      progress: newProgress(emptyHistory({ trace, batchLosses, validation: validation !== undefined })),
      results: tasks.results,
      workers() {
        if (joinable) workers ??= pool!.join(joinable);
        return workers;
      },
      releaseWorkers() {
        workers?.release();
        workers = null;
        joinable = null; // later calls of the last step's functions use the caller's thread alone
      },
    };
    return run;
  }

  return allocate(pool?.kernels ?? settings.kernels, elementType, plan, {
    shared: pool !== undefined,
    buffer: problem.buffer,
    ranks,
  });
}

/** The run as data for the pool's workers, with scratch memory for each; null where the objective has no spec. */
function sharedRun(
  { memory, elementType, reserveFor }: Arena,
  { spec }: Objective,
  size: number,
  { results, gradients }: TaskMemory,
  { workers }: ThreadPool,
): SharedRun | null {
  if (spec === undefined) return null;
  return {
    memory,
    elementType,
    size,
    objective: spec,
    scratch: Array.from({ length: workers }, () => reserveFor((arena) => riskFromSpec(arena, spec))),
    results: results.byteOffset,
    gradients: gradients.map((gradient) => gradient.byteOffset),
  };
}
