import { InputRangeError, InputTypeError, requireOneOf, show } from "../../core/check.ts";
import { chunkOrder } from "../../core/chunks.ts";
import { random } from "../../core/random.ts";
import type { OwnRows } from "../../kernels/chunkWindow.ts";
import { firstOfRank, type Ranks } from "../../kernels/ranks.ts";
import type { Problem } from "../objective/objective.ts";
import type { TrainOptions } from "../trainOptions.ts";
import { type Order, writeRandom } from "./rowOrder.ts";

/** The rows of this rank in a run with local epochs. */
export interface LocalRows extends OwnRows {
  readonly ranks: Ranks;
  /** The first row of each rank, and the number of rows. */
  readonly starts: readonly number[];
}

/**
 * The rows on which this rank descends with `localEpochs`; null for a run of one process, and without the option.
 *
 * @throws TypeError or RangeError for a run that cannot have local epochs
 */
export function localRowsOf(
  { examples, chunks, grid }: Problem,
  { localEpochs = false, ranks, every, batchLosses }: TrainOptions,
  order: Order,
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
  if (batchLosses) fail("has no list of batch losses. Pass batchLosses: false");
  if (every !== undefined && every !== "epoch")
    fail(`has steps only at the end of an epoch, got every: ${every}. Pass every: "epoch"`);
  if (rowsPerBatch === examples) fail('needs batches, got batchSize "full". Pass batchSize: 1, for example');
  if (typeof order !== "object")
    requireOneOf("train", "order, with localEpochs,", order, ["shuffled", "replacement", "sequential"]);
  if (order === "sequential" && chunks && chunks.rowsPerChunk * chunks.chunksPerWindow < examples)
    fail("has the order of the chunks for stored rows, got the order sequential. Leave out order");
  const { size } = ranks;
  const unit = typeof order === "object" ? order.rowsPerChunk : 1; // a rank has whole chunks
  const units = Math.ceil(examples / unit);
  const starts = Array.from({ length: size + 1 }, (_, r) => Math.min(unit * firstOfRank(units, r, size), examples));
  const rowsOf = (rank: number): number => starts[rank + 1]! - starts[rank]!;
  const fewest = Math.min(...Array.from({ length: size }, (_, rank) => rowsOf(rank)));
  if (rowsPerBatch > fewest) {
    throw new InputRangeError(
      `train: with localEpochs, batchSize must be at most the number of rows of a rank (${fewest}), got ${rowsPerBatch}. ` +
        "Use smaller batches or fewer ranks.",
    );
  }
  const { rank } = ranks;
  return { ranks, rank, starts, from: starts[rank]!, rows: rowsOf(rank) };
}

function fail(reason: string): never {
  throw new InputTypeError(`train: localEpochs ${reason}, or leave out localEpochs.`);
}

/** Writes the order in which a rank processes its own rows in an epoch. */
export function writeLocalOrder(
  { ranks, from, rows }: LocalRows,
  order: Order,
  seed: number,
  epoch: number,
  out: Uint32Array,
): void {
  if (typeof order === "object") {
    const { windows, startOf, write } = chunkOrder({ ...order, rows }, seed, epoch, ranks.rank);
    for (let w = 0; w < windows; w++) write(w, out.subarray(startOf(w)), (chunk) => chunk * order.rowsPerChunk);
  } else if (order === "shuffled" || order === "replacement")
    writeRandom(order, random(seed).fork("order").fork(epoch).fork(ranks.rank), out);
  else for (let i = 0; i < rows; i++) out[i] = i;
  for (let i = 0; i < rows; i++) out[i]! += from;
}
