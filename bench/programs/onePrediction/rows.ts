import { readFloat64 } from "../../src/data/rawTables.ts";
import type { Job, LoadedProgram } from "../../src/job.ts";

/** The rows of the job, each as the array of numbers that a request contains. */
function rowsOf(job: Job): number[][] {
  const { rows, columns } = job.tables["X"]!;
  const X = readFloat64(job, "X");
  return Array.from({ length: rows }, (_, i) => [...X.subarray(i * columns, (i + 1) * columns)]);
}

/** A program that predicts the class of each row of the job, one call per row. The result is the list of classes. */
export function eachRow(
  job: Job,
  version: string | undefined,
  predict: (row: number[]) => number | Promise<number>,
): LoadedProgram {
  const rows = rowsOf(job);
  const classes = new Float64Array(rows.length);
  return {
    ...(version !== undefined && { version }),
    reset() {},
    async run() {
      for (let i = 0; i < rows.length; i++) {
        const found = predict(rows[i]!);
        classes[i] = typeof found === "number" ? found : await found;
      }
    },
    result: () => ({ params: classes.slice() }),
  };
}

/** A setting that must be a text. */
export function textSetting(job: Job, name: string): string {
  const value = job.settings[name];
  if (typeof value === "string") return value;
  throw new TypeError(`bench: this program needs a text as the setting ${name}. Correct the case's prepare().`);
}
