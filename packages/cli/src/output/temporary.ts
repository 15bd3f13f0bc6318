// The names of temporary files beside their targets. No two writes use the same name.
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

const OLD = 60 * 60 * 1000; // milliseconds without a change; older files of another machine or container are removed

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A text that identifies the machine or container, because two processes on different ones can have the same process id. */
function processSpace(): string {
  const parts = [hostname()];
  for (const read of [
    () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"),
    () => readlinkSync("/proc/self/ns/pid"),
  ]) {
    try {
      parts.push(read());
    } catch {
      // This system does not have it.
    }
  }
  return hashOf(parts.join("\n"));
}

const space = processSpace();
const own = new Set<string>();

/** A new path beside a target: .downhill-TARGET-SPACE-PID-RANDOM.part. TARGET is a hash, so that the name is never too long. */
export function temporaryPath(target: string): string {
  const name = `${prefixOf(target)}${space}-${process.pid}-${randomBytes(8).toString("hex")}.part`;
  own.add(name);
  return join(dirname(target), name);
}

const prefixOf = (target: string): string => `.downhill-${hashOf(basename(target))}-`;

/** Removes the temporary files of killed runs beside a target, if the user may remove them. */
export function removeLeftovers(target: string): void {
  const prefix = prefixOf(target);
  try {
    for (const name of readdirSync(dirname(target))) {
      if (name.startsWith(prefix) && name.endsWith(".part")) removeLeftover(join(dirname(target), name), prefix);
    }
  } catch {
    // The directory cannot be read, or the file belongs to another user. The result can still be written.
  }
}

function removeLeftover(path: string, prefix: string): void {
  const name = basename(path);
  const [itsSpace, pid] = name.slice(prefix.length).split("-");
  const isLeftOver = itsSpace === space ? !own.has(name) && !isAlive(Number(pid)) : isOld(path);
  if (isLeftOver) rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid === process.pid) return false; // the files of this process are in `own`
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isOld(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > OLD;
}
