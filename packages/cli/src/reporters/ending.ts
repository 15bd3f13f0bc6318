// The exit code and the lines that the command prints for each error.

import {
  DataError,
  DivergedRun,
  exitCodes,
  InterruptedEvaluation,
  isInputError,
  OutputError,
  UsageError,
} from "../errors/errors.ts";
import { SeveralErrors } from "../errors/severalErrors.ts";
import { inOptions } from "../options/libraryNames.ts";
import { version } from "../process/version.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { bad } from "../terminal/text.ts";

/** The exit code of the command, and the lines that it prints on stderr. */
export interface Ending {
  readonly code: number;
  /** One line for an error that the user can correct; for a bug also the stack. */
  readonly lines: readonly string[];
}

const MAX_ERRORS = 10; // printed at once
const TRAIN = /^train: /; // diagnose reads its data as train does, and has the same errors
const FUNCTION = /^[a-zA-Z]+: /; // the name of a function of the library, with which its messages begin

/** Prints the error of a command. Returns its exit code. */
export function printError(error: unknown, command: string, { stderr }: Pick<Terminal, "stderr">): number {
  const { code, lines } = endingOf(error, command);
  for (const [i, line] of lines.entries()) stderr.line(i === 0 ? [bad("✖"), " ", line] : line);
  return code;
}

/** The ending for any value that a command threw. */
export function endingOf(error: unknown, command: string): Ending {
  const own = (message: string): string => message.replace(TRAIN, `${command}: `);
  if (error instanceof UsageError) return { code: exitCodes.usage, lines: [own(error.message)] };
  if (error instanceof OutputError) {
    const cause = error.cause === undefined ? [] : endingOf(error.cause, command).lines;
    return { code: exitCodes.output, lines: [oneLine(error.message), ...cause] };
  }
  if (error instanceof SeveralErrors) {
    const endings = error.errors.map((each) => endingOf(each, command));
    return { code: endings[0]!.code, lines: firstLines(endings.flatMap((each) => each.lines)) };
  }
  if (error instanceof InterruptedEvaluation) return { code: exitCodes.interrupted, lines: [error.message] };
  if (error instanceof DivergedRun) return { code: exitCodes.diverged, lines: [error.message] };
  if (isInputError(error)) {
    const named = error.message.split("\n").map((line) => inOptions(oneLine(line)).replace(FUNCTION, `${command}: `));
    return { code: exitCodes.data, lines: firstLines(named) };
  }
  if (error instanceof DataError) return { code: exitCodes.data, lines: [own(oneLine(error.message))] };
  const trace = error instanceof Error ? (error.stack ?? error.message) : `${String(error)} was thrown`;
  const lines = [
    "This is a bug in downhill. It is not your mistake.",
    "Please report it where you got downhill, with your command and the lines below.",
    `downhill ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    ...trace.split("\n"),
  ];
  return { code: exitCodes.bug, lines };
}

/** The first errors, and the number of the others. */
function firstLines(lines: readonly string[]): string[] {
  const more = lines.length - MAX_ERRORS;
  return more > 0 ? [...lines.slice(0, MAX_ERRORS), `There are ${more} more errors like these.`] : [...lines];
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
