// The files of --checkpoint and --resume, before any work.
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { InputFile, OutputFile } from "../output/checkOutputs.ts";
import { identityOf, targetOf } from "../output/target.ts";
import { shellWord } from "../terminal/shellWord.ts";
import { type Checkpoint, isUnfinished, readCheckpoint } from "./checkpointFile.ts";
import { requireSameOptions, requireUnended } from "./differences.ts";

type Options = Pick<TrainOptions, "checkpoint" | "every" | "resume" | "force">;

/**
 * The file of --checkpoint as an output, and that of --resume as an input if it is another one.
 *
 * @throws UsageError for --every without --checkpoint, and for a checkpoint that would be lost
 */
export function checkpointFiles({ checkpoint, every, resume, force }: Options): {
  readonly outputs: readonly OutputFile[];
  readonly inputs: readonly InputFile[];
} {
  const isOther = resume !== undefined && (checkpoint === undefined || !isSameFile(checkpoint, resume));
  const inputs = isOther ? [{ what: "the checkpoint of --resume", path: resume }] : [];
  if (checkpoint === undefined) {
    if (every === undefined) return { outputs: [], inputs };
    throw new UsageError(
      "train: --every works only with --checkpoint. Add --checkpoint run.ckpt, or leave out --every.",
    );
  }
  const kind = kindOf(checkpoint);
  if (kind === "stream" || kind === "descriptor") {
    throw new UsageError(
      `train: --checkpoint ${show(checkpoint)} must be a file on a disk, because each checkpoint replaces the last one. Name a file.`,
    );
  }
  if ((resume === undefined || isOther) && !force && isUnfinished(checkpoint)) {
    throw new UsageError(
      `train: --checkpoint ${show(checkpoint)} would replace the checkpoint of a run that has not ended. ` +
        `Add --resume ${shellWord(checkpoint)} to continue that run, or add --force to replace it.`,
    );
  }
  return { outputs: [{ option: "--checkpoint", path: checkpoint, kind: "checkpoint" }], inputs };
}

/**
 * The checkpoint of --resume; null without it.
 *
 * @throws DataError for a file that is not a complete checkpoint of this version; UsageError for other options, and for a run that has ended
 */
export function resumedCheckpoint(options: TrainOptions): Checkpoint | null {
  const { resume } = options;
  if (resume === undefined) return null;
  const checkpoint = readCheckpoint(resume);
  requireSameOptions(resume, checkpoint.notes.options, options);
  requireUnended(resume, checkpoint.notes.run, options);
  return checkpoint;
}

/** The command line that resumes a run from its checkpoint. */
export function resumeLine(argv: readonly string[], path: string): string {
  const kept = argv.filter((word, i) => !(word.startsWith("--resume") || argv[i - 1] === "--resume"));
  return ["downhill", ...kept, "--resume", path].map(shellWord).join(" ");
}

function kindOf(path: string): string | null {
  try {
    return targetOf(path).kind;
  } catch {
    return null; // checkOutputs reports this error
  }
}

function isSameFile(a: string, b: string): boolean {
  try {
    return identityOf(targetOf(a)) === identityOf(targetOf(b));
  } catch {
    return false;
  }
}
