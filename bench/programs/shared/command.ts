// Contestants that are commands of their own.
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @throws Error unless the command is on the PATH */
export function requireCommand(name: string): void {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return;
    } catch {
      // not in this folder
    }
  }
  throw new Error(`${name} is not on the PATH`);
}

export interface Ran {
  readonly seconds: number;
  /** Largest resident set, where the system tells it (Linux); looked at every few milliseconds. */
  readonly peakBytes?: number;
}

/** Runs a command to its end; where another command starts it, errors name what was started. */
export function runCommand(file: string, args: readonly string[], name = file): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
    let [peak, complaint] = [0, ""];
    const look = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid!));
    }, 5);
    child.stderr.on("data", (text) => {
      complaint = `${complaint}${text}`.slice(-500);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(look);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) resolve({ seconds, ...(peak > 0 ? { peakBytes: peak } : {}) });
      else reject(new Error(`${name} ended with code ${code}: ${complaint.trim().split("\n").at(-1)}`));
    });
  });
}

/** The same on the first processors only (Linux): whatever starts threads in it, they share these. */
export function runOnProcessors(count: number, file: string, args: readonly string[]): Promise<Ran> {
  requireCommand("taskset");
  return runCommand("taskset", ["-c", `0-${count - 1}`, file, ...args], file);
}

function peakOf(pid: number): number {
  try {
    const [, kilobytes = "0"] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return 1024 * Number(kilobytes);
  } catch {
    return 0; // it has ended, or this system tells nothing
  }
}
