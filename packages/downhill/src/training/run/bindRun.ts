import { InputTypeError } from "../../core/check.ts";
import type { Grid } from "../../core/grid.ts";
import { allRows } from "../../core/rows.ts";
import { type Arena, allocate } from "../../kernels/arena.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { riskFromSpec } from "../objective/boundRisk.ts";
import { bindEvaluate, laneCount, type TaskMemory, taskMemory } from "../objective/evaluate.ts";
import type { Objective, Problem } from "../objective/objective.ts";
import { emptyHistory } from "../state/history.ts";
import { newProgress, type Run, solutionOf } from "../state/run.ts";
import { bindRemaining } from "../stopping/remaining.ts";
import type { Crew, SharedRun, Team } from "../threads/threadPool.ts";
import type { Settings } from "../trainOptions.ts";
import { sweepMemory } from "./sweep.ts";

/**
 * Takes the memory of a run: data, parameters, gradient, slots and scratch, in one arena.
 *
 * @param grid  in whose order the problem's examples lie
 */
export function bindRun(problem: Problem, optimizer: Optimizer, settings: Settings, grid: Grid | null): Run {
  const { size, examples, element } = problem;
  const { full, rowsPerBatch, order, every, stop, average, trace, batchLosses, team } = settings;
  const parted = rowsPerBatch === 1 ? grid : null; // whose parts threads may sweep at the same time

  function plan(arena: Arena): Run {
    const objective = problem.bind(arena);
    const { blockRows, work, touched } = objective;
    const tasks = taskMemory(arena, objective, size, examples);
    const shared =
      team && (tasks.gradients.length > 0 || parted) ? sharedRun(arena, objective, size, tasks, team) : null;
    const watched = stop.validation?.problem;
    const validation = watched?.bind(arena);
    const curvature = objective.curvature?.(arena) ?? null;
    if (stop.remaining !== undefined && curvature === null) {
      throw new InputTypeError(
        "train: stop.remaining must be left out where second derivatives are not known, which is all but linear scores " +
          `with a smooth loss, got ${stop.remaining}. Use stop.change, say.`,
      );
    }
    const remains =
      stop.remaining !== undefined && curvature
        ? bindRemaining(curvature, arena.vector(size), arena.vector(size))
        : null;
    const params = arena.vector(size);
    const averaged = average ? arena.vector(size) : null;
    const oneBlock = !full && rowsPerBatch <= blockRows && optimizer.rate !== undefined;
    const sweeps = oneBlock && every !== 1 && objective.sweep && laneCount(rowsPerBatch, work, size) === 1;
    let mayJoin = shared;
    let crew: Crew | null = null;
    const run: Run = {
      kernels: arena.kernels,
      objective,
      evaluate: bindEvaluate(arena, objective, tasks, () => run.crew()),
      validationLoss: validation
        ? () => validation.loss(solutionOf(run), allRows(watched!.examples)) / watched!.examples
        : null,
      params,
      kept: arena.vector(size),
      gradient: arena.vector(size),
      slots: Array.from({ length: optimizer.slots }, () => arena.vector(size)),
      scalars: new Float64Array(optimizer.scalars),
      average: averaged,
      best: validation ? arena.vector(size) : null,
      least: optimizer.fullBatch && !average ? arena.vector(size) : null,
      scratch: objective.proximal ? arena.vector(size) : null,
      curvature,
      remains,
      order: full || order === "sequential" ? null : arena.indices(examples),
      grid,
      local: oneBlock && touched !== undefined,
      sweep: sweeps ? sweepMemory(arena, objective, params, averaged, shared && parted) : null,
      progress: newProgress(emptyHistory({ trace, batchLosses, validation: validation !== undefined })),
      results: tasks.results,
      crew() {
        if (mayJoin) crew ??= team!.join(mayJoin);
        return crew;
      },
      leave() {
        crew?.leave();
        crew = null;
        mayJoin = null; // what a step is still asked of is done alone
      },
    };
    return run;
  }

  return allocate(team?.kernels ?? settings.kernels, element, plan, { shared: team !== undefined });
}

/** The run as its helpers must know it, with room for each; null where the objective cannot be told. */
function sharedRun(
  { memory, element, roomFor }: Arena,
  { spec }: Objective,
  size: number,
  { results, gradients }: TaskMemory,
  { helpers }: Team,
): SharedRun | null {
  if (spec === undefined) return null;
  return {
    memory,
    element,
    size,
    objective: spec,
    rooms: Array.from({ length: helpers }, () => roomFor((room) => riskFromSpec(room, spec))),
    results: results.byteOffset,
    gradients: gradients.map((gradient) => gradient.byteOffset),
  };
}
