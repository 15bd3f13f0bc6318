// Runs a command line, and prints its error.
import { Command, CommanderError } from "commander";
import { exitCodes, FailedRank } from "./errors/errors.ts";
import type { Io } from "./process/io.ts";
import { type Launch, launchOf } from "./process/launch.ts";
import { addCommands } from "./program.ts";
import { endingOf, printError } from "./reporters/ending.ts";
import { type Terminal, terminalOf } from "./terminal/terminal.ts";

/** Runs `downhill` with arguments. Returns the exit code; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const terminal = terminalOf(io, launchOf(io.env));
  let code: number = exitCodes.ok;
  try {
    const program = new Command("downhill");
    const done = (result: number) => {
      code = result;
    };
    addCommands(program, { terminal, argv, done });
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    return error instanceof CommanderError
      ? usageEnding(error, terminal)
      : otherEnding(error, argv[0] ?? "downhill", terminal);
  }
}

/** The exit code for commander's errors. Commander has printed the message already; help and version are not errors. */
function usageEnding({ code, exitCode, message }: CommanderError, { stderr, launch }: Terminal): number {
  if (code === "commander.excessArguments" && /for '(train|diagnose|predict|evaluate)'/.test(message)) {
    stderr.line("DATA must be one file, or an SQL query in quotes, such as \"SELECT * FROM '*.csv'\".");
  }
  return exitCode === 0 || isSilent(launch) ? exitCodes.ok : exitCodes.usage;
}

function otherEnding(error: unknown, command: string, terminal: Terminal): number {
  const { ownStderr, launch } = terminal;
  if (error instanceof FailedRank) {
    const { code, lines } = endingOf(error.cause, command);
    for (const line of lines) ownStderr.line(`rank ${error.ranks.rank}: ${line}`);
    error.ranks.abort(code);
    return code;
  }
  const code = printError(error, command, terminal);
  return isSilent(launch) && command !== "train" ? exitCodes.ok : code;
}

/** Whether rank 0 prints the error that this rank has too. mpirun could end rank 0 earlier if this rank ended with an error. */
const isSilent = (launch: Launch | null): boolean => launch !== null && launch.rank > 0;
