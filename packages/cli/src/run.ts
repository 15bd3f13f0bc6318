// The command line: which command runs, and how each way of ending is printed.
import { Command, CommanderError } from "commander";
import { addCommands } from "./commands.ts";
import { exitCodes, failure } from "./errors.ts";
import type { Io } from "./io.ts";
import { styleOf } from "./terminal/style.ts";

/** Runs `downhill` with arguments; returns its exit code and never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code: number = exitCodes.ok;
  const program = new Command("downhill");
  addCommands(program, io, argv, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    // Commander has printed its message already; help and the version are no errors.
    if (error instanceof CommanderError) {
      if (error.code === "commander.excessArguments") {
        io.stderr.write("An SQL query is one argument: put it in quotes.\n");
      }
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    const { sentence, code: ending } = failure(error);
    const style = styleOf(io);
    io.stderr.write(`${style.bad(style.fit("✖"))} ${style.fit(sentence)}\n`);
    return ending;
  }
}
