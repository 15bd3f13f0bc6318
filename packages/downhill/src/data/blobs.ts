import { InputRangeError, requireKnown, requireNonNegative, requireSize, show } from "../core/check.ts";
import { type Matrix, matrixFromRows } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import type { Labelled } from "./scatter.ts";
import { type Seed, seeded } from "./seeded.ts";

/** Options of `blobs`. */
export interface BlobsOptions {
  /** Number of points, at least one per center [150]. */
  readonly n?: number;
  /** Number of centers, which are then drawn uniformly from [−10, 10) in each feature; or the centers, one row per class [3]. */
  readonly centers?: number | readonly (readonly number[])[];
  /** Standard deviation of each feature around its center, ≥ 0 [1]. */
  readonly spread?: number;
  /** Number of columns of X [2, or that of `centers`]. */
  readonly features?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

/**
 * Points around K centers: x = center(y) + spread · ε, with ε standard normal in each feature. Row i has class i mod K.
 *
 * @returns X: n × features; y: classes 0 … K − 1; centers: K × features
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { blobs } from "downhill";
 *
 * const { X, y } = blobs({ n: 6, centers: [[0, 0], [5, 5]], spread: 0.1, seed: 1 });
 * y; // [0, 1, 0, 1, 0, 1]
 * X.rows; // 6
 * ```
 */
export function blobs({
  n = 150,
  centers = 3,
  spread = 1,
  features,
  seed = 0,
  ...others
}: BlobsOptions = {}): Labelled & {
  /** K × features: the centers. */
  centers: Matrix;
} {
  const functionName = "blobs";
  requireKnown(functionName, others, ["n", "centers", "spread", "features", "seed"]);
  requireNonNegative(functionName, "spread", spread);
  const draw = seeded(seed, functionName);
  const centerRows = typeof centers === "number" ? drawCenters(centers, features ?? 2, draw) : matrixFromRows(centers);
  const { rows: classes, columns } = centerRows;
  if (features !== undefined && features !== columns) {
    throw new InputRangeError(
      `${functionName}: features must be the number of coordinates of a center (${columns}), got ${show(features)}. Leave out features.`,
    );
  }
  requireSize(functionName, "n", n, classes);
  const data = new Float64Array(n * columns);
  const y = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const label = i % classes;
    y[i] = label;
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = centerRows.data[label * columns + j]! + spread * draw.normal();
    }
  }
  return { X: { data, rows: n, columns }, y, centers: centerRows };
}

function drawCenters(rows: number, columns: number, draw: Random): Matrix {
  requireSize("blobs", "centers", rows);
  requireSize("blobs", "features", columns);
  return { data: Float64Array.from({ length: rows * columns }, () => 20 * draw.uniform() - 10), rows, columns };
}
