// The file with the prepared rows of a table: the rows, and at its end the facts about them as JSON.
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { OutputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { removeLeftovers, temporaryPath } from "../output/temporary.ts";
import { systemMessage } from "../process/systemMessage.ts";
import { type ScratchFile, scratchFile } from "./scratchFile.ts";

const MARK = Buffer.from("downhill rows 1\n"); // the last number is the version of the format
const TAIL = MARK.length + 8 + 32; // the mark, the length of the facts and their SHA-256

/** A complete file of rows. */
export interface StoreFile<F> {
  readonly facts: F;
  /** Overwrites `into` by bytes of the rows; returns their number. */
  read(position: number, into: Uint8Array): number;
  close(): void;
}

/** Opens a file of rows; null if there is no such file, or if it is not complete. */
export function openStore<F>(path: string): StoreFile<F> | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, "r");
  const facts = factsOf<F>((position, into) => readSync(file, into, 0, into.length, position), fstatSync(file).size);
  if (facts !== null) return storeOf(file, facts);
  closeSync(file);
  return null;
}

/** Whether a file begins as a file of rows does. */
export function isStore(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(MARK.length);
    return readSync(file, start, 0, start.length, 0) === start.length && start.equals(MARK);
  } finally {
    closeSync(file);
  }
}

const storeOf = <F>(file: number, facts: F): StoreFile<F> => ({
  facts,
  read: (position, into) => readSync(file, into, 0, into.length, position + MARK.length),
  close: () => closeSync(file),
});

function factsOf<F>(read: (position: number, into: Uint8Array) => number, size: number): F | null {
  const tail = Buffer.alloc(TAIL);
  if (size < MARK.length + TAIL || read(size - TAIL, tail) !== TAIL || !tail.subarray(0, MARK.length).equals(MARK))
    return null;
  const length = Number(tail.readBigUInt64LE(MARK.length));
  const text = Buffer.alloc(Math.min(length, size));
  if (length > size - TAIL || read(size - TAIL - length, text) !== length) return null;
  return hashOf(text).equals(tail.subarray(MARK.length + 8)) ? (JSON.parse(text.toString()) as F) : null;
}

const hashOf = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/**
 * Writes a file of rows. It appears under its name only when it is complete, so that a killed run leaves a whole file or none.
 *
 * @param path  its name; null for a temporary file without a name
 * @param beside  a path in the folder of a temporary file
 * @param write  writes the rows, and returns the facts about them
 * @throws OutputError if there is no space; then nothing is left
 */
export function writeStore<F>(
  command: string,
  { path, beside }: { readonly path: string | null; readonly beside: string },
  write: (append: (bytes: Uint8Array) => void) => F,
): StoreFile<F> {
  if (path === null) {
    const scratch = scratchFile(command, beside);
    try {
      scratch.append(MARK);
      const facts = write((bytes) => scratch.append(bytes));
      return {
        facts,
        read: (position, into) => readScratch(scratch, position + MARK.length, into),
        close: () => scratch.close(),
      };
    } catch (error) {
      scratch.close();
      throw error;
    }
  }
  removeLeftovers(path);
  const temporary = temporaryPath(path);
  let file: number | undefined;
  try {
    const own = openSync(temporary, "wx+", 0o666);
    file = own;
    const append = (bytes: Uint8Array): void => {
      for (let at = 0; at < bytes.length; ) at += writeSync(own, bytes, at, bytes.length - at);
    };
    append(MARK);
    const facts = write(append);
    const text = Buffer.from(JSON.stringify(facts));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    append(Buffer.concat([text, MARK, length, hashOf(text)]));
    fsyncSync(own);
    renameSync(temporary, path);
    return storeOf(own, facts);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    rmSync(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new OutputError(
      `${command}: the cache could not be written to the folder ${show(dirname(path))}: ${systemMessage(error)}. ` +
        "Free some space there, or set another folder with --cache FOLDER.",
    );
  }
}

function readScratch(scratch: ScratchFile, position: number, into: Uint8Array): number {
  scratch.read(position, into);
  return into.length;
}
