// What several of Downhill's contestants share: numbers in the entrant's element, and its threads.
import * as library from "downhill";
import { numberOf, readFloats, readSingles } from "../src/data/tables.ts";
import type { Job } from "../src/job.ts";
import { versionOf } from "./version.ts";

/** A table of the job in the entrant's element. */
export function matrixOf(job: Job, name: string): library.Matrix {
  const { rows, columns } = job.tables[name]!;
  const numbers = job.settings["element"] === "float32" ? readSingles(job, name) : readFloats(job, name);
  return library.matrix(numbers, rows, columns);
}

interface Threads {
  readonly threads: unknown;
}

/** The option that gives a run its threads: none for one thread. They start once, before anything is timed. */
export async function threadsOf(job: Job): Promise<Partial<Threads>> {
  const count = numberOf(job, "threads");
  if (count === 1) return {};
  const { threads } = library as { threads?: (count: number) => Promise<unknown> };
  if (threads === undefined) throw new Error(`downhill ${versionOf("downhill")} exports no threads`);
  return { threads: await threads(count) };
}

/** @throws Error when a run did not compute in the entrant's element */
export function requireElement(job: Job, params: library.Vector): void {
  const element = params instanceof Float32Array ? "float32" : "float64";
  if (element !== job.settings["element"]) throw new Error(`it computes in ${element}`);
}
