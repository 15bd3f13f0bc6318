// The errors that a user can correct. A message names the command, the wrong thing, its value and the remedy.

/** The exit codes of the command. */
export const exitCodes = { ok: 0, bug: 1, output: 1, usage: 2, data: 3, diverged: 4, interrupted: 130 } as const;

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A table or a model file is wrong. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** A table does not fit into memory. */
export class MemoryError extends DataError {
  /** Why, as the end of a sentence after "because". */
  readonly reason: string;

  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** A result could not be computed or written. The cause is the error that prevented it, if the message does not name it. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** A setting of a run: the name of its option, and its value. */
export interface SettingValue {
  readonly name: string;
  readonly value: string | number | boolean | readonly number[];
}

/** The loss or a parameter of the run is no longer finite. */
export class DivergedRun extends Error {
  override readonly name = "DivergedRun";
  /** The number of updates before the divergence, and the settings of the run; null if its first update diverged, or without --open. */
  readonly run: { readonly updates: number; readonly settings: readonly SettingValue[] } | null;

  constructor(message: string, run: DivergedRun["run"] = null) {
    super(message);
    this.run = run;
  }
}

/** Ctrl-C was pressed before the command had a result. */
export class InterruptedEvaluation extends Error {
  override readonly name = "InterruptedEvaluation";
}

/** An error that only this rank of an MPI job has. The other ranks wait for it, so the job must be ended. */
export class FailedRank extends Error {
  override readonly name = "FailedRank";
  readonly ranks: { readonly rank: number; abort(code: number): void };

  constructor(cause: unknown, ranks: FailedRank["ranks"]) {
    super(`rank ${ranks.rank} failed`, { cause });
    this.ranks = ranks;
  }
}

/** Whether the library threw the error because of its arguments. For the command such an error is about the data. */
export const isInputError = (error: unknown): error is Error =>
  error instanceof Error && (error as { code?: unknown }).code === "DOWNHILL_INPUT";
