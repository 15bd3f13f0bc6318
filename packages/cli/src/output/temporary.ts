// Temporary files: each write has one beside its target, by a name that no other write can have.
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

const OLD = 60 * 60 * 1000; // ms without a change after which a file of another machine or container is left over

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** What tells the processes of this machine, or of this container, from those of others: pids are equal in many. */
function processSpace(): string {
  const parts = [hostname()];
  for (const read of [
    () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"),
    () => readlinkSync("/proc/self/ns/pid"),
  ]) {
    try {
      parts.push(read());
    } catch {
      // not on this system
    }
  }
  return hashOf(parts.join("\n"));
}

const space = processSpace();
const own = new Set<string>();

/** A new path beside a target: .downhill-TARGET-SPACE-PID-RANDOM.part. Its length does not depend on the target's name. */
export function temporaryPath(target: string): string {
  const name = `${prefixOf(target)}${space}-${process.pid}-${randomBytes(8).toString("hex")}.part`;
  own.add(name);
  return join(dirname(target), name);
}

const prefixOf = (target: string): string => `.downhill-${hashOf(basename(target))}-`;

/** Removes what killed runs left beside a target that they were writing, as far as that is permitted. */
export function removeLeftovers(target: string): void {
  const prefix = prefixOf(target);
  try {
    for (const name of readdirSync(dirname(target))) {
      if (name.startsWith(prefix) && name.endsWith(".part")) removeLeftover(join(dirname(target), name), prefix);
    }
  } catch {
    // A directory that cannot be read, or a file of another user: the result can be written all the same.
  }
}

function removeLeftover(path: string, prefix: string): void {
  const name = basename(path);
  const [itsSpace, pid] = name.slice(prefix.length).split("-");
  const left = itsSpace === space ? !own.has(name) && !isAlive(Number(pid)) : isOld(path);
  if (left) rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid === process.pid) return false; // those of this process are in `own`
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
