// The exit code and the lines that the command prints for each error.
import { version } from "../process/version.ts";
import { DataError, DivergedRun, exitCodes, isInputError, OutputError, UsageError } from "./errors.ts";
import { SeveralErrors } from "./severalErrors.ts";

/** How the command ends. */
export interface Ending {
  readonly code: number;
  /** One line for an error that the user can mend; of a bug also where it happened. */
  readonly lines: readonly string[];
}

const MOST_ERRORS = 10; // that are printed at once

/** The ending of whatever was thrown. */
export function endingOf(error: unknown): Ending {
  if (error instanceof UsageError) return { code: exitCodes.usage, lines: [error.message] };
  if (error instanceof OutputError) {
    const cause = error.cause === undefined ? [] : endingOf(error.cause).lines;
    return { code: exitCodes.output, lines: [oneLine(error.message), ...cause] };
  }
  if (error instanceof SeveralErrors) {
    const endings = error.errors.map(endingOf);
    const more = endings.length - MOST_ERRORS;
    const lines = endings.slice(0, MOST_ERRORS).flatMap((each) => each.lines);
    return {
      code: endings[0]!.code,
      lines: more > 0 ? [...lines, `There are ${more} more errors like these.`] : lines,
    };
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
