// Runs commands as processes, and measures their time and their peak memory.
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { spreadOf } from "../../src/run/spread.ts";

const MEMORY_INTERVAL = 5; // milliseconds
const TICKS = 100; // of the processor time of Linux, per second

/** @throws Error when the command is not on the PATH */
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

export interface CommandResult {
  readonly seconds: number;
  /** Peak resident memory, where the system reports it (Linux). */
  readonly peakBytes?: number;
  /** Seconds of all processors together, where the system reports them (Linux). */
  readonly processorSeconds?: number;
}

/** Collects the runs of a command. */
export function commandRuns(): {
  add(run: CommandResult): void;
  /** The largest peak memory, and the median of the processor times. */
  summary(): Pick<CommandResult, "peakBytes" | "processorSeconds">;
} {
  const peaks: number[] = [];
  const times: number[] = [];
  return {
    add({ peakBytes, processorSeconds }) {
      if (peakBytes !== undefined) peaks.push(peakBytes);
      if (processorSeconds !== undefined) times.push(processorSeconds);
    },
    summary: () => ({
      ...(peaks.length > 0 && { peakBytes: Math.max(...peaks) }),
      ...(times.length > 0 && { processorSeconds: spreadOf(times).median }),
    }),
  };
}

/** Runs a command until it ends. Errors contain `name` as the name of the command. */
export function runCommand(file: string, args: readonly string[], name = file): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
    let [peakBytes, processorSeconds, errorText] = [0, 0, ""];
    const timer = setInterval(() => {
      peakBytes = Math.max(peakBytes, peakBytesOf(child.pid!));
      processorSeconds = Math.max(processorSeconds, processorSecondsOf(child.pid!));
    }, MEMORY_INTERVAL);
    child.stderr.on("data", (text) => {
      errorText = `${errorText}${text}`.slice(-500);
    });
    child.on("error", (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on("close", (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) resolve({ seconds, ...(peakBytes > 0 && { peakBytes, processorSeconds }) });
      else reject(new Error(`${name} ended with code ${code}: ${errorText.trim().split("\n").at(-1)}`));
    });
  });
}

/** Runs a command on the first `count` processors only (Linux), no matter how many threads it starts. */
export function runOnProcessors(count: number, file: string, args: readonly string[]): Promise<CommandResult> {
  requireCommand("taskset");
  return runCommand("taskset", ["-c", `0-${count - 1}`, file, ...args], file);
}

/** Options of a command with single hyphens: -k 16 -r 0.1. */
export const commandOptions = (options: Readonly<Record<string, number>>): string[] =>
  Object.entries(options).flatMap(([name, value]) => [`-${name}`, String(value)]);

function peakBytesOf(pid: number): number {
  try {
    const [, kilobytes = "0"] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return 1024 * Number(kilobytes);
  } catch {
    return 0; // the process has ended, or the system has no /proc
  }
}

function processorSecondsOf(pid: number): number {
  try {
    // The fields after the name, which is in parentheses: the times of user and system are the 12th and the 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0; // the process has ended, or the system has no /proc
  }
}
