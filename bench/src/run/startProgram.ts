// From an entrant to a process that has done the job once, or to the reason why there is none.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inRepository } from "../inRepository.ts";
import type { Job, Outcome } from "../job.ts";
import { unfairKernel, vectorsHere } from "../machine/vectors.ts";
import type { Case, Entrant } from "../workload.ts";
import { type Command, type Line, openLine } from "./channel.ts";

/** An entrant that takes part. */
export interface Runner {
  readonly entrant: Entrant;
  readonly version: string;
  /** Those that multiply matrices, with the kernel that runs: "OpenBLAS 0.3.21 SkylakeX"; none of those in JavaScript. */
  readonly libraries: readonly string[];
  /** What its first run came to, and how long that took. */
  readonly outcome: Outcome;
  readonly loss: number;
  readonly firstSeconds: number;
  /** How long one had to wait for it, with what does not count. */
  readonly firstWait: number;
  /** Runs from the start of the job until they have taken `least` seconds together, one at least: mean seconds. */
  run(least: number): Promise<number>;
  /** The last run's outcome, without its parameters. */
  report(): Promise<Omit<Outcome, "params">>;
  close(): void;
}

export interface Absent {
  readonly name: string;
  readonly reason: string;
}

/** The Python that is asked: $DOWNHILL_BENCH_PYTHON, or python3. */
export const python = (): string => process.env["DOWNHILL_BENCH_PYTHON"] ?? "python3";

function commandOf({ program }: Entrant): Command {
  if ("node" in program) {
    return { file: process.execPath, args: [fileURLToPath(new URL("./driver.js", import.meta.url)), program.node] };
  }
  return { file: python(), args: [inRepository("bench/python/driver.py"), ...program.python.split(":")] };
}

/** Starts an entrant's process, lets it do the job once and judges what came of it. */
export async function enter(
  entrant: Entrant,
  job: Job,
  { judge }: Pick<Case, "judge">,
  folder: string,
): Promise<Runner | Absent> {
  const { element = "float64", threads = 1 } = entrant;
  const line = openLine(commandOf(entrant), threads);
  try {
    const settings = { ...job.settings, element, threads };
    const { version, libraries = [] } = await line.ask({ do: "prepare", job: { ...job, settings } });
    const unfair = unfairKernel(libraries as string[], vectorsHere());
    if (unfair !== null) throw new Error(unfair);
    const began = performance.now();
    const seconds = await timed(line, 0);
    const firstWait = (performance.now() - began) / 1000;
    const out = join(folder, "params.raw");
    const rest = (await line.ask({ do: "result", out })) as unknown as Omit<Outcome, "params">;
    const bytes = readFileSync(out);
    const params = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const outcome = { ...rest, params };
    return {
      entrant,
      version: String(version),
      libraries: libraries as string[],
      outcome,
      loss: judge(outcome),
      firstSeconds: seconds,
      firstWait,
      run: (least) => timed(line, least),
      report: async () => (await line.ask({ do: "result", out })) as unknown as Omit<Outcome, "params">,
      close: () => line.close(),
    };
  } catch (error) {
    line.close();
    return { name: entrant.name, reason: (error as Error).message };
  }
}

const timed = async (line: Line, least: number): Promise<number> =>
  (await line.ask({ do: "run", least }))["seconds"] as number;
