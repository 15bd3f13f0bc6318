import type { Rows } from "../../core/rows.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Address } from "../../kernels/kernels.ts";
import { type Crew, type LaneJob, MOST_TASKS } from "../threads/threadPool.ts";
import type { Objective } from "./objective.ts";

const MOST_LANES = 8;
const WORK = 131072; // multiply-adds of a lane at least: some thirty microseconds, more than it costs to share
const PER_PARAMETER = 128; // multiply-adds of a lane for each entry of its gradient at least, which must be added up

/**
 * Lanes of a batch: the largest power of two, at most 8, whose lanes are worth it. A function of the batch and the
 * objective alone, so that whoever takes the lanes changes no bit.
 *
 * @param work  multiply-adds of a row
 * @param size  parameters
 */
export function laneCount(rows: number, work: number, size: number): number {
  const worth = (rows * work) / Math.max(WORK, PER_PARAMETER * size);
  let lanes = 1;
  while (lanes < MOST_LANES && 2 * lanes <= worth) lanes *= 2;
  return lanes;
}

/** Value of the objective on some rows; its gradient overwrites `gradient`. */
export type Evaluate = (params: Vector, rows: Rows, gradient: Vector) => number;

/** Where tasks that may be shared leave what they find. */
export interface TaskMemory {
  /** A number each: a lane the sum of its losses. */
  readonly results: Float64Array;
  /** The gradients of the lanes from 1 on; lane 0 has the batch's own. */
  readonly gradients: readonly Vector[];
}

/** @param most  rows of the largest batch */
export const taskMemory = (arena: Arena, { work }: Objective, size: number, most: number): TaskMemory => ({
  results: arena.doubles(MOST_TASKS),
  gradients: Array.from({ length: laneCount(most, work, size) - 1 }, () => arena.vector(size)),
});

/** Rows of lane `lane` of a job. */
export const laneFrom = ({ from, to, laneRows }: LaneJob, lane: number): number => Math.min(from + lane * laneRows, to);

/**
 * Walks a batch in lanes of whole blocks and sums the lanes in a fixed tree: ((0+1)+(2+3)) + ((4+5)+(6+7)).
 *
 * @param crew  who walks them; this thread alone when there is none
 */
export function bindEvaluate(
  { kernels }: Arena,
  objective: Objective,
  { results, gradients }: TaskMemory,
  crew?: () => Crew | null,
): Evaluate {
  const lane = { order: null as Uint32Array | null, from: 0, to: 0 };
  const job = {
    kind: "lanes" as const,
    params: 0 as Address,
    gradient: 0 as Address,
    order: 0 as Address,
    from: 0,
    to: 0,
    laneRows: 0,
  };
  let at: Vector;
  let first: Vector;
  const gradientOf = (l: number): Vector => (l === 0 ? first : gradients[l - 1]!);

  function walk(l: number): void {
    lane.from = laneFrom(job, l);
    lane.to = laneFrom(job, l + 1);
    results[l] = objective.add(at, lane, gradientOf(l).fill(0));
  }

  return (params, rows, gradient) => {
    const count = rows.to - rows.from;
    const lanes = laneCount(count, objective.work, gradient.length);
    const blocks = Math.ceil(count / objective.blockRows);
    at = params;
    first = gradient;
    lane.order = rows.order;
    job.from = rows.from;
    job.to = rows.to;
    job.laneRows = Math.ceil(blocks / lanes) * objective.blockRows;
    const helpers = lanes > 1 ? crew?.() : null;
    if (helpers) {
      job.params = params.byteOffset;
      job.gradient = gradient.byteOffset;
      job.order = rows.order?.byteOffset ?? 0;
      helpers.share(lanes, job, walk);
    } else for (let l = 0; l < lanes; l++) walk(l);
    for (let apart = 1; apart < lanes; apart *= 2) {
      for (let l = 0; l + apart < lanes; l += 2 * apart) {
        kernels.add(gradientOf(l + apart).byteOffset, gradientOf(l).byteOffset, gradient.length);
        results[l] = results[l]! + results[l + apart]!;
      }
    }
    return objective.finish(params, rows, results[0]!, gradient);
  };
}
