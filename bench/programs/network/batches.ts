import { numberSetting, numbersSetting, readAsFloat32, readFloat64 } from "../../src/data/rawTables.ts";
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

/** A parameter of a layer: W (outputs × inputs) or b (outputs). */
export interface Param {
  readonly shape: number[];
  readonly numbers: Float32Array<ArrayBuffer>;
}

/** W₁, b₁, W₂, b₂, … of the start. */
export function startOf(job: Job): Param[] {
  const start = readAsFloat32(job, "start");
  const widths = [job.tables["X"]!.columns, ...numbersSetting(job, "hidden"), numberSetting(job, "classes")];
  let from = 0;
  return widths.slice(1).flatMap((out, l) =>
    [[out, widths[l]!], [out]].map((shape) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const numbers = start.slice(from, from + length);
      from += length;
      return { shape, numbers };
    }),
  );
}
