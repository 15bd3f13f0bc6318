// Writes results. A file is written to a temporary file in the same directory, flushed to the disk, and then renamed, so that
// it is always complete or unchanged. A device, a pipe or an open descriptor is written to directly.
import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { copyFile, type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { type Target, targetOf } from "./target.ts";
import { removeLeftovers, temporaryPath } from "./temporary.ts";

/** A text, the pieces of a large text or of large data, or bytes. A piece is written before the next one is requested. */
export type Pieces = string | Iterable<string | Uint8Array> | Uint8Array;

/**
 * Writes a result.
 *
 * @returns true if a file with this name existed and was replaced
 * @throws OutputError if it cannot be written; then an existing file is unchanged, and no temporary file remains
 */
export async function writeOutput(path: string, pieces: Pieces): Promise<boolean> {
  try {
    const target = targetOf(path);
    if (target.kind === "file") await replace(target, pieces);
    else if (target.kind === "descriptor") await writeDescriptor(target.descriptor, pieces);
    else await writeStream(target.path, pieces);
    return target.kind === "file" && target.stats !== null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const full = ["ENOSPC", "EDQUOT", "EFBIG"].includes((error as NodeJS.ErrnoException).code!);
    throw new OutputError(
      `downhill: cannot write ${show(path)}: ${systemMessage(error)}. ${full ? "Free some space, or use" : "Use"} another file.`,
    );
  }
}

const PIECE = 2 ** 20; // characters

/** The text in pieces of about a million characters: large enough for quick writes, small enough for memory. */
export function* longPieces<P extends string | Uint8Array>(pieces: Iterable<P>): Generator<P | string, void> {
  let text = "";
  for (const piece of pieces) {
    if (typeof piece !== "string") yield piece;
    else text += piece;
    if (text.length < PIECE) continue;
    yield text;
    text = "";
  }
  yield text;
}

const writtenPieces = (pieces: Pieces): Iterable<string | Uint8Array> =>
  longPieces(typeof pieces === "string" || pieces instanceof Uint8Array ? [pieces] : pieces);

async function replace({ path, stats }: Target & { kind: "file" }, pieces: Pieces): Promise<void> {
  removeLeftovers(path);
  const temporary = temporaryPath(path);
  try {
    const file = await open(temporary, "wx", stats === null ? 0o666 : stats.mode & 0o777);
    try {
      for (const piece of writtenPieces(pieces)) await file.writeFile(piece);
      if (stats !== null) await keepOwner(file, stats);
      await file.sync();
    } finally {
      await file.close();
    }
    await moveTo(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
}

/** Gives the new file the mode of the replaced file and, if the system permits it, its owner. */
async function keepOwner(file: FileHandle, { uid, gid, mode }: { uid: number; gid: number; mode: number }) {
  const now = await file.stat();
  if (now.uid !== uid || now.gid !== gid) {
    await file
      .chown(uid, gid)
      .catch(() => file.chown(now.uid, gid))
      .catch(() => {});
  }
  await file.chmod(mode & 0o7777);
}

/** Renames the temporary file. A file that cannot be replaced, such as a file mounted into a container, is overwritten. */
async function moveTo(temporary: string, path: string): Promise<void> {
  try {
    await rename(temporary, path);
  } catch (error) {
    if (!["EBUSY", "EXDEV"].includes((error as NodeJS.ErrnoException).code!)) throw error;
    await copyFile(temporary, path);
    rmSync(temporary);
  }
}

/** Flushes the new name to the disk, on systems where a directory can be opened. */
function syncDirectory(directory: string): void {
  try {
    const file = openSync(directory, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // The content is on the disk already. Not every file system can flush a directory.
  }
}

/** Writes to a device or a pipe. A pipe without a reader waits for one; Ctrl-C still works meanwhile. */
async function writeStream(path: string, pieces: Pieces): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  try {
    for (const piece of writtenPieces(pieces)) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

async function writeDescriptor(descriptor: number, pieces: Pieces): Promise<void> {
  for (const piece of writtenPieces(pieces)) {
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(descriptor, bytes, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
        await new Promise((resolve) => setTimeout(resolve, 5)); // the pipe is full; try again
      }
    }
  }
}
