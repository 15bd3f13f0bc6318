import { numberOf, readFloats, readSingles } from "../../src/data/tables.ts";
import type { Job } from "../../src/job.ts";

/** Some rows and their classes, one-hot: row-major, in float32. */
export interface Batch {
  readonly rows: number;
  readonly X: Float32Array<ArrayBuffer>;
  readonly Y: Float32Array<ArrayBuffer>;
}

/** The job's rows in batches, in order. */
export function batchesOf(job: Job): Batch[] {
  const { rows, columns } = job.tables["X"]!;
  const X = readSingles(job, "X");
  const y = readFloats(job, "y");
  const [size, classes] = [numberOf(job, "batchSize"), numberOf(job, "classes")];
  return Array.from({ length: Math.ceil(rows / size) }, (_, at) => {
    const [from, to] = [at * size, Math.min((at + 1) * size, rows)];
    const Y = new Float32Array((to - from) * classes);
    for (let i = from; i < to; i++) Y[(i - from) * classes + y[i]!] = 1;
    return { rows: to - from, X: X.slice(from * columns, to * columns), Y };
  });
}

/** W₁, b₁, W₂, b₂ of the start, W as outputs × inputs. */
export function startOf(job: Job): Float32Array<ArrayBuffer>[] {
  const start = readSingles(job, "start");
  const [d, h, k] = [job.tables["X"]!.columns, numberOf(job, "hidden"), numberOf(job, "classes")];
  const ends = [h * d, h * d + h, h * d + h + k * h, h * d + h + k * h + k];
  return ends.map((end, at) => start.slice(ends[at - 1] ?? 0, end));
}
