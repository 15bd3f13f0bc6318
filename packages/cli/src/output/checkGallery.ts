// Where a gallery may be written: into a directory that is new, is empty, or holds a gallery.
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { checkOutputs } from "./checkOutputs.ts";

/**
 * Proves that a gallery can be written into the directory, and makes it where there is none.
 *
 * @param force  whether it may be written among other files
 * @throws UsageError when it cannot, or the directory holds something else
 */
export function checkGallery(command: string, directory: string, force: boolean): void {
  if (directory === "") throw new UsageError(`${command}: --out must be the name of a directory, got "". Name one.`);
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new UsageError(`${command}: --out must be a directory, got the file ${show(directory)}. Name another.`);
  }
  let held: string[];
  try {
    mkdirSync(directory, { recursive: true });
    held = readdirSync(directory);
  } catch (error) {
    throw new UsageError(
      `${command}: --out must be a directory that can be made, got ${show(directory)} (${systemMessage(error)}). Name another.`,
    );
  }
  const page = join(directory, "index.html");
  if (held.length > 0 && !held.includes("index.html") && !force) {
    throw new UsageError(
      `${command}: --out must be a directory that is new, is empty or holds a gallery, got ${show(directory)} ` +
        `with ${show(held[0])}. Name another directory, or add --force to write among its files.`,
    );
  }
  checkOutputs(command, [{ option: "--out", path: page, kind: "gallery" }], [], force);
}
