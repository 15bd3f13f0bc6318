// How much faster two processes of an MPI job train than one: the results of scripts/ranks.mjs.
import { spawnSync } from "node:child_process";
import { inRepository } from "../inRepository.ts";
import type { Size } from "../workload.ts";

/** One case. */
export interface RankTimes {
  readonly name: string;
  /** Seconds of an epoch in one process. */
  readonly alone: number;
  /** Seconds of an epoch in two processes. */
  readonly together: number;
  /** Whether both have the same parameters. */
  readonly isSame: boolean;
}

export const efficiencyTarget = 0.8;

/** The share of twice the speed of one process. */
export const efficiencyOf = ({ alone, together }: RankTimes): number => alone / (2 * together);

/** @returns  null if mpirun is not installed */
export function measureRanks(size: Size): readonly RankTimes[] | null {
  if (spawnSync("mpirun", ["--version"]).status !== 0) return null;
  const rows = size === "quick" ? 100_000 : 2_000_000;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [inRepository("scripts/ranks.mjs"), String(rows), "--json"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`bench: scripts/ranks.mjs ended with code ${status}: ${stderr}`);
  return JSON.parse(stdout) as RankTimes[];
}
