// The errors that a user can mend, each with its exit code. Sentences: `<command>: <argument> must <rule>, got <value>. <What to do.>`

/** How the command ends. */
export const exitCodes = { ok: 0, bug: 1, output: 1, usage: 2, data: 3, diverged: 4, interrupted: 130 } as const;

/** The command line contains something that the command does not accept. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A table or a model file is not what it must be. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** A result could not be written, or could not be made although the model was saved; then the cause says why. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** A run whose loss or parameters are no longer finite. */
export class DivergedRun extends Error {
  override readonly name = "DivergedRun";
}

/** Whether the library refused what it was given, which for the command is about the data. */
export const isInputError = (error: unknown): error is Error =>
  error instanceof Error && (error as { code?: unknown }).code === "DOWNHILL_INPUT";
