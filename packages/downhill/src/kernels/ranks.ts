import { InputTypeError, show } from "../core/check.ts";

/** The processes of a job that share the sums of a run. `connect` of the package @downhill/mpi returns such an object. */
export interface Ranks {
  /** The number of this process: 0 … size − 1. */
  readonly rank: number;
  /** The number of processes. */
  readonly size: number;
  /**
   * Fills a list with the parts of all processes: process r has written the bytes starts[r] … starts[r + 1] − 1, and afterwards each
   * process has all bytes. All processes must call it with the same `starts`, which rise from 0 to the length of the list.
   */
  allGather(bytes: Uint8Array, starts: readonly number[]): void;
}

/** @throws TypeError for a value that is not a `Ranks` */
export function requireRanks(functionName: string, ranks: unknown): void {
  const { rank, size, allGather } = (ranks ?? {}) as Partial<Ranks>;
  const isNumbered = Number.isInteger(rank) && Number.isInteger(size) && rank! >= 0 && rank! < size!;
  if (isNumbered && typeof allGather === "function") return;
  throw new InputTypeError(
    `${functionName}: ranks must be an object that connect() of @downhill/mpi made, got ${show(ranks)}. Pass connect(), or leave it out.`,
  );
}

/** The first of `count` things of a process; those of the next process follow the last one. */
export const firstOfRank = (count: number, rank: number, size: number): number => Math.floor((count * rank) / size);
