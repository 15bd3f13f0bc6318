// Where a training run's results go, and how much of it is said.
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { Raw } from "../options/chosen.ts";
import { reader } from "../options/values.ts";
import { type ProgressKind, progressKinds } from "../terminal/progress.ts";

export interface Output {
  readonly save: string;
  readonly report?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: ProgressKind;
}

/** @throws UsageError for a progress that is none, or --quiet with what it would silence. */
export function readOutput(raw: Raw, io: Io): Output {
  const { save = "model.json", report, json, quiet, progress } = raw as Readonly<Record<string, string | undefined>>;
  if (quiet && (json || progress)) {
    throw new UsageError(
      `train: --quiet must stand without --json and --progress, got ${json ? "--json" : "--progress"}. Choose one.`,
    );
  }
  const usual: ProgressKind = quiet ? "none" : io.interactive ? "bar" : "lines";
  return {
    save,
    ...(report === undefined ? {} : { report }),
    json: json !== undefined,
    quiet: quiet !== undefined,
    progress: progress === undefined ? usual : reader("train").oneOf("--progress", progress, progressKinds),
  };
}
