// Checks before any work that every output file can be written, and that it replaces no file of another kind.
import { accessSync, closeSync, constants, openSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { shellWord } from "../terminal/shellWord.ts";
import { isOwnFile, type OutputKind } from "./ownFiles.ts";
import { identityOf, type Target, targetOf } from "./target.ts";
import { temporaryPath } from "./temporary.ts";

/** A file that a command will write. */
export interface OutputFile {
  /** "--save". */
  readonly option: string;
  readonly path: string;
  readonly kind: OutputKind;
  /** The possible first texts of a file of predictions; a file that begins with one of them may be replaced. */
  readonly heads?: readonly string[];
}

/** A file that a command reads: "the data", "the model". */
export interface InputFile {
  readonly what: string;
  readonly path: string;
}

/**
 * Checks the output files. The check creates and removes a temporary file beside each of them.
 *
 * @param force  whether an output may replace a file that this command did not write; it may never replace an input
 * @throws UsageError for an output that cannot be written, is an input or another output, or would replace a file of another
 * kind
 */
export function checkOutputs(
  command: string,
  { outputs, inputs, force }: { outputs: readonly OutputFile[]; inputs: readonly InputFile[]; force: boolean },
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
        `${command}: ${option} ${show(path)} is the same file as ${other}. Use another file for ${option}.`,
      );
    }
    taken.set(identity, option);
    if (target.stats !== null && !force && !isOwnFile(target.path, output.kind, output.heads)) {
      throw new UsageError(
        `${command}: ${option} would replace ${show(path)}, which is not a ${nouns[output.kind]} of downhill. ` +
          "Use another file, or add --force to replace it.",
      );
    }
    proveWritable(command, output, target.path);
  }
}

const nouns: Readonly<Record<OutputKind, string>> = {
  model: "model",
  report: "report",
  predictions: "file of predictions",
  export: "file of export",
  recommendations: "file of recommendations",
  gallery: "gallery",
  inspection: "report of inspect",
  lab: "page of the lab",
  checkpoint: "checkpoint",
};

function inputIdentity(path: string): string | null {
  try {
    return identityOf(targetOf(path));
  } catch {
    return null; // the code that reads the input reports this error
  }
}

/** The target of an output's path, if it can be written. */
function writableTarget(command: string, { option, path }: OutputFile): Target {
  const fail = (fault: string, advice: string): never => {
    throw new UsageError(`${command}: ${option} ${show(path)} ${fault}. ${advice}`);
  };
  if (path === "") throw new UsageError(`${command}: ${option} needs the name of a file, got "". Name a file.`);
  let target: Target;
  try {
    target = targetOf(path);
  } catch (error) {
    return fail(...pathFault(error, path));
  }
  if (target.kind === "other") {
    return fail(`is a ${target.what}`, target.what === "directory" ? "Name a file in it." : "Name a file or a pipe.");
  }
  if (/[\\/]$/.test(path) && target.kind === "file") {
    fail("ends in a slash, but it must be a file", "Remove the slash.");
  }
  if (target.kind === "descriptor" || (target.kind === "file" && target.stats === null)) return target;
  try {
    accessSync(target.path, constants.W_OK);
  } catch {
    fail("is write-protected", `Use another file, or permit writing: chmod u+w ${shellWord(path)}`);
  }
  return target;
}

/** The reason why a path cannot be used, and the advice. */
function pathFault(error: unknown, path: string): [fault: string, advice: string] {
  const directory = dirname(resolve(path));
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return ["is in a directory that does not exist", `Create it: mkdir -p ${shellWord(directory)}`];
    case "ENOTDIR":
      return ["is not in a directory: a part of the path is a file", "Use another path."];
    case "ENAMETOOLONG":
      return [`has a name of ${basename(path).length} characters, more than the system allows`, "Shorten the name."];
    default:
      return [`cannot be used: ${systemMessage(error)}`, "Use another path."];
  }
}

/** Creates a temporary file beside the target and removes it. */
function proveWritable(command: string, { option, path }: OutputFile, target: string): void {
  const temporary = temporaryPath(target);
  try {
    closeSync(openSync(temporary, "wx"));
    rmSync(temporary);
  } catch (error) {
    throw new UsageError(
      `${command}: ${option} ${show(path)} is in a directory that cannot be written to (${systemMessage(error)}). ` +
        "Use a file in another directory.",
    );
  }
}
