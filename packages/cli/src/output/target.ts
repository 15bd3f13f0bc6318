// The target of a path: a file, which is replaced as a whole, or a device, a pipe or an open descriptor, which is written to.
import { lstatSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export type Target =
  /** A regular file, or a file that does not exist yet (stats null); symbolic links are resolved. */
  | { readonly kind: "file"; readonly path: string; readonly stats: Stats | null }
  /** A character device or a named pipe. */
  | { readonly kind: "stream"; readonly path: string }
  /** An open descriptor of this process: /dev/stdout, /dev/fd/3. */
  | { readonly kind: "descriptor"; readonly descriptor: number }
  /** A directory, a disk or a socket: the command does not write to these. */
  | { readonly kind: "other"; readonly path: string; readonly what: string };

const MAX_LINKS = 40;

/**
 * Resolves the symbolic links of a path. The last link may point to a file that does not exist yet.
 *
 * @throws the error of the file system if a directory in the path does not exist or is not a directory
 */
export function targetOf(path: string): Target {
  let location = resolve(path);
  for (let links = 0; links < MAX_LINKS; links++) {
    const directory = realpathSync(dirname(location));
    const name = basename(location);
    if (directory === `/proc/${process.pid}/fd` && /^\d+$/.test(name)) {
      return { kind: "descriptor", descriptor: Number(name) };
    }
    location = join(directory, name);
    const stats = lstatSync(location, { throwIfNoEntry: false }) ?? null;
    if (!stats?.isSymbolicLink()) return targetAt(location, stats);
    location = resolve(directory, readlinkSync(location));
  }
  throw Object.assign(new Error(`ELOOP: too many symbolic links, open '${path}'`), { code: "ELOOP" });
}

function targetAt(path: string, stats: Stats | null): Target {
  if (stats === null || stats.isFile()) return { kind: "file", path, stats };
  if (stats.isCharacterDevice() || stats.isFIFO()) return { kind: "stream", path };
  const what = stats.isDirectory() ? "directory" : stats.isBlockDevice() ? "disk" : "socket";
  return { kind: "other", path, what };
}

/** A text that is equal for two targets that are the same file; null for a target that is not a file. */
export function identityOf(target: Target): string | null {
  if (target.kind !== "file") return null;
  return target.stats === null ? target.path : `${target.stats.dev}:${target.stats.ino}`;
}
