// The errors that a user can mend, each with its exit code. Sentences: `<who>: <argument> must <rule>, got <value>. <What to do.>`
import { shellWord } from "./shell.ts";

/** How the command ends. */
export const exitCodes = { ok: 0, bug: 1, usage: 2, data: 3, diverged: 4, interrupted: 130 } as const;

/** The command was asked for something that it does not offer. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A table or a model file is not what it must be. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** A run whose loss or parameters are no longer finite. */
export class DivergedRun extends Error {
  override readonly name = "DivergedRun";
}

/** A value as an error shows it: text in quotes and cut to so many letters. */
export function show(value: unknown, most = 60): string {
  if (typeof value === "string") return JSON.stringify(value.length > most ? `${value.slice(0, most - 3)}…` : value);
  return String(value);
}

/** Advice on leaving a column out: `train` has --drop; a saved model needs all its columns. */
export const leaveOut = (who: string, name: string): string =>
  who === "train" ? `leave the column out with --drop ${shellWord(name)}` : "train without the column";

/** Some names as an error lists them: the first twelve. */
export function list(names: readonly unknown[], most = 12): string {
  const shown = names.slice(0, most).map(String).join(", ");
  return names.length > most ? `${shown}, … (${names.length})` : shown;
}

/** The sentence and the exit code of whatever was thrown; the library's own errors are about the data handed to it. */
export function failure(error: unknown): { sentence: string; code: number } {
  if (error instanceof UsageError) return { sentence: error.message, code: exitCodes.usage };
  if (error instanceof DivergedRun) return { sentence: error.message, code: exitCodes.diverged };
  if (error instanceof DataError || error instanceof RangeError || error instanceof TypeError) {
    return { sentence: oneLine(error.message), code: exitCodes.data };
  }
  const what = error instanceof Error ? error.message : String(error);
  return { sentence: `downhill: ${oneLine(what)}. This is a bug of downhill: please report it.`, code: exitCodes.bug };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
