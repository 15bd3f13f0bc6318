import { random } from "../src/core/random.ts";
import { type SparseMatrix, sparse } from "../src/core/sparse.ts";
import type { ElementType } from "../src/core/vector.ts";

/** Random rows with about `filled` of their numbers; every seventh row has none. */
export function randomSparse(
  rows: number,
  columns: number,
  filled: number,
  seed: number,
  elementType: ElementType = "float64",
): SparseMatrix {
  const stream = random(seed);
  const [indptr, indices, values]: [number[], number[], number[]] = [[0], [], []];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (i % 7 === 3 || stream.uniform() >= filled) continue;
      indices.push(j);
      values.push(stream.normal());
    }
    indptr.push(indices.length);
  }
  return sparse(indptr, indices, elementType === "float32" ? Float32Array.from(values) : values, columns);
}
