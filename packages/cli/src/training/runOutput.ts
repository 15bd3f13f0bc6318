import type { ProgressKind, TrainOptions } from "../options/trainOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The files that a training run writes, and how much it prints. */
export interface RunOutput {
  /** Undefined with --no-save. */
  readonly save?: string;
  readonly report?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: ProgressKind;
}

/** The output that the options name. Without --progress a terminal shows a bar, and a file or a pipe gets lines. */
export function runOutputOf(
  { save, report, json = false, quiet = false, progress }: TrainOptions,
  { interactive }: Pick<Terminal, "interactive">,
): RunOutput {
  const files = { ...(save !== false && { save }), ...(report !== undefined && { report }) };
  return { ...files, json, quiet, progress: progress ?? (quiet ? "none" : interactive ? "bar" : "lines") };
}
