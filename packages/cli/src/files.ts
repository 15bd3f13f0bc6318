// Files are written beside their place and renamed, so that a reader never meets a half.
import { accessSync, constants, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DataError, show, UsageError } from "./errors.ts";

/** @throws UsageError unless a file can be written there; called before the work starts. */
export function requireWritable(who: string, option: string, path: string): void {
  const directory = dirname(path);
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new UsageError(`${who}: ${option} must be a file, got the directory ${show(path)}. Name a file in it.`);
  }
  try {
    if (!statSync(directory).isDirectory()) throw new Error("not a directory");
    accessSync(directory, constants.W_OK);
  } catch {
    throw new UsageError(
      `${who}: ${option} must lie in a directory that can be written to, got ${show(path)}. Create ${show(directory)}.`,
    );
  }
}

/** Writes a file whole, or not at all; true when it replaced one. */
export function writeWhole(path: string, content: string): boolean {
  const replaced = existsSync(path);
  const beside = `${path}.${process.pid}.part`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new DataError(
      `downhill: ${show(path)} must be writable, got ${(error as Error).message}. Make room, or name another file.`,
    );
  }
  return replaced;
}
