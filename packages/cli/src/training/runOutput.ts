// Where a training run's results go, and how much of it is printed.
import type { Chosen } from "../options/trainOptions.ts";
import type { ProgressKind } from "../reporters/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface Output {
  /** Undefined with --no-save. */
  readonly save?: string;
  readonly report?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: ProgressKind;
}

/** The outputs that the options name; without --progress a terminal gets a bar, and a log gets lines. */
export function outputOf(
  { save, report, json = false, quiet = false, progress }: Chosen,
  { interactive }: Pick<Terminal, "interactive">,
): Output {
  const usual: ProgressKind = quiet ? "none" : interactive ? "bar" : "lines";
  const files = { ...(save === false ? {} : { save }), ...(report === undefined ? {} : { report }) };
  return { ...files, json, quiet, progress: progress ?? usual };
}
