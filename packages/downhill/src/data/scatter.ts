import { requireKnown, requireNonNegative, requireSize } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import { type Seed, seeded } from "./seeded.ts";

/** Labelled points: row i of X belongs to class y[i]. */
export interface Labelled {
  readonly X: Matrix;
  readonly y: Uint32Array;
}

/** What every generator of points in the plane takes. */
export interface PlaneOptions {
  /** Points, at least one per class. */
  readonly n?: number;
  /** Standard deviation of the normal noise on both coordinates, ≥ 0. */
  readonly noise?: number;
  readonly seed?: Seed;
}

interface Figure {
  readonly functionName: string;
  readonly classes: number;
  /** The clean point of a class at a share of its figure; shares are (j + ½)/m for j = 0 … m−1. */
  readonly place: (label: number, share: number, draw: Random) => readonly [x: number, y: number];
}

/**
 * n points in the plane, row i of class i mod K: the place on the class's figure plus normal noise.
 *
 * @param others  options that nobody took; there must be none
 */
export function scatter(
  { functionName, classes, place }: Figure,
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
    const point = place(label, (Math.floor(i / classes) + 0.5) / members, draw);
    data[2 * i] = point[0] + noise * draw.normal();
    data[2 * i + 1] = point[1] + noise * draw.normal();
    y[i] = label;
  }
  return { X: { data, rows: n, columns: 2 }, y };
}
