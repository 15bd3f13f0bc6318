import { numberSetting, readAsFloat32, readFloat64 } from "../../src/data/rawTables.ts";
import type { Job } from "../../src/job.ts";

/** Rows and their one-hot classes, row-major. */
export interface Batch {
  readonly rows: number;
  readonly X: Float32Array<ArrayBuffer>;
  readonly Y: Float32Array<ArrayBuffer>;
}

/** The job's rows in batches, in order. */
export function batchesOf(job: Job): Batch[] {
  const { rows, columns } = job.tables["X"]!;
  const X = readAsFloat32(job, "X");
  const y = readFloat64(job, "y");
  const [size, classes] = [numberSetting(job, "batchSize"), numberSetting(job, "classes")];
  return Array.from({ length: Math.ceil(rows / size) }, (_, b) => {
    const [from, to] = [b * size, Math.min((b + 1) * size, rows)];
    const Y = new Float32Array((to - from) * classes);
    for (let i = from; i < to; i++) Y[(i - from) * classes + y[i]!] = 1;
    return { rows: to - from, X: X.slice(from * columns, to * columns), Y };
  });
}

/** W₁, b₁, W₂ and b₂ of the start; each W is outputs × inputs. */
export function startOf(job: Job): Float32Array<ArrayBuffer>[] {
  const start = readAsFloat32(job, "start");
  const [d, h, k] = [job.tables["X"]!.columns, numberSetting(job, "hidden"), numberSetting(job, "classes")];
  const ends = [h * d, h * d + h, h * d + h + k * h, h * d + h + k * h + k];
  return ends.map((end, i) => start.slice(ends[i - 1] ?? 0, end));
}
