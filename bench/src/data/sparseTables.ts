// Sparse matrices as raw files: indptr and indices (uint32), values (float64).
import { type Matrix, type SparseMatrix, sparse } from "downhill";
import type { Job, Table } from "../job.ts";
import { readFloat64, readUint32, writeTable } from "./rawTables.ts";

/** Writes X; the job also needs the setting `columns`. */
export const writeSparse = (folder: string, { indptr, indices, values }: SparseMatrix): Record<string, Table> => ({
  indptr: writeTable(folder, "indptr", { numbers: indptr }),
  indices: writeTable(folder, "indices", { numbers: indices }),
  values: writeTable(folder, "values", { numbers: values as Float64Array }),
});

/** The sparse matrix of a job; null if its rows are dense. */
export function readSparse(job: Job): SparseMatrix | null {
  if (job.tables["indptr"] === undefined) return null;
  const columns = job.settings["columns"] as number;
  return sparse(readUint32(job, "indptr"), readUint32(job, "indices"), readFloat64(job, "values"), columns);
}

/** The same rows as a sparse matrix. */
export function withoutZeros({ data, rows, columns }: Matrix): SparseMatrix {
  const [indptr, indices, values]: [number[], number[], number[]] = [[0], [], []];
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      if (data[at] === 0) continue;
      indices.push(j);
      values.push(data[at]!);
    }
    indptr.push(indices.length);
  }
  return sparse(indptr, Uint32Array.from(indices), Float64Array.from(values), columns);
}
