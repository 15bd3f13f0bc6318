// The ranks of a training run: the processes that mpirun started. All do the same, and only rank 0 prints and writes.
import { availableParallelism, cpus, hostname } from "node:os";
import type { Communicator } from "@downhill/mpi";
import { UsageError } from "../errors/errors.ts";
import type { Launch } from "../process/launch.ts";
import { gatherTexts } from "./gather.ts";
import { endWithParent } from "./rankProcess.ts";

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
  const checkParent = endWithParent(communicator.rank);
  return {
    ...communicator,
    exchanges,
    allGather(bytes, starts) {
      checkParent();
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

/** One sentence about a training without exchanges. */
export const nothingShared = ({ model }: { readonly model?: string | undefined }): string =>
  model === "factorization"
    ? "The ranks shared no work, so one process is as fast: they share only explicit ratings in memory, with one rating per update and " +
      "about 60,000 ratings or more."
    : "The ranks shared no work, because each update was too small: one process is as fast. Larger batches can be shared.";

/** The processors that a rank may use: those to which mpirun has bound it, or else its share of those of its computer. */
export function processorsOf(ranks: Communicator): number {
  const own = availableParallelism();
  const names = gatherTexts(ranks, hostname());
  if (own < cpus().length) return own;
  return Math.max(1, Math.floor(own / names.filter((name) => name === names[ranks.rank]).length));
}
