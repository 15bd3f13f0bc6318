// NumPy's random stream and two of its recipes, so that the programs begin with the articles' own numbers.
import { type Matrix, matrix, type Random, takeRows } from "downhill";
import { random } from "numpy-ts";

/** NumPy's legacy stream (np.random.seed); it has no forks. */
export type NumpyRandom = Omit<Random, "fork">;

let seeded = 0; // numpy-ts, like NumPy, keeps one stream for all: drawing from an earlier one would mix them up

/**
 * The stream after np.random.seed(seed). Draws come one at a time: np.random.randn(2, 3) is six times `normal`, row by row.
 *
 * @throws Error when it is drawn from after another stream was seeded
 */
export function numpyRandom(seed: number): NumpyRandom {
  random.seed(seed);
  seeded++;
  const own = seeded;
  function stream(): typeof random {
    if (own === seeded) return random;
    throw new Error(
      "numpyRandom: a stream must be the one seeded last, got an earlier one. Finish one before seeding another.",
    );
  }
  return {
    uniform: () => stream().rand() as number,
    normal: () => stream().randn() as number,
    permutation: (n) => Uint32Array.from(stream().permutation(n).data as Float64Array),
  };
}

/** So many standard normal numbers, scaled. */
export const normals = (random: NumpyRandom, count: number, scale = 1): Float64Array =>
  Float64Array.from({ length: count }, () => scale * random.normal());

/** `count` numbers at even distances, both ends included: np.linspace. */
export function linspace(from: number, to: number, count: number): Float64Array {
  const distance = (to - from) / (count - 1);
  const values = Float64Array.from({ length: count }, (_, i) => i * distance + from);
  values[count - 1] = to;
  return values;
}

export interface Blobs {
  readonly X: Matrix;
  /** Class of each row, from 0. */
  readonly y: Uint32Array;
}

/**
 * Round clouds of points in the plane, one per class: scikit-learn's make_blobs with two features, whose draws are
 * the centers, uniform in [−10, 10); then each center's points; then one shuffle of all rows.
 */
export function makeBlobs(random: NumpyRandom, rows: number, centers: number, deviation: number): Blobs {
  const middle = Float64Array.from({ length: 2 * centers }, () => -10 + 20 * random.uniform());
  const each = rows / centers;
  const data = Float64Array.from(
    { length: 2 * rows },
    (_, at) => middle[2 * Math.floor(at / (2 * each)) + (at % 2)]! + deviation * random.normal(),
  );
  const order = random.permutation(rows);
  return { X: takeRows(matrix(data, rows, 2), order), y: order.map((row) => Math.floor(row / each)) };
}
