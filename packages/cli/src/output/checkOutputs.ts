// Checks before any work that every output can be written, and that no output replaces a file that it must not replace.
import { accessSync, closeSync, constants, openSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { shellWord } from "../terminal/shellWord.ts";
import { isOwnFile, type OutputKind } from "./ownFiles.ts";
import { identityOf, type Target, targetOf } from "./target.ts";
import { temporaryPath } from "./temporary.ts";

/** A file that a command is to write. */
export interface OutputFile {
  /** "--save". */
  readonly option: string;
  readonly path: string;
  readonly kind: OutputKind;
}

/** A file that a command reads: "the data", "the model". */
export interface InputFile {
  readonly what: string;
  readonly path: string;
}

/**
 * Proves that the outputs can be written, by writing a file beside each; nothing is left of it.
 *
 * @param force  whether a file that this command did not write may be replaced; an input never may
 * @throws UsageError for an output that cannot be written, that is an input or another output, or that would replace a file
 * of another kind
 */
export function checkOutputs(
  command: string,
  outputs: readonly OutputFile[],
  inputs: readonly InputFile[],
  force: boolean,
): void {
  const taken = new Map<string, string>();
  for (const { what, path } of inputs) {
    const identity = inputIdentity(path);
    if (identity !== null) taken.set(identity, what);
  }
  for (const output of outputs) {
    const { option, path } = output;
    const target = writableTarget(command, output);
    const identity = identityOf(target);
    if (target.kind !== "file" || identity === null) continue;
    const other = taken.get(identity);
    if (other !== undefined) {
      throw new UsageError(
        `${command}: ${option} must not be the same file as ${other}, got ${show(path)}. Name another file.`,
      );
    }
    taken.set(identity, option);
    if (target.stats !== null && !force && !isOwnFile(target.path, output.kind)) {
      throw new UsageError(
        `${command}: ${option} must not replace a file that is not a ${nouns[output.kind]} of downhill, got ${show(path)}. ` +
          "Name another file, or add --force to replace it.",
      );
    }
    proveWritable(command, output, target.path);
  }
}

const nouns: Readonly<Record<OutputKind, string>> = {
  model: "model",
  report: "report",
  predictions: "file of predictions",
  gallery: "gallery",
};

function inputIdentity(path: string): string | null {
  try {
    return identityOf(targetOf(path));
  } catch {
    return null; // the code that reads the input will report what is wrong
  }
}

/** The place that the output's path leads to, if it can be written to. */
function writableTarget(command: string, { option, path }: OutputFile): Target {
  const refuse = (rule: string, advice: string): never => {
    throw new UsageError(`${command}: ${option} must ${rule}, got ${show(path)}. ${advice}`);
  };
  if (path === "") refuse("be the name of a file", "Name one.");
  let target: Target;
  try {
    target = targetOf(path);
  } catch (error) {
    return refuse(...pathError(error, path));
  }
  if (target.kind === "other") {
    const got = target.what === "directory" ? "a file, got the directory" : `a file or a pipe, got the ${target.what}`;
    throw new UsageError(
      `${command}: ${option} must be ${got} ${show(path)}. Name a file${target.what === "directory" ? " in it" : ""}.`,
    );
  }
  if (/[\\/]$/.test(path) && target.kind === "file") refuse("be a file", "Remove the slash at its end.");
  if (target.kind === "descriptor" || (target.kind === "file" && target.stats === null)) return target;
  try {
    accessSync(target.path, constants.W_OK);
  } catch {
    refuse("be a file that can be written to", `Name another file, or permit it: chmod u+w ${shellWord(path)}`);
  }
  return target;
}

/** The rule that the path of an output does not follow, and what to do. */
function pathError(error: unknown, path: string): [rule: string, advice: string] {
  const directory = dirname(resolve(path));
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return ["lie in a directory that exists", `Create it: mkdir -p ${shellWord(directory)}`];
    case "ENOTDIR":
      return ["lie in a directory", "A part of the path is a file: name another path."];
    case "ENAMETOOLONG":
      return ["have a name that the system allows", `Its name has ${basename(path).length} characters: shorten it.`];
    default:
      return ["be a path that can be followed", `The system says "${systemMessage(error)}": name another path.`];
  }
}

/** Writes an empty file beside the target and removes it. */
function proveWritable(command: string, { option, path }: OutputFile, target: string): void {
  const temporary = temporaryPath(target);
  try {
    closeSync(openSync(temporary, "wx"));
    rmSync(temporary);
  } catch (error) {
    throw new UsageError(
      `${command}: ${option} must lie in a directory that can be written to, got ${show(path)} (${systemMessage(error)}). ` +
        "Name a file in another directory.",
    );
  }
}
