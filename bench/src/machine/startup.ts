// The library's size, the time of its import, and the time until the command prints its first progress line.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { temporaryFolder } from "../data/temporaryFolder.ts";
import { inRepository } from "../inRepository.ts";
import { type Spread, spreadOf } from "../run/spread.ts";
import type { Size } from "../workload.ts";

export interface Startup {
  /** The code of the models, without tables, evaluation and exports, as scripts/library-size.mjs measures it. */
  readonly gzipBytes: number;
  /** The code of the whole library. */
  readonly wholeGzipBytes: number;
  /** Seconds of an import of the built library. */
  readonly importTime: Spread;
  /** Seconds from the start of `downhill train`, on a small table, to the first line of progress. */
  readonly firstLine: Spread;
}

export const startupLimits = { gzipBytes: 106_200, wholeGzipBytes: 209_600, importTime: 0.06, firstLine: 0.7 } as const;

export async function measureStartup(size: Size): Promise<Startup> {
  const rounds = Array.from({ length: size === "quick" ? 2 : 9 });
  const importTimes = rounds.map(importOnce);
  const firstLine: number[] = [];
  for (const _ of rounds) firstLine.push(await firstLineOnce());
  return { ...gzipBytes(), importTime: spreadOf(importTimes), firstLine: spreadOf(firstLine) };
}

function gzipBytes(): Pick<Startup, "gzipBytes" | "wholeGzipBytes"> {
  const program = inRepository("scripts/library-size.mjs");
  const sizes = JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" })) as SizesOfLibrary;
  return { gzipBytes: sizes.models, wholeGzipBytes: sizes.whole };
}

/** What scripts/library-size.mjs prints. */
interface SizesOfLibrary {
  readonly models: number;
  readonly whole: number;
}

function importOnce(): number {
  const program = 'const t = performance.now(); await import("downhill"); console.log(performance.now() - t);';
  const args = ["--input-type=module", "--eval", program];
  return Number(execFileSync(process.execPath, args, { cwd: inRepository("bench"), encoding: "utf8" })) / 1000;
}

async function firstLineOnce(): Promise<number> {
  const folder = temporaryFolder();
  const bin = inRepository("packages/cli/bin/downhill.js");
  const data = inRepository("datasets/iris.csv");
  const save = join(folder.path, "model.json");
  const args = ["train", data, "--target", "species", "--progress", "lines", "--save", save];
  const began = performance.now();
  let seconds: number | undefined;
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface({ input: child.stderr })) {
    if (/^epoch/.test(line)) seconds ??= (performance.now() - began) / 1000;
  }
  folder.remove();
  if (seconds !== undefined) return seconds;
  throw new Error(
    'bench: downhill train printed no progress line (no line begins with "epoch"). Run it by hand to see why.',
  );
}
