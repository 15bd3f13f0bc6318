// Where a path leads: to a file that is replaced whole, or to a device, a pipe or an open descriptor that is written to.
import { lstatSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export type Target =
  /** A regular file, or none yet (stats null); the path has no symbolic link left. */
  | { readonly kind: "file"; readonly path: string; readonly stats: Stats | null }
  /** A character device or a named pipe. */
  | { readonly kind: "stream"; readonly path: string }
  /** An open descriptor of this process: /dev/stdout, /dev/fd/3. */
  | { readonly kind: "descriptor"; readonly descriptor: number }
  /** What no text can be written to: a directory, a disk, a socket. */
  | { readonly kind: "other"; readonly path: string; readonly what: string };

const MOST_LINKS = 40;

/**
 * Follows symbolic links to where the path leads; the last of them may point to a file that does not exist yet.
 *
 * @throws the error of the file system when a directory on the way is missing, or is none
 */
export function targetOf(path: string): Target {
  let place = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const directory = realpathSync(dirname(place));
    const name = basename(place);
    if (directory === `/proc/${process.pid}/fd` && /^\d+$/.test(name)) {
      return { kind: "descriptor", descriptor: Number(name) };
    }
    place = join(directory, name);
    const stats = lstatSync(place, { throwIfNoEntry: false }) ?? null;
    if (!stats?.isSymbolicLink()) return targetAt(place, stats);
    place = resolve(directory, readlinkSync(place));
  }
  throw Object.assign(new Error(`ELOOP: too many symbolic links, open '${path}'`), { code: "ELOOP" });
}

function targetAt(path: string, stats: Stats | null): Target {
  if (stats === null || stats.isFile()) return { kind: "file", path, stats };
  if (stats.isCharacterDevice() || stats.isFIFO()) return { kind: "stream", path };
  const what = stats.isDirectory() ? "directory" : stats.isBlockDevice() ? "disk" : "socket";
  return { kind: "other", path, what };
}

/** What two paths have in common when they lead to the same file, by whatever name; null for what is no file. */
export function identityOf(target: Target): string | null {
  if (target.kind !== "file") return null;
  return target.stats === null ? target.path : `${target.stats.dev}:${target.stats.ino}`;
}
