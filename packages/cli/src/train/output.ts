// Where a training run's results go, and how much of it is printed.
import type { Io } from "../io.ts";
import type { Chosen } from "../options/train.ts";
import type { ProgressKind } from "../terminal/progress.ts";

export interface Output {
  readonly save: string;
  readonly report?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: ProgressKind;
}

/** The outputs that the options name; without --progress a terminal gets a bar, and a log gets lines. */
export function outputOf({ save, report, json = false, quiet = false, progress }: Chosen, io: Io): Output {
  const usual: ProgressKind = quiet ? "none" : io.interactive ? "bar" : "lines";
  return { save, ...(report === undefined ? {} : { report }), json, quiet, progress: progress ?? usual };
}
