// The frame of a run on several ranks: all join, all end, and an error of one ends all.
import {
  DataError,
  DivergedRun,
  exitCodes,
  FailedRank,
  isInputError,
  OutputError,
  UsageError,
} from "../errors/errors.ts";
import { SeveralErrors } from "../errors/severalErrors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { joinRanks, type RunRanks } from "./join.ts";
import { requireSameCommand } from "./requireSame.ts";

/**
 * Runs `work` with the ranks of the job, or with undefined if the process is alone.
 *
 * @returns  the exit code of `work` on rank 0. That of the other ranks is 0, because mpirun ends rank 0 when another rank ends with
 *   an error, maybe before rank 0 has printed it
 * @throws on rank 0 every error that all ranks have, or that rank 0 has after the training; FailedRank for any other error
 */
export async function withRanks(
  { launch, now }: Terminal,
  argv: readonly string[],
  work: (ranks: RunRanks | undefined) => Promise<number>,
): Promise<number> {
  if (launch === null) return work(undefined);
  const ranks = await joinRanks(launch, now);
  try {
    requireSameCommand(ranks, argv);
    const code = await work(ranks);
    ranks.close();
    return ranks.rank === 0 ? code : exitCodes.ok;
  } catch (error) {
    if (!isExpected(error)) throw new FailedRank(error, ranks);
    ranks.close();
    if (ranks.rank === 0) throw error;
    return exitCodes.ok;
  }
}

const isExpected = (error: unknown): boolean =>
  [UsageError, DataError, OutputError, DivergedRun, SeveralErrors].some((kind) => error instanceof kind) ||
  isInputError(error);
