// Reads the text of a model file. A file that does not begin like JSON, or never ends, is an error at once.
import { closeSync, openSync, readSync } from "node:fs";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { systemMessage } from "../process/systemMessage.ts";

const CHUNK = 2 ** 20;
const MAX_BYTES = 2 ** 29 - 24; // the length of the longest string in V8

/**
 * The text of a file, a pipe or a device.
 *
 * @throws DataError for a file that cannot be read, does not begin with "{", or is too large
 */
export function modelSource(command: string, path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw unreadable(command, path, error);
  }
  try {
    return textOf(command, path, file);
  } finally {
    closeSync(file);
  }
}

function textOf(command: string, path: string, file: number): string {
  const chunks: Buffer[] = [];
  for (let bytes = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let count: number;
    try {
      count = readSync(file, chunk);
    } catch (error) {
      throw unreadable(command, path, error);
    }
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    bytes += count;
    if (!/^\s*(\{|$)/.test(chunks[0]!.toString("latin1", 0, 64))) {
      throw notAModel(command, path);
    }
    if (bytes > MAX_BYTES) {
      throw new DataError(
        `${command}: ${show(path)} is larger than 512 MiB, so it is not a model file. Use a file that downhill train wrote.`,
      );
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The error for a file of another kind. */
export const notAModel = (command: string, path: string): DataError =>
  new DataError(`${command}: ${show(path)} is not a model file. Use a file that downhill train wrote.`);

const unreadable = (command: string, path: string, error: unknown): DataError =>
  new DataError(`${command}: the model file ${show(path)} cannot be read: ${systemMessage(error)}. Check the path.`);
