// Starts the process of a program and runs the job once. If this fails, the result contains the reason.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inRepository } from "../inRepository.ts";
import type { Job, Outcome } from "../job.ts";
import { unfairKernel, vectorsHere } from "../machine/vectors.ts";
import { type Program, WIDE_VECTORS } from "../program.ts";
import { type Channel, type Command, openChannel } from "./channel.ts";

export interface StartedProgram {
  readonly program: Program;
  readonly version?: string;
  /** The libraries that multiply its matrices, with their kernels: "OpenBLAS 0.3.21 SkylakeX"; none in JavaScript. */
  readonly libraries: readonly string[];
  /** Result of the first run. */
  readonly outcome: Outcome;
  readonly loss: number;
  readonly firstSeconds: number;
  /** Seconds of the first run with all its parts, also those that `firstSeconds` leaves out. */
  readonly firstElapsed: number;
  /** Runs the job once, and again until `minSeconds` have been timed. Returns the mean seconds of a run. */
  run(minSeconds: number): Promise<number>;
  /** Result of the last run, without its parameters. */
  report(): Promise<Omit<Outcome, "params">>;
  close(): void;
}

/** A program that could not be measured. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
}

/** Everything that a program needs in order to start. */
export interface ProgramStart {
  readonly job: Job;
  readonly evaluate: (outcome: Outcome) => number;
  /** A folder for its files. */
  readonly folder: string;
}

/** The Python interpreter: $DOWNHILL_BENCH_PYTHON, or python3. */
export const python = (): string => process.env["DOWNHILL_BENCH_PYTHON"] ?? "python3";

/** The job with the settings of the program. */
export const jobFor = ({ elementType = "float64", threads = 1, settings }: Program, job: Job): Job => ({
  ...job,
  settings: { ...job.settings, ...settings, elementType, threads },
});

/** The command of a program; null if it needs another Node and none is named. */
function commandOf({ source }: Program): Command | null {
  if ("node" in source) {
    const driver = [fileURLToPath(new URL("./driver.js", import.meta.url)), source.node];
    if (!source.wide) return { file: process.execPath, args: driver };
    const node = process.env["DOWNHILL_BENCH_NODE"];
    return node === undefined ? null : { file: node, args: [WIDE_VECTORS, ...driver] };
  }
  return { file: python(), args: [inRepository("bench/python/driver.py"), ...source.python.split(":")] };
}

/** Starts a program, runs it once and evaluates its result. */
export async function startProgram(
  program: Program,
  { job, evaluate, folder }: ProgramStart,
): Promise<StartedProgram | Absent> {
  const command = commandOf(program);
  if (command === null) return { name: program.name, reason: "not measured: DOWNHILL_BENCH_NODE names no Node" };
  const channel = openChannel(command, program.threads ?? 1);
  try {
    const loaded = await channel.request({ kind: "load", job: jobFor(program, job) });
    const { version, libraries = [] } = loaded as { version?: string; libraries?: string[] };
    const unfair = unfairKernel(libraries, vectorsHere());
    if (unfair !== null) throw new Error(unfair);
    const began = performance.now();
    const firstSeconds = await timedRun(channel, 0);
    const firstElapsed = (performance.now() - began) / 1000;
    const out = join(folder, "params.raw");
    const report = async () => (await channel.request({ kind: "result", out })) as unknown as Omit<Outcome, "params">;
    const rest = await report();
    const bytes = readFileSync(out);
    const params = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const outcome = { ...rest, params };
    return {
      program,
      ...(version === undefined ? {} : { version }),
      libraries,
      outcome,
      loss: evaluate(outcome),
      firstSeconds,
      firstElapsed,
      run: (minSeconds) => timedRun(channel, minSeconds),
      report,
      close: () => channel.close(),
    };
  } catch (error) {
    channel.close();
    return { name: program.name, reason: (error as Error).message };
  }
}

const timedRun = async (channel: Channel, minSeconds: number): Promise<number> =>
  (await channel.request({ kind: "run", minSeconds }))["seconds"] as number;
