// From an entrant to a process that has done the job once, or to the reason why there is none.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Job, Outcome } from "../job.ts";
import type { Case, Entrant } from "../workload.ts";
import { type Command, type Line, openLine } from "./process.ts";

/** An entrant that takes part. */
export interface Runner {
  readonly entrant: Entrant;
  readonly version: string;
  /** What its first run came to, and how long that took. */
  readonly outcome: Outcome;
  readonly loss: number;
  readonly firstSeconds: number;
  /** How long one had to wait for it, with what does not count. */
  readonly firstWait: number;
  /** One run from the start of the job: seconds. */
  run(): Promise<number>;
  /** The last run's outcome, without its parameters. */
  report(): Promise<Omit<Outcome, "params">>;
  close(): void;
}

export interface Absent {
  readonly name: string;
  readonly reason: string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The Python that is asked: $DOWNHILL_BENCH_PYTHON, or python3. */
export const python = (): string => process.env["DOWNHILL_BENCH_PYTHON"] ?? "python3";

function commandOf({ program }: Entrant): Command {
  if ("node" in program) {
    return { file: process.execPath, args: [here("./driver.js"), program.node] };
  }
  return { file: python(), args: [here("../../../python/driver.py"), ...program.python.split(":")] };
}

/** Starts an entrant's process, lets it do the job once and judges what came of it. */
export async function enter(entrant: Entrant, job: Job, of: Case, folder: string): Promise<Runner | Absent> {
  const { element = "float64", threads = 1 } = entrant;
  const line = openLine(commandOf(entrant), threads);
  try {
    const settings = { ...job.settings, element, threads };
    const { version } = await line.ask({ do: "prepare", job: { ...job, settings } });
    const began = performance.now();
    const seconds = await timed(line);
    const firstWait = (performance.now() - began) / 1000;
    const out = join(folder, "params.raw");
    const rest = (await line.ask({ do: "result", out })) as unknown as Omit<Outcome, "params">;
    const bytes = readFileSync(out);
    const params = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const outcome = { ...rest, params };
    return {
      entrant,
      version: String(version),
      outcome,
      loss: of.judge(outcome),
      firstSeconds: seconds,
      firstWait,
      run: () => timed(line),
      report: async () => (await line.ask({ do: "result", out })) as unknown as Omit<Outcome, "params">,
      close: () => line.close(),
    };
  } catch (error) {
    line.close();
    return { name: entrant.name, reason: (error as Error).message };
  }
}

const timed = async (line: Line): Promise<number> => (await line.ask({ do: "run" }))["seconds"] as number;
