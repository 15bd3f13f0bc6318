// The commands, options and values that a shell can complete. They come from commander.
import type { Argument, Command, Option } from "commander";

/** An option. Its value is one of a list, a file, another text, or missing (null). */
export interface CompletedOption {
  /** "--batch-size". */
  readonly flag: string;
  readonly description: string;
  readonly value: readonly string[] | "file" | "text" | null;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The values of its arguments: a list, files, or null if it has none. */
  readonly argument: readonly string[] | "file" | null;
}

/** The commands of a program. */
export const completedCommands = (program: Command): CompletedCommand[] =>
  program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(optionOf), { flag: "--help", description: "show help", value: null }],
    argument: argumentOf(command.registeredArguments),
  }));

function optionOf({ long, flags, description, argChoices }: Option): CompletedOption {
  const placeholder = /<(.*)>/.exec(flags)?.[1];
  const isFile = placeholder === "file" || placeholder === "directory";
  return {
    flag: long!,
    description,
    value: argChoices ?? (placeholder === undefined ? null : isFile ? "file" : "text"),
  };
}

const argumentOf = ([first]: readonly Argument[]): CompletedCommand["argument"] =>
  first === undefined ? null : (first.argChoices ?? "file");

/** A text in single quotes, as Bash and Zsh read it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
