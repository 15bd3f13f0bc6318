// downhill completion: a script by which a shell completes commands, options and their values.
import type { Command } from "commander";
import { bashCompletion } from "../completion/bash.ts";
import { type CompletedCommand, completedCommands } from "../completion/completions.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { exitCodes } from "../errors/errors.ts";
import type { Terminal } from "../terminal/terminal.ts";

const scripts: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Runs `downhill completion SHELL`. */
export function completionCommand(shell: string, program: Command, { stdout }: Terminal): number {
  stdout.raw(scripts[shell]!(completedCommands(program)));
  return exitCodes.ok;
}
