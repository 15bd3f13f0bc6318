// Linear regression: a line through 200 noisy points, fitted by full-batch gradient descent on half the mean squared
// error.
import { type FittedLinearRegression, linearRegression, matrix, meanSquaredError, plain } from "downhill";
import { linspace, numpyRandom } from "./numpy.ts";
import type { Program } from "./program.ts";

const learningRate = 0.05;
const epochs = 200;

export interface LinearProgram extends Program<"linear"> {
  readonly fitted: FittedLinearRegression;
}

export function linear(): LinearProgram {
  const random = numpyRandom(0);
  const x = linspace(-3, 3, 200);
  const y = x.map((x) => 2 * x - 0.3 + 0.7 * random.normal());

  const model = linearRegression({
    optimizer: plain(learningRate),
    batchSize: "full",
    epochs,
    l2: 0,
    standardize: false,
    stop: { gradient: 0 }, // the article runs all 200 epochs; the default rule would stop earlier
    start: Float64Array.of(0, 0),
  });
  const losses: number[] = [];
  let [w, b] = [0, 0]; // the article plots the loss before each step
  let fitted: FittedLinearRegression | undefined;
  const fit = model.prepare(matrix(x, 200, 1), y);
  for (const step of fit.steps()) {
    const predictions = x.map((x) => w * x + b);
    losses.push(meanSquaredError(predictions, y) / 2);
    [w, b] = [step.params[0]!, step.params[1]!];
    if (step.stopped) fitted = step.fitted();
  }
  return {
    program: "linear",
    epochs,
    data: { X: x, y },
    start: { w: 0, b: 0 },
    params: { w, b },
    fit,
    losses: Float64Array.from(losses),
    fitted: fitted!,
  };
}
