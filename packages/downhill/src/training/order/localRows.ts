import { InputRangeError, InputTypeError, requireOneOf, show } from "../../core/check.ts";
import { random } from "../../core/random.ts";
import { firstOfRank, type Ranks } from "../../kernels/ranks.ts";
import type { Problem } from "../objective/objective.ts";
import type { TrainOptions } from "../trainOptions.ts";

/** The rows of a rank in a run with local epochs: `rows` rows from row `from` on. */
export interface LocalRows {
  readonly ranks: Ranks;
  readonly from: number;
  readonly rows: number;
}

/**
 * The rows on which this rank descends with `localEpochs`; null for a run of one process, and without the option.
 *
 * @throws TypeError or RangeError for a run that cannot have local epochs
 */
export function localRowsOf(
  { examples, chunks, grid }: Problem,
  { localEpochs = false, ranks, order = "shuffled", every, batchLosses }: TrainOptions,
  rowsPerBatch: number,
): LocalRows | null {
  if (typeof localEpochs !== "boolean") {
    throw new InputTypeError(
      `train: localEpochs must be true or false, got ${show(localEpochs)}. Pass localEpochs: true, or leave it out.`,
    );
  }
  if (!localEpochs) return null;
  if (ranks === undefined) fail("needs the option ranks. Pass ranks: connect() of @downhill/mpi");
  if (ranks.size === 1) return null;
  if (grid) {
    fail(
      "averages all parameters, but an example here changes only the parameters of its user and its items, so the " +
        "average would undo most of each update. Train in one process with threads",
    );
  }
  if (chunks) fail("needs the rows in memory, got stored rows. Train without stored rows");
  if (batchLosses) fail("has no list of batch losses. Pass batchLosses: false");
  if (every !== undefined && every !== "epoch")
    fail(`has steps only at the end of an epoch, got every: ${every}. Pass every: "epoch"`);
  if (rowsPerBatch === examples) fail('needs batches, got batchSize "full". Pass batchSize: 1, for example');
  requireOneOf("train", "order, with localEpochs,", order, ["shuffled", "sequential"]);
  const fewest = Math.floor(examples / ranks.size);
  if (rowsPerBatch > fewest) {
    throw new InputRangeError(
      `train: with localEpochs, batchSize must be at most the number of rows of a rank (${fewest}), got ${rowsPerBatch}. ` +
        "Use smaller batches or fewer ranks.",
    );
  }
  const from = firstOfRank(examples, ranks.rank, ranks.size);
  return { ranks, from, rows: firstOfRank(examples, ranks.rank + 1, ranks.size) - from };
}

function fail(reason: string): never {
  throw new InputTypeError(`train: localEpochs ${reason}, or leave out localEpochs.`);
}

/** Writes the order in which a rank processes its own rows in an epoch. */
export function writeLocalOrder(
  { ranks, from, rows }: LocalRows,
  order: TrainOptions["order"],
  seed: number,
  epoch: number,
  out: Uint32Array,
): void {
  if (order === "shuffled") random(seed).fork("order").fork(epoch).fork(ranks.rank).permutation(rows, out);
  else for (let i = 0; i < rows; i++) out[i] = i;
  for (let i = 0; i < rows; i++) out[i]! += from;
}
