// Seconds per full-batch update for growing numbers of rows, features and classes. This program prints JSON.
import { crossEntropy, dense, linear, logistic, matrix, plain, risk, train } from "downhill";

export interface Point {
  /** Number of rows, features or classes. */
  readonly size: number;
  readonly dataBytes: number;
  /** The lowest of several times of an update, which computes loss and gradient. */
  readonly seconds: number;
}

export type Dimension = "rows" | "features" | "classes";

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
}

const SECONDS_PER_SIZE = 0.3;
const MIN_UPDATES = 2;
const MAX_UPDATES = 200;

/** Ten sizes from last / 1000 to last, in a geometric sequence. */
const sizesUpTo = (last: number): number[] =>
  Array.from({ length: 10 }, (_, i) => Math.round(last / 1000 ** ((9 - i) / 9)));

/** Numbers in (−1, 1) from a fast generator; the time of an update does not depend on them. */
function numbers(count: number): Float64Array {
  const all = new Float64Array(count);
  for (let i = 0, state = 1; i < count; i++) {
    state = Math.imul(state, 0x915f77f5);
    all[i] = state / 2 ** 31;
  }
  return all;
}

function secondsPerUpdate(data: Float64Array, { rows, columns, classes }: Shape): number {
  const X = matrix(data.subarray(0, rows * columns), rows, columns);
  const targets = Float64Array.from({ length: rows }, (_, i) => (classes === 2 ? 2 * (i % 2) - 1 : i % classes));
  const problem = risk({
    predictor: linear(columns, classes === 2 ? 1 : classes),
    loss: classes === 2 ? logistic() : crossEntropy(classes),
    inputs: dense(X),
    targets: dense(matrix(targets, rows, 1)),
  });
  const epochs = MAX_UPDATES + 1;
  const updates = train(problem, plain(1e-3), { epochs, trace: "running", every: "epoch" });
  updates.next(); // the first update also copies the data
  let lowest = Infinity; // other processes only make an update slower
  for (let elapsed = 0, t = 0; t < MIN_UPDATES || (elapsed < SECONDS_PER_SIZE && t < MAX_UPDATES); t++) {
    const began = performance.now();
    updates.next();
    const seconds = (performance.now() - began) / 1000;
    lowest = Math.min(lowest, seconds);
    elapsed += seconds;
  }
  return lowest;
}

function measure(quick: boolean): Record<Dimension, Point[]> {
  const maxNumbers = quick ? 4e5 : 2e8;
  const data = numbers(maxNumbers);
  const point = (size: number, shape: Shape): Point => ({
    size,
    dataBytes: 8 * shape.rows * shape.columns,
    seconds: secondsPerUpdate(data, shape),
  });
  const [columns, rows, classRows] = quick ? [10, 40, 40] : [100, 20_000, 85_000];
  return {
    rows: sizesUpTo(maxNumbers / columns).map((size) => point(size, { rows: size, columns, classes: 2 })),
    features: sizesUpTo(maxNumbers / rows).map((size) => point(size, { rows, columns: size, classes: 2 })),
    classes: sizesUpTo(3000).map((size) => point(size, { rows: classRows, columns, classes: size })),
  };
}

process.stdout.write(JSON.stringify(measure(process.argv[2] === "quick")));
