import { random, type SparseMatrix, sparse } from "downhill";

/**
 * Rows with the shape of RCV1, a collection of news: about 75 of 47,152 columns have a number that is not 0, few columns are in most
 * rows and most columns in few, and the squares of a row add up to 1. The labels are those of a plane with noise.
 */
export function textLikeRows(rows: number, columns: number): { X: SparseMatrix; y: Float64Array } {
  const draw = random(20).fork("text");
  const effects = Float64Array.from({ length: columns }, () => draw.normal());
  const [indptr, indices, values]: [number[], number[], number[]] = [[0], [], []];
  const y = Float64Array.from({ length: rows }, () => {
    const words = new Set<number>();
    for (const most = 20 + Math.floor(110 * draw.uniform()); words.size < most; ) {
      words.add(Math.min(columns - 1, Math.floor((columns + 1) ** draw.uniform()) - 1)); // its share falls like 1 / column
      words.add(Math.floor(draw.uniform() ** 3 * columns));
    }
    const row = [...words].sort((a, b) => a - b);
    const sizes = row.map((j) => (1 + Math.floor(3 * draw.uniform() ** 3)) * Math.log(2 + j / 50));
    const length = Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0));
    let z = 0.5 * draw.normal();
    row.forEach((j, at) => {
      indices.push(j);
      values.push(sizes[at]! / length);
      z += (effects[j]! * sizes[at]!) / length;
    });
    indptr.push(indices.length);
    return z > 0 ? 1 : -1;
  });
  return { X: sparse(Uint32Array.from(indptr), Uint32Array.from(indices), Float64Array.from(values), columns), y };
}
