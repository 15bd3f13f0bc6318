import { requireKnown, requireNonNegative, requireSize } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import { type Seed, seeded } from "./seeded.ts";

/** Points with classes: row i of X has class y[i]. */
export interface Labelled {
  /** The points, one per row. */
  readonly X: Matrix;
  /** The class of each row, from 0. */
  readonly y: Uint32Array;
}

/** Options of the generators of points in the plane. */
export interface PlaneOptions {
  /** Number of points, at least one per class. */
  readonly n?: number;
  /** Standard deviation of the normal noise on both coordinates, ≥ 0; the function has the default. */
  readonly noise?: number;
  /** Seed of the random numbers, a whole number, or a stream of `random(seed)` to draw from [0]. */
  readonly seed?: Seed;
}

interface Figure {
  readonly functionName: string;
  readonly classes: number;
  /** The point of class `label` without noise. `share` is (j + ½)/m for point j of the m points of the class. */
  readonly pointAt: (label: number, share: number, draw: Random) => readonly [x: number, y: number];
}

/**
 * n points in the plane: row i is a point of class i mod K plus normal noise.
 *
 * @param others  options that are not known; there must be none
 */
export function scatter(
  { functionName, classes, pointAt }: Figure,
  { n, noise, seed }: Required<PlaneOptions>,
  others: object,
  known: readonly string[] = [],
): Labelled {
  requireKnown(functionName, others, ["n", "noise", "seed", ...known]);
  requireSize(functionName, "n", n, classes);
  requireNonNegative(functionName, "noise", noise);
  const draw = seeded(seed, functionName);
  const data = new Float64Array(2 * n);
  const y = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const label = i % classes;
    const members = Math.ceil((n - label) / classes);
    const point = pointAt(label, (Math.floor(i / classes) + 0.5) / members, draw);
    data[2 * i] = point[0] + noise * draw.normal();
    data[2 * i + 1] = point[1] + noise * draw.normal();
    y[i] = label;
  }
  return { X: { data, rows: n, columns: 2 }, y };
}
