// train --open: the lab with the run, when it has ended.
import { type DivergedRun, UsageError } from "../errors/errors.ts";
import { requireLabOptions } from "../lab/labOptions.ts";
import { siteFiles } from "../lab/siteFiles.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { RunRanks } from "../ranks/join.ts";
import { printError } from "../reporters/ending.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type LinkedRun, labLink } from "../training/labLink.ts";
import type { RunFacts } from "../training/trainedRun.ts";
import { serveUntilInterrupt } from "./lab.ts";

/** @throws UsageError if the lab cannot open a run with these options */
export function requireOpenable(ranks: RunRanks | undefined, data: string, options: TrainOptions): void {
  if (ranks !== undefined) throw new UsageError("train: --open does not work in an MPI job. Leave out --open.");
  requireLabOptions(data, options);
}

/** Serves the lab with the run, until Ctrl-C. */
export async function openInLab(run: LinkedRun, terminal: Terminal): Promise<void> {
  await serveUntilInterrupt(siteFiles(run.data), { open: true, hash: labLink(run) }, terminal);
}

/** Prints why a run diverged, and serves the lab with it. Returns the exit code. */
export async function openDiverged(facts: RunFacts, error: DivergedRun, terminal: Terminal): Promise<number> {
  const code = printError(error, "train", terminal);
  if (error.run === null) terminal.stderr.line("The lab is not opened, because the first update diverged.");
  else await openInLab({ ...facts, ...error.run }, terminal);
  return code;
}
