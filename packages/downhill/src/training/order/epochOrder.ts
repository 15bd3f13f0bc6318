import { InputTypeError } from "../../core/check.ts";
import type { Grid } from "../../core/grid.ts";
import { random } from "../../core/random.ts";
import type { Problem } from "../objective/objective.ts";
import type { Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import { writeLocalOrder } from "./localRows.ts";
import { diagonalsOf, writeDiagonals, writeOrder } from "./rowOrder.ts";

/**
 * The problem with its examples in the order in which the run stores them: with order "grid" the order of their grid.
 *
 * @throws TypeError for order "grid" where the examples have no grid
 */
export function problemInOrder(problem: Problem, { order, seed }: Settings): { problem: Problem; grid: Grid | null } {
  if (order !== "grid") return { problem, grid: null };
  if (problem.grid) return problem.grid(random(seed).fork("grid"));
  throw new InputTypeError(
    problem.chunks
      ? 'train: order must not be "grid" for stored rows, got "grid", because a grid needs all rows in memory. Leave out order.'
      : 'train: order must not be "grid" for examples that all reach the same parameters, got "grid". ' +
          'Use "shuffled"; grids are for factorizations.',
  );
}

/**
 * Writes the row order of the current epoch into the run; returns the epoch's diagonals with order "grid", else none. If
 * bulk updates use the diagonals themselves, they write the entries that single updates need.
 */
export function writeEpochOrder(run: Run, settings: Settings): Grid["diagonals"] {
  const { order, seed, local } = settings;
  const { epoch } = run.progress;
  if (local) {
    const write = (out: Uint32Array): void => writeLocalOrder(local, order, seed, epoch, out);
    if (run.objective.chunks) run.objective.chunks.beginEpoch(seed, epoch, write, local);
    else write(run.order!);
    return [];
  }
  if (run.order === null || order === "sequential") return [];
  if (run.objective.chunks && order !== "grid") {
    run.objective.chunks.beginEpoch(seed, epoch, (out) => writeOrder(order, seed, epoch, out));
    return [];
  }
  if (order !== "grid") {
    writeOrder(order, seed, epoch, run.order);
    return [];
  }
  const diagonals = diagonalsOf(run.grid!, seed, epoch);
  if (!writesRowsLazily(run, settings)) writeDiagonals(diagonals, run.order);
  return diagonals;
}

/** Whether bulk updates write the entries of the row order that single updates need. */
export const writesRowsLazily = ({ grid, sweep }: Run, { rowsPerBatch, average }: Settings): boolean =>
  grid !== null && sweep !== null && rowsPerBatch === 1 && average === undefined;
