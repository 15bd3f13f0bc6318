// Seconds per full-batch update as rows, features and classes grow: a program of its own, which prints JSON.
import { crossEntropy, dense, linear, logistic, matrix, plain, risk, train } from "downhill";

export interface Point {
  /** Rows, features or classes. */
  readonly size: number;
  readonly dataBytes: number;
  /** Of an update, with its value and gradient: the least of several. */
  readonly seconds: number;
}

export type Growing = "rows" | "features" | "classes";

const SECONDS = 0.3; // of updates per size
const FEWEST_UPDATES = 2;
const MOST_UPDATES = 200;

/** Ten sizes of equal ratio over three decades, the last of them given. */
const upTo = (last: number): number[] => Array.from({ length: 10 }, (_, i) => Math.round(last / 1000 ** ((9 - i) / 9)));

/** Numbers in (−1, 1) from a multiplicative generator: what they are costs nothing and changes no time. */
function numbers(count: number): Float64Array {
  const all = new Float64Array(count);
  for (let at = 0, state = 1; at < count; at++) {
    state = Math.imul(state, 0x915f77f5);
    all[at] = state / 2 ** 31;
  }
  return all;
}

function secondsPerUpdate(data: Float64Array, rows: number, columns: number, classes: number): number {
  const X = matrix(data.subarray(0, rows * columns), rows, columns);
  const targets = Float64Array.from({ length: rows }, (_, i) => (classes === 2 ? 2 * (i % 2) - 1 : i % classes));
  const problem = risk({
    predictor: linear(columns, classes === 2 ? 1 : classes),
    loss: classes === 2 ? logistic() : crossEntropy(classes),
    inputs: dense(X),
    targets: dense(matrix(targets, rows, 1)),
  });
  const epochs = MOST_UPDATES + 1;
  const updates = train(problem, plain(1e-3), { epochs, trace: "running", every: "epoch" });
  updates.next(); // binds the data
  let least = Infinity; // other work on the machine only adds
  for (let spent = 0, t = 0; t < FEWEST_UPDATES || (spent < SECONDS && t < MOST_UPDATES); t++) {
    const began = performance.now();
    updates.next();
    const seconds = (performance.now() - began) / 1000;
    least = Math.min(least, seconds);
    spent += seconds;
  }
  return least;
}

function grow(quick: boolean): Record<Growing, Point[]> {
  const most = quick ? 4e5 : 2e8; // numbers
  const data = numbers(most);
  const point = (size: number, rows: number, columns: number, classes: number): Point => {
    const seconds = secondsPerUpdate(data, rows, columns, classes);
    return { size, dataBytes: 8 * rows * columns, seconds };
  };
  const [columns, rows, classRows] = quick ? [10, 40, 40] : [100, 20_000, 85_000];
  return {
    rows: upTo(most / columns).map((n) => point(n, n, columns, 2)),
    features: upTo(most / rows).map((d) => point(d, rows, d, 2)),
    classes: upTo(3000).map((k) => point(k, classRows, columns, k)),
  };
}

process.stdout.write(JSON.stringify(grow(process.argv[2] === "quick")));
