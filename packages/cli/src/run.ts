// The command line: which command, which options, and how each way of ending is told.
import { Command, CommanderError } from "commander";
import { addCommands, commandNames } from "./commands.ts";
import { exitCodes, failure, list, show } from "./errors.ts";
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
    if (error instanceof CommanderError) return commanderEnding(error, argv, io);
    const { sentence, code: ending } = failure(error);
    tell(sentence, io);
    return ending;
  }
}

function tell(sentence: string, io: Io): void {
  const style = styleOf(io);
  io.stderr.write(`${style.bad(style.fit("✖"))} ${style.fit(sentence)}\n`);
}

/** What commander says, in the sentences of the house; help and version are no errors. */
function commanderEnding({ code, message }: CommanderError, argv: readonly string[], io: Io): number {
  if (code === "commander.helpDisplayed" || code === "commander.version") return exitCodes.ok;
  const command = commandNames.find((name) => name === argv[0]);
  const who = command ?? "downhill";
  const named = /'([^' ]+)[^']*'/.exec(message)?.[1] ?? "";
  const meant = /Did you mean ([^)]+)\)/.exec(message)?.[1];
  const counts = /Expected (\d+) .* got (\d+)/.exec(message);
  const sentences: Readonly<Record<string, string>> = {
    "commander.help": `command must be one of ${list(commandNames)}, got none. Choose one.`,
    "commander.unknownCommand": `command must be one of ${list(commandNames)}, got ${show(named)}.`,
    "commander.unknownOption": `option must be one that ${who} has, got ${show(named)}.`,
    "commander.missingArgument": `<${named}> must be given, got none.`,
    "commander.optionMissingArgument": `${named} must have a value, got none.`,
    "commander.missingMandatoryOptionValue": `${named} must be given, got none.`,
    "commander.excessArguments": `arguments must be ${counts?.[1]}, got ${counts?.[2]}. Put a query in quotes.`,
  };
  const advice = meant === undefined ? "" : ` Did you mean ${meant}`;
  tell(
    `${who}: ${sentences[code] ?? message}${advice} See ${command ? `downhill ${command}` : "downhill"} --help.`,
    io,
  );
  return exitCodes.usage;
}
