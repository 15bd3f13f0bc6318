import { InputRangeError, requireKnown, requireNonNegative, requireSize, show } from "../core/check.ts";
import { type Matrix, matrixFromRows } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import type { Labelled } from "./scatter.ts";
import { type Seed, seeded } from "./seeded.ts";

export interface BlobsOptions {
  /** Points, at least one per center. */
  readonly n?: number;
  /** How many centers to draw, uniform in [−10, 10) per feature; or their coordinates, one row per class. */
  readonly centers?: number | readonly (readonly number[])[];
  /** Standard deviation of every feature around its center, ≥ 0. */
  readonly spread?: number;
  /** Columns of X; 2, or as many as the given coordinates have. */
  readonly features?: number;
  readonly seed?: Seed;
}

/**
 * Normal clouds around centers: x = center(y) + spread · ε, ε standard normal per feature.
 *
 * @returns X n × features, y 0 … K−1, centers K × features; row i has class i mod K
 */
export function blobs({
  n = 150,
  centers = 3,
  spread = 1,
  features,
  seed = 0,
  ...others
}: BlobsOptions = {}): Labelled & { centers: Matrix } {
  const functionName = "blobs";
  requireKnown(functionName, others, ["n", "centers", "spread", "features", "seed"]);
  requireNonNegative(functionName, "spread", spread);
  const draw = seeded(seed, functionName);
  const middles = typeof centers === "number" ? drawCenters(centers, features ?? 2, draw) : matrixFromRows(centers);
  const { rows: classes, columns } = middles;
  if (features !== undefined && features !== columns) {
    throw new InputRangeError(
      `${functionName}: features must be the number of coordinates of a center (${columns}), got ${show(features)}. Leave it out.`,
    );
  }
  requireSize(functionName, "n", n, classes);
  const data = new Float64Array(n * columns);
  const y = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const label = i % classes;
    y[i] = label;
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = middles.data[label * columns + j]! + spread * draw.normal();
    }
  }
  return { X: { data, rows: n, columns }, y, centers: middles };
}

function drawCenters(rows: number, columns: number, draw: Random): Matrix {
  requireSize("blobs", "centers", rows);
  requireSize("blobs", "features", columns);
  return { data: Float64Array.from({ length: rows * columns }, () => 20 * draw.uniform() - 10), rows, columns };
}
