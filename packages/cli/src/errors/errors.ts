// The errors that a user can mend, each with its exit code. Sentences: `<who>: <argument> must <rule>, got <value>. <What to do.>`

import { version } from "../process/version.ts";
import { shellWord } from "../terminal/shellWord.ts";

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

/** Whether the library refused what it was given, which for the command is about the data. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && (error as { code?: unknown }).code === "DOWNHILL_INPUT";

/** How the command ends. */
export interface Ending {
  readonly code: number;
  /** One line for an error that the user can mend; of a bug also where it happened. */
  readonly lines: readonly string[];
}

/** The ending of whatever was thrown. */
export function endingOf(error: unknown): Ending {
  if (error instanceof UsageError) return { code: exitCodes.usage, lines: [error.message] };
  if (error instanceof OutputError) {
    const cause = error.cause === undefined ? [] : endingOf(error.cause).lines;
    return { code: exitCodes.output, lines: [oneLine(error.message), ...cause] };
  }
  if (error instanceof DivergedRun) return { code: exitCodes.diverged, lines: [error.message] };
  if (error instanceof DataError || isRefusal(error)) return { code: exitCodes.data, lines: [oneLine(error.message)] };
  const trace = error instanceof Error ? (error.stack ?? error.message) : `${String(error)} was thrown`;
  const lines = [
    "This is a bug in downhill, not a mistake of yours.",
    "Please report the lines below, and the command, to the place where you got downhill.",
    `downhill ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    ...trace.split("\n"),
  ];
  return { code: exitCodes.bug, lines };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
