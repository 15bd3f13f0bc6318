// What several of Downhill's contestants share: numbers in the entrant's element, and its threads.
import { type Matrix, matrix, type Pool, threads, type Vector } from "downhill";
import { numberOf, readFloats, readSingles } from "../src/data/tables.ts";
import type { Job } from "../src/job.ts";

/** A table of the job in the entrant's element. */
export function matrixOf(job: Job, name: string): Matrix {
  const { rows, columns } = job.tables[name]!;
  const numbers = job.settings["element"] === "float32" ? readSingles(job, name) : readFloats(job, name);
  return matrix(numbers, rows, columns);
}

/** The option that gives a run its threads: none for one thread. They start once, before anything is timed. */
export async function threadsOf(job: Job): Promise<{ readonly threads?: Pool }> {
  const count = numberOf(job, "threads");
  return count === 1 ? {} : { threads: await threads(count) };
}

/** @throws Error when a run did not compute in the entrant's element */
export function requireElement(job: Job, params: Vector): void {
  const element = params instanceof Float32Array ? "float32" : "float64";
  if (element !== job.settings["element"]) throw new Error(`it computes in ${element}`);
}
