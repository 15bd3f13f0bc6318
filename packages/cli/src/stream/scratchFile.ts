// A temporary file without a name, so that nothing of it remains when the process ends, even if it is killed.
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { OutputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { temporaryPath } from "../output/temporary.ts";
import { systemMessage } from "../process/systemMessage.ts";

/** A file that is written from its start to its end, and read at any position. */
export interface ScratchFile {
  /** Its path, if other processes can open it; else null. */
  readonly path: string | null;
  /** The number of bytes written. */
  readonly size: number;
  append(bytes: Uint8Array): void;
  /** Fills `into` from a position on. */
  read(position: number, into: Uint8Array): void;
  /** Frees the space on the disk. */
  close(): void;
}

/**
 * A new file beside a path.
 *
 * @param remedy  what helps if there is no space
 * @param isShared  whether other processes open it, so that it has a name until it is closed
 * @throws OutputError, also by `append`, if there is no space or no permission
 */
export function scratchFile(
  command: string,
  beside: string,
  { remedy = "set another folder with --cache FOLDER", isShared = false } = {},
): ScratchFile {
  const path = temporaryPath(beside);
  const folder = dirname(path);
  const failed = (error: unknown): OutputError =>
    new OutputError(
      `${command}: temporary data could not be written to the folder ${show(folder)}: ${systemMessage(error)}. ` +
        `Free some space there, or ${remedy}.`,
    );
  let file: number;
  try {
    file = openSync(path, "wx+", 0o600);
  } catch (error) {
    throw failed(error);
  }
  let isNamed = true;
  const remove = (): void => rmSync(path, { force: true });
  try {
    if (!isShared) remove();
    isNamed = isShared;
  } catch {
    // Windows removes a file only after it is closed.
  }
  if (isNamed) process.once("exit", remove);
  let size = 0;
  return {
    path: isShared ? resolve(path) : null,
    get size() {
      return size;
    },
    append(bytes) {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
      } catch (error) {
        throw failed(error);
      }
      size += bytes.length;
    },
    read: (position, into) => readFully(file, position, into, failed),
    close() {
      closeSync(file);
      if (!isNamed) return;
      process.off("exit", remove);
      remove();
    },
  };
}

/** Opens a file that another process has written. */
export function openScratch(command: string, path: string): Pick<ScratchFile, "read" | "close"> {
  const failed = (error: unknown): OutputError =>
    new OutputError(
      `${command}: the temporary data of another rank, ${show(path)}, could not be read: ${systemMessage(error)}. ` +
        "Set --cache to a folder that all computers share.",
    );
  try {
    const file = openSync(path, "r");
    return { read: (position, into) => readFully(file, position, into, failed), close: () => closeSync(file) };
  } catch (error) {
    throw failed(error);
  }
}

function readFully(file: number, position: number, into: Uint8Array, failed: (error: unknown) => Error): void {
  for (let at = 0; at < into.length; ) {
    const count = readSync(file, into, at, into.length - at, position + at);
    if (count === 0) throw failed(new Error("the file is shorter than it was"));
    at += count;
  }
}
