import type { Rows } from "../core/rows.ts";
import type { Vector } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Objective } from "./objective.ts";

const LANES = 8;
const FEWEST_ROWS = 16384; // below, one lane: too little work to share

/** Lanes of a batch: a function of its row count alone, so that whoever takes the lanes changes no bit. */
export const laneCount = (rows: number): number => (rows < FEWEST_ROWS ? 1 : LANES);

/** Value of the objective on some rows; its gradient overwrites `gradient`. */
export type Evaluate = (params: Vector, rows: Rows, gradient: Vector) => number;

/**
 * Walks a batch in lanes of whole blocks and sums the lanes in a fixed tree: ((0+1)+(2+3)) + ((4+5)+(6+7)).
 *
 * @param most  rows of the largest batch
 */
export function bindEvaluate(arena: Arena, objective: Objective, size: number, most: number): Evaluate {
  const { kernels } = arena;
  const others = Array.from({ length: laneCount(most) - 1 }, () => arena.vector(size));
  const sums = new Float64Array(LANES);
  const lane = { order: null as Uint32Array | null, from: 0, to: 0 };
  return (params, rows, gradient) => {
    const count = rows.to - rows.from;
    const lanes = laneCount(count);
    const blocks = Math.ceil(count / objective.blockRows);
    const laneRows = Math.ceil(blocks / lanes) * objective.blockRows;
    const gradientOf = (l: number): Vector => (l === 0 ? gradient : others[l - 1]!);
    lane.order = rows.order;
    for (let l = 0; l < lanes; l++) {
      lane.from = Math.min(rows.from + l * laneRows, rows.to);
      lane.to = Math.min(lane.from + laneRows, rows.to);
      sums[l] = objective.add(params, lane, gradientOf(l).fill(0));
    }
    for (let apart = 1; apart < lanes; apart *= 2) {
      for (let l = 0; l + apart < lanes; l += 2 * apart) {
        kernels.add(gradientOf(l + apart).byteOffset, gradientOf(l).byteOffset, gradient.length);
        sums[l] = sums[l]! + sums[l + apart]!;
      }
    }
    return objective.finish(params, rows, sums[0]!, gradient);
  };
}
