// Logistic regression: two clouds of points, separated by full-batch gradient descent on the cross-entropy.
import { type FittedLinearClassifier, logisticRegression, matrix, plain } from "downhill";
import { type Blobs, makeBlobs, numpyRandom } from "./numpy.ts";
import { plottedCrossEntropy } from "./plottedCrossEntropy.ts";
import type { Program } from "./program.ts";

const learningRate = 0.2;
const epochs = 300;

export interface LogisticProgram extends Program<"logistic"> {
  readonly blobs: Blobs;
  readonly fitted: FittedLinearClassifier;
}

export function logistic(): LogisticProgram {
  const blobs = makeBlobs(numpyRandom(1), 300, 2, 1.2);
  const { X, y } = blobs;

  const model = logisticRegression({
    optimizer: plain(learningRate),
    batchSize: "full",
    epochs,
    l2: 0,
    standardize: false,
    start: new Float64Array(3),
  });
  const losses: number[] = [];
  let p = matrix(new Float64Array(300 * 2).fill(1 / 2), 300, 2); // before the first step all probabilities are ½
  let fitted: FittedLinearClassifier | undefined;
  const fit = model.prepare(X, y);
  for (const step of fit.steps()) {
    losses.push(plottedCrossEntropy(p, y));
    fitted = step.fitted();
    p = fitted.probabilities(X);
  }
  const params = fitted!.params();
  return {
    program: "logistic",
    epochs,
    data: { X: X.data, y },
    start: { w: new Float64Array(2), b: 0 },
    params: { w: params.slice(0, 2), b: params[2]! },
    fit,
    losses: Float64Array.from(losses),
    blobs,
    fitted: fitted!,
  };
}
