// The first article's program: a line through 100 noisy points, fitted by full-batch gradient descent on the mean squared
// error.
import { type FittedLinearRegression, linearRegression, matrix, meanSquaredError, plain } from "downhill";
import { linspace, numpyRandom } from "./numpy.ts";
import type { Program } from "./program.ts";

export interface LineProgram extends Program<"line"> {
  readonly fitted: FittedLinearRegression;
  /** The parameters before each step and after the last. */
  readonly path: { readonly m: readonly number[]; readonly b: readonly number[] };
}

export interface LineOptions {
  readonly learningRate?: number;
  readonly epochs?: number;
  /** [m, b] */
  readonly start?: readonly [number, number];
}

/** Runs the article's program. The options change the learning rate, the epochs or the start, but not the points. */
export function line({ learningRate = 0.01, epochs = 1000, start = [0, 0] }: LineOptions = {}): LineProgram {
  const random = numpyRandom(0);
  const x = linspace(0, 10, 100);
  const y = x.map((x) => 2.5 * x + random.normal() * 2);

  // The article minimises the mean of e², the library the mean of ½e². So the library needs twice the learning rate for
  // the same step.
  const model = linearRegression({
    optimizer: plain(2 * learningRate),
    batchSize: "full",
    epochs,
    l2: 0,
    standardize: false,
    start: Float64Array.from(start),
  });
  const losses: number[] = [];
  const path = { m: [start[0]], b: [start[1]] };
  let fitted: FittedLinearRegression | undefined;
  const fit = model.prepare(matrix(x, 100, 1), y);
  for (const step of fit.steps()) {
    const [m, b] = [path.m.at(-1)!, path.b.at(-1)!]; // before the step
    const predictions = x.map((x) => m * x + b);
    losses.push(meanSquaredError(predictions, y));
    path.m.push(step.params[0]!);
    path.b.push(step.params[1]!);
    if (step.stopped === null) continue;
    fitted = step.fitted();
    break; // a run that diverges would throw after its last step; the page shows such a run
  }
  return {
    program: "line",
    epochs,
    data: { X: x, y },
    start: { m: start[0], b: start[1] },
    params: { m: path.m.at(-1)!, b: path.b.at(-1)! },
    fit,
    losses: Float64Array.from(losses),
    fitted: fitted!,
    path,
  };
}
