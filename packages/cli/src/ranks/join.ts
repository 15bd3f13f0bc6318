// The ranks of a training run: the processes that mpirun started. All do the same, and only rank 0 prints and writes.
import { availableParallelism, cpus, hostname } from "node:os";
import type { Communicator } from "@downhill/mpi";
import { DataError, UsageError } from "../errors/errors.ts";
import type { Launch } from "../process/launch.ts";
import { version } from "../process/version.ts";

/** The ranks of a run, with the time that this rank has spent in exchanges with others. */
export interface RunRanks extends Communicator {
  /** The number of exchanges, and their time in milliseconds, with the time of waiting for other ranks. */
  readonly exchanges: { count: number; time: number };
}

/**
 * Joins the ranks of the job.
 *
 * @param now  a clock in milliseconds
 * @throws UsageError if the package or the MPI library is missing, or the library is not that of mpirun; also if srun started several tasks
 *   without MPI, because each would be a run of its own and overwrite the files of the others
 */
export async function joinRanks({ size, hasMpi }: Launch, now: () => number): Promise<RunRanks> {
  if (!hasMpi) {
    throw new UsageError(
      `train: srun started ${size} tasks without MPI, so each would train a model of its own. Use mpirun in the script of sbatch or ` +
        "in salloc, or srun --mpi=pmix.",
    );
  }
  const { connect } = await import("@downhill/mpi").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError(
      `train: ${size} processes were started, but the package @downhill/mpi is not installed, with which they train one model. ` +
        "Install it beside the command (npm install @downhill/mpi), or start downhill without mpirun.",
    );
  });
  const communicator = connected(connect);
  if (communicator.size !== size) {
    throw new UsageError(
      `train: ${size} processes were started, but ${communicator.library} found ${communicator.size}. It is not the library of this ` +
        "mpirun. Set DOWNHILL_MPI_LIBRARY to the path of that library.",
    );
  }
  const exchanges = { count: 0, time: 0 };
  return {
    ...communicator,
    exchanges,
    allGather(bytes, starts) {
      const began = now();
      communicator.allGather(bytes, starts);
      exchanges.time += now() - began;
      exchanges.count++;
    },
  };
}

function connected(connect: () => Communicator): Communicator {
  try {
    return connect();
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/^connect: /, "train: "));
  }
}

/** The texts of all ranks, in their order. */
export function gatherTexts(ranks: Communicator, text: string): string[] {
  const own = new TextEncoder().encode(text);
  const lengths = new Float64Array(ranks.size);
  lengths[ranks.rank] = own.length;
  ranks.allGather(
    new Uint8Array(lengths.buffer),
    Array.from({ length: ranks.size + 1 }, (_, r) => 8 * r),
  );
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  const all = new Uint8Array(starts.at(-1)!);
  all.set(own, starts[ranks.rank]);
  ranks.allGather(all, starts);
  return Array.from(lengths, (_, r) => new TextDecoder().decode(all.subarray(starts[r], starts[r + 1])));
}

/** @throws UsageError if the ranks have different versions or command lines */
export function requireSameCommand(ranks: Communicator, argv: readonly string[]): void {
  const versions = gatherTexts(ranks, version);
  const other = versions.findIndex((text) => text !== versions[0]);
  if (other > 0) {
    throw new UsageError(
      `train: all ranks must have the same version of downhill, but rank 0 has ${versions[0]} and rank ${other} has ` +
        `${versions[other]}. Install the same version on all computers.`,
    );
  }
  const lines = gatherTexts(ranks, argv.join(" "));
  const differs = lines.findIndex((line) => line !== lines[0]);
  if (differs < 0) return;
  throw new UsageError(
    `train: all ranks must have the same options, but rank 0 has "${lines[0]}" and rank ${differs} has "${lines[differs]}". ` +
      "Start all ranks with one command line.",
  );
}

/**
 * Does work that may fail on some ranks only, such as reading files. If it fails anywhere, it throws on all ranks.
 *
 * @throws the error of this rank, or else a DataError with the first error of another one
 */
export async function onAllRanks<T>(ranks: Communicator | undefined, work: () => Promise<T>): Promise<T> {
  if (ranks === undefined) return work();
  const own = await work().then(
    (value) => ({ value, error: null }),
    (error: unknown) => ({ value: null, error: error as Error }),
  );
  const errors = gatherTexts(ranks, own.error === null ? "" : own.error.message || String(own.error));
  if (own.error !== null) throw own.error;
  const failed = errors.findIndex((text) => text !== "");
  if (failed < 0) return own.value as T;
  throw new DataError(
    `train: rank ${failed} failed while it read its data: ${errors[failed]!.replace(/^train: /, "")}`,
  );
}

/** @throws DataError if the ranks have read different rows */
export function requireSameRows(
  ranks: Communicator,
  { rows: [training], hash }: { readonly rows: readonly [training: number, heldOut: number]; readonly hash: string },
): void {
  const all = gatherTexts(ranks, `${training} training rows with the hash ${hash.slice(0, 8)}`);
  const other = all.findIndex((text) => text !== all[0]);
  if (other < 0) return;
  throw new DataError(
    `train: all ranks must read the same rows, but rank 0 has read ${all[0]} and rank ${other} ${all[other]}. ` +
      "Put the data on a file system that all computers share.",
  );
}

/** @throws UsageError if the data come from standard input, which only rank 0 has */
export function requireFiles(data: string): void {
  if (data !== "-") return;
  throw new UsageError(
    "train: several ranks cannot read standard input, because only rank 0 has it. Write the data to a file.",
  );
}

/** The option that needs more than one rank. */
interface OptionsOfRanks {
  readonly localEpochs?: boolean | undefined;
}

/** @throws UsageError for --local-epochs in one process */
export function requireRanks(ranks: Communicator | undefined, { localEpochs }: OptionsOfRanks): void {
  if (!localEpochs || ranks !== undefined) return;
  throw new UsageError(
    "train: --local-epochs needs several ranks, but this is one process. Start it with mpirun -n 2, for example, or leave out --local-epochs.",
  );
}

/** One sentence about the division of the training. */
export const sharedTraining = ({ size, library }: Communicator, { localEpochs }: OptionsOfRanks): string =>
  localEpochs
    ? `${size} ranks (${library}) train with local epochs: each on its own rows, and after an epoch the mean of their parameters is used; the model depends on the number of ranks`
    : `${size} ranks (${library}) share the training; the model has the same bits as with one process`;

/** The processors that a rank may use: those to which mpirun has bound it, or else its share of those of its computer. */
export function processorsOf(ranks: Communicator): number {
  const own = availableParallelism();
  const names = gatherTexts(ranks, hostname());
  if (own < cpus().length) return own;
  return Math.max(1, Math.floor(own / names.filter((name) => name === names[ranks.rank]).length));
}
