import type { Vector } from "../../core/vector.ts";
import { diverged, type Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";

/** Local epochs: each rank descends on its own rows for an epoch, and then all ranks continue from the mean of their parameters. */
export interface LocalEpochs {
  /** Does some updates. If they throw, the exchange of this epoch also ends the other ranks. */
  update(updates: () => number): number;
  /**
   * Ends an epoch: parameters, optimizer memory and average become the means over the ranks, weighted by their rows and added in the
   * order of the ranks. Afterwards the number of updates is that of all ranks.
   *
   * @throws DivergenceError if another rank could not end its epoch
   */
  average(): void;
}

/** @returns  null for a run without local epochs */
export function bindLocalEpochs(run: Run, { local, examples, rowsPerBatch }: Settings): LocalEpochs | null {
  if (local === null) return null;
  const { rank, size, allGather } = local.ranks;
  const { params, slots, scalars, average, progress } = run;
  const vectors: Vector[] = [params, ...slots, scalars, ...(average ? [average] : [])];
  const rows = Array.from({ length: size }, (_, r) => local.starts[r + 1]! - local.starts[r]!);
  const updates = rows.map((count) => Math.ceil(count / rowsPerBatch));
  const total = updates.reduce((sum, count) => sum + count);

  /** The numbers of all ranks, each of which has a list of this length. */
  function gathered(own: Vector): Float64Array[] {
    const all = new Float64Array(size * own.length);
    all.set(own, rank * own.length);
    allGather(
      new Uint8Array(all.buffer),
      Array.from({ length: size + 1 }, (_, r) => 8 * own.length * r),
    );
    return rows.map((_, r) => all.subarray(r * own.length, (r + 1) * own.length));
  }

  /** The state of this rank at the end of its epoch, exchanged with that of the others. */
  const exchanged = (failed: boolean): Float64Array[] =>
    gathered(Float64Array.of(failed ? 1 : 0, progress.blockSum, progress.learningRate));

  return {
    update(updates) {
      try {
        return updates();
      } catch (error) {
        exchanged(true);
        throw error;
      }
    },
    average() {
      const ends = exchanged(false);
      const failed = ends.findIndex(([isFailed]) => isFailed === 1);
      if (failed >= 0)
        throw diverged(run, `the loss of rank ${failed} was not finite, or its learning rate was not valid`);
      for (const vector of vectors) {
        if (vector.length === 0) continue;
        const all = gathered(vector);
        for (let i = 0; i < vector.length; i++) {
          let mean = 0;
          for (let r = 0; r < size; r++) mean += (rows[r]! / examples) * all[r]![i]!;
          vector[i] = mean;
        }
      }
      progress.blockSum = ends.reduce((sum, [, own]) => sum + own!, 0);
      progress.learningRate = ends[size - 1]![2]!;
      progress.t += total - size * updates[rank]!;
      if (progress.averaged > 0) progress.averaged += total - updates[rank]!;
    },
  };
}
