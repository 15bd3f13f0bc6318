// NumPy's random numbers and a few of its functions, so that the programs start with the articles' own numbers.
import { type Matrix, matrix, type Random, takeRows } from "downhill";
import { random } from "numpy-ts";

/** The parts of NumPy's legacy random numbers (np.random.seed) that the programs use. They cannot be forked into independent streams. */
export type NumpyRandom = Omit<Random, "fork" | "integers">;

let streams = 0; // numpy-ts, like NumPy, has one generator for all: only the stream that was seeded last may draw

/**
 * The random numbers after np.random.seed(seed). They are drawn one at a time: np.random.randn(2, 3) is six calls of
 * `normal`, row by row.
 *
 * @throws Error when a number is drawn after another stream was seeded
 */
export function numpyRandom(seed: number): NumpyRandom {
  random.seed(seed);
  streams++;
  const own = streams;
  function generator(): typeof random {
    if (own === streams) return random;
    throw new Error(
      "numpyRandom: this stream can draw no more numbers, because another stream was seeded after it. " +
        "Draw all numbers from one stream before you seed the next.",
    );
  }
  return {
    uniform: () => generator().rand() as number,
    normal: () => generator().randn() as number,
    permutation: (n) => Uint32Array.from(generator().permutation(n).data as Float64Array),
  };
}

/** `count` standard normal numbers, multiplied by `scale`. */
export const normals = (random: NumpyRandom, count: number, scale = 1): Float64Array =>
  Float64Array.from({ length: count }, () => scale * random.normal());

/** `count` evenly spaced numbers, including both ends: np.linspace. */
export function linspace(from: number, to: number, count: number): Float64Array {
  const spacing = (to - from) / (count - 1);
  const values = Float64Array.from({ length: count }, (_, i) => i * spacing + from);
  values[count - 1] = to;
  return values;
}

/** The transpose of a table of rows × columns numbers, both stored row by row: np.transpose. */
export function transposed(table: Float64Array, rows: number, columns: number): Float64Array {
  return table.map((_, at) => table[(at % rows) * columns + Math.floor(at / rows)]!);
}

export interface Blobs {
  readonly X: Matrix;
  /** Class of each row, from 0. */
  readonly y: Uint32Array;
}

/**
 * Round clouds of points in the plane, one cloud per class: scikit-learn's make_blobs with two features. It draws first
 * the centers, uniformly from [−10, 10), then the points of each center, then one permutation of all rows.
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
