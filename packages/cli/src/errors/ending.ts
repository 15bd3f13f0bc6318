// The exit code and the lines that the command prints for each error.
import { version } from "../process/version.ts";
import { DataError, DivergedRun, exitCodes, isInputError, OutputError, UsageError } from "./errors.ts";

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
  if (error instanceof DataError || isInputError(error))
    return { code: exitCodes.data, lines: [oneLine(error.message)] };
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
