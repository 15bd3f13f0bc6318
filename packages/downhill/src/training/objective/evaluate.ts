import type { Rows } from "../../core/rows.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Address } from "../../kernels/kernels.ts";
import { type LaneJob, MAX_TASKS, type RowPart, type RunWorkers } from "../threads/threadPool.ts";
import { bindLaneTree, type LaneTree } from "./laneTree.ts";
import type { Objective } from "./objective.ts";

const MAX_LANES = 8;
const LANE_WORK = 131072; // smallest number of multiply-adds in a lane: about 30 µs, longer than it takes to share a lane
const WORK_PER_PARAMETER = 128; // the same per entry of the gradient, because the gradients of the lanes must be added up

/**
 * The number of lanes of a batch: the largest power of two, at most 8, with enough work in each lane. It depends on the
 * batch and the objective alone, so the number of threads changes no bit.
 *
 * @param work  multiply-adds of a row
 * @param size  number of parameters
 */
export function laneCount(rows: number, work: number, size: number): number {
  const worthwhile = (rows * work) / Math.max(LANE_WORK, WORK_PER_PARAMETER * size);
  let lanes = 1;
  while (lanes < MAX_LANES && 2 * lanes <= worthwhile) lanes *= 2;
  return lanes;
}

/**
 * Returns the objective on some rows; its gradient overwrites `gradient`. With `sums`, that is the sum of the rows' gradients,
 * not divided by their number, and without penalties.
 */
export type Evaluate = (params: Vector, rows: Rows, gradient: Vector, sums?: boolean) => number;

/** The memory for the results of tasks that threads can share. */
export interface TaskMemory {
  /** One number per task; for a lane it is the sum of its losses. */
  readonly results: Float64Array;
  /** The gradients of lanes 1, 2, …; lane 0 uses the gradient of the batch. */
  readonly gradients: readonly Vector[];
}

/** @param maxRows  rows of the largest batch */
export const taskMemory = (
  arena: Arena,
  { work }: Pick<Objective, "work">,
  size: number,
  maxRows: number,
): TaskMemory => ({
  results: arena.doubles(MAX_TASKS),
  gradients: Array.from({ length: laneCount(maxRows, work, size) - 1 }, () => arena.vector(size)),
});

/** Rows of a lane: complete blocks. */
export const rowsOfLane = (rows: number, lanes: number, blockRows: number): number =>
  Math.ceil(Math.ceil(rows / blockRows) / lanes) * blockRows;

/** The first row of a lane. */
export const laneFrom = ({ from, to, laneRows }: Pick<LaneJob, "from" | "to" | "laneRows">, lane: number): number =>
  Math.min(from + lane * laneRows, to);

/**
 * Makes a function that evaluates the objective on a batch in lanes of whole blocks, and adds up the sums of the lanes in a fixed
 * tree. The ranks of the arena share the lanes.
 *
 * @param workers  the threads that share the lanes; without them the caller's thread does all lanes
 * @param inMemory  for stored rows: the objective on the rows of the window's memory, as the threads have it
 */
export function bindEvaluate(
  arena: Arena,
  objective: Objective,
  { results, gradients }: TaskMemory,
  workers?: () => RunWorkers | null,
  inMemory = objective,
): Evaluate {
  const { chunks } = objective;
  const lane = { order: null as Uint32Array | null, from: 0, to: 0 };
  const job = {
    kind: "lanes" as const,
    params: 0 as Address,
    gradient: 0 as Address,
    order: 0 as Address,
    from: 0,
    to: 0,
    laneRows: 0,
    first: 0,
  };
  let tree: LaneTree | undefined;
  let at: Vector;
  let first: Vector;
  const gradientOf = (l: number): Vector => (l === 0 ? first : gradients[l - 1]!);

  function addLane(l: number, to = objective): void {
    lane.from = laneFrom(job, l);
    lane.to = laneFrom(job, l + 1);
    results[l] = to.add(at, lane, gradientOf(l).fill(0));
  }

  function use({ order, from, to }: Rows): void {
    lane.order = order;
    job.order = order?.byteOffset ?? 0;
    job.from = from;
    job.to = to;
  }

  /** Shares lanes among threads. Returns false if it cannot: a mini-batch lies in two windows, or the window is too small. */
  function share(sharing: RunWorkers, rows: Rows, from: number, to: number): boolean {
    const near = chunks ? chunks.local(rows) : rows;
    if (near) {
      use(near);
      sharing.share(to - from, job, (task) => addLane(from + task, inMemory));
      return true;
    }
    if (rows.order || rows.to - rows.from <= chunks!.capacity) return false;
    const lanes: RowPart[] = [];
    for (let l = from; l < to; l++) {
      lanes.push({ from: laneFrom(job, l), to: laneFrom(job, l + 1), at: l });
      gradientOf(l).fill(0);
      results[l] = 0;
    }
    return sharing.inPieces(lanes, chunks!, objective.blockRows, (parts, load) => {
      const own = (task: number): void => {
        const { from, to, at: l } = parts[task]!;
        results[l] = inMemory.add(at, { order: null, from, to }, gradientOf(l), results[l]);
      };
      sharing.share(parts.length, { ...job, kind: "pieces", parts }, own, load);
    });
  }

  return (params, rows, gradient, sums = false) => {
    const count = rows.to - rows.from;
    const lanes = laneCount(count, objective.work, gradient.length);
    at = params;
    first = gradient;
    use(rows);
    job.laneRows = rowsOfLane(count, lanes, objective.blockRows);
    tree ??= bindLaneTree(arena, gradient.length);
    const work = count * objective.work;
    const own = tree.own(lanes, work);
    job.first = own.from;
    const sharing = own.to - own.from > 1 ? workers?.() : null;
    job.params = params.byteOffset;
    job.gradient = gradient.byteOffset;
    if (!sharing || !share(sharing, rows, own.from, own.to)) for (let l = own.from; l < own.to; l++) addLane(l);
    tree.add(lanes, work, results, gradientOf);
    return objective.finish(params, rows, results[0]!, sums ? null : gradient);
  };
}

/** Makes a function that returns the sum of the losses of all rows, without penalties. The ranks of the arena share the lanes. */
export function bindLoss(arena: Arena, objective: Objective, rows: number): (params: Vector) => number {
  const lanes = laneCount(rows, objective.work, 1);
  const work = rows * objective.work;
  const results = new Float64Array(lanes);
  const none = arena.vector(0);
  const tree = bindLaneTree(arena, 0);
  const job = { from: 0, to: rows, laneRows: rowsOfLane(rows, lanes, objective.blockRows) };
  return (params) => {
    const own = tree.own(lanes, work);
    for (let l = own.from; l < own.to; l++) {
      results[l] = objective.loss(params, { order: null, from: laneFrom(job, l), to: laneFrom(job, l + 1) });
    }
    tree.add(lanes, work, results, () => none);
    return results[0]!;
  };
}
