// Writes every result. A file is first written to a temporary file in the same directory, flushed to the disk, and then
// renamed: so it is either complete or unchanged. A device, a pipe or an open descriptor is written to directly.
import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { copyFile, type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { type Target, targetOf } from "./target.ts";
import { removeLeftovers, temporaryPath } from "./temporary.ts";

/** A text, or a large one in pieces. */
export type Pieces = string | Iterable<string>;

/**
 * Writes a result.
 *
 * @returns whether it replaced a file
 * @throws OutputError when it cannot be written; a file is then what it was, and nothing else is left
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
      `downhill: ${show(path)} could not be written: ${systemMessage(error)}. ${full ? "Make room, or name" : "Name"} another file.`,
    );
  }
}

const LONG = 2 ** 20; // characters written at a time

/** The text in pieces of about a million characters: neither many small writes nor a text too long to be held. */
export function* longPieces(pieces: Pieces): Generator<string, void> {
  let text = "";
  for (const piece of typeof pieces === "string" ? [pieces] : pieces) {
    text += piece;
    if (text.length < LONG) continue;
    yield text;
    text = "";
  }
  yield text;
}

async function replace({ path, stats }: Target & { kind: "file" }, pieces: Pieces): Promise<void> {
  removeLeftovers(path);
  const temporary = temporaryPath(path);
  try {
    const file = await open(temporary, "wx", stats === null ? 0o666 : stats.mode & 0o777);
    try {
      for (const piece of longPieces(pieces)) await file.writeFile(piece); // each goes on where the last ended
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

/** Gives the new file the owner and the mode of the one that it replaces; the owner where the system permits it. */
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

/** Renames, or writes into the file where it cannot be replaced, as one that is mounted into a container. */
async function moveTo(temporary: string, path: string): Promise<void> {
  try {
    await rename(temporary, path);
  } catch (error) {
    if (!["EBUSY", "EXDEV"].includes((error as NodeJS.ErrnoException).code!)) throw error;
    await copyFile(temporary, path);
    rmSync(temporary);
  }
}

/** Brings the new name to the disk, on systems where a directory can be opened. */
function syncDirectory(directory: string): void {
  try {
    const file = openSync(directory, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // The file itself is on the disk; not every file system can do this for a directory.
  }
}

/** A pipe without a reader waits for one; meanwhile Ctrl-C is heard. */
async function writeStream(path: string, pieces: Pieces): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  try {
    for (const piece of longPieces(pieces)) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

async function writeDescriptor(descriptor: number, pieces: Pieces): Promise<void> {
  for (const piece of longPieces(pieces)) {
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(descriptor, bytes, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
        await new Promise((resolve) => setTimeout(resolve, 5)); // a full pipe that does not block
      }
    }
  }
}
