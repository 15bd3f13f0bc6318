// Where a gallery or the lab may be written: into a directory that is new, is empty, or contains such a page.
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { checkOutputs } from "./checkOutputs.ts";

/**
 * Checks that a page with its files can be written into the directory, and creates the directory if it does not exist.
 *
 * @param force  whether the directory may contain other files
 * @throws UsageError if the page cannot be written, or the directory contains other files
 */
export function checkDirectory(
  command: string,
  { directory, kind, force }: { readonly directory: string; readonly kind: "gallery" | "lab"; readonly force: boolean },
): void {
  if (directory === "") {
    throw new UsageError(`${command}: --out needs the name of a directory, got "". Name a directory.`);
  }
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new UsageError(
      `${command}: --out ${show(directory)} is a file, but it must be a directory. Name a directory.`,
    );
  }
  let names: string[];
  try {
    mkdirSync(directory, { recursive: true });
    names = readdirSync(directory);
  } catch (error) {
    throw new UsageError(
      `${command}: the directory --out ${show(directory)} cannot be created: ${systemMessage(error)}. Use another directory.`,
    );
  }
  const page = join(directory, "index.html");
  if (names.length > 0 && !names.includes("index.html") && !force) {
    throw new UsageError(
      `${command}: the directory --out ${show(directory)} contains other files, such as ${show(names[0])}. ` +
        "Use a new or empty directory, or add --force to write into this one.",
    );
  }
  checkOutputs(command, { outputs: [{ option: "--out", path: page, kind }], inputs: [], force });
}
