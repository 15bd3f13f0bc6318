// The text of a model file, read without trust: what does not begin like JSON, or never ends, is refused early.
import { closeSync, openSync, readSync } from "node:fs";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";

const CHUNK = 2 ** 20;
const MOST = 2 ** 29 - 24; // bytes; V8 holds no longer text

/**
 * The text of a file, a pipe or a device.
 *
 * @throws DataError when it cannot be read, does not begin with "{", or is longer than a text can be
 */
export function modelSource(command: string, path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    throw unreadable(command, path);
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
    } catch {
      throw unreadable(command, path);
    }
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    bytes += count;
    if (!/^\s*(\{|$)/.test(chunks[0]!.toString("latin1", 0, 64))) {
      throw new DataError(
        `${command}: model file must be whole JSON, got something else in ${path}. Name a file that downhill train wrote.`,
      );
    }
    if (bytes > MOST) {
      throw new DataError(
        `${command}: model file must be of at most ${MOST} bytes, got more in ${path}. ` +
          "Name a file that downhill train wrote.",
      );
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}

const unreadable = (command: string, path: string): DataError =>
  new DataError(`${command}: model file must be a file that can be read, got ${show(path)}. Check the path.`);
