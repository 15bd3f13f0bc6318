// Softmax regression: three clouds of points, separated by full-batch gradient descent on the cross-entropy.
import { type FittedLinearClassifier, matrix, plain, softmaxRegression } from "downhill";
import { type Blobs, makeBlobs, numpyRandom, transposed } from "./numpy.ts";
import { plottedCrossEntropy } from "./plottedCrossEntropy.ts";
import type { Program } from "./program.ts";

const learningRate = 0.2;
const epochs = 300;

export interface SoftmaxProgram extends Program<"softmax"> {
  readonly blobs: Blobs;
  readonly fitted: FittedLinearClassifier;
}

export function softmax(): SoftmaxProgram {
  const blobs = makeBlobs(numpyRandom(2), 450, 3, 1.5);
  const { X, y } = blobs;

  const model = softmaxRegression({
    optimizer: plain(learningRate),
    batchSize: "full",
    epochs,
    l2: 0,
    standardize: false,
    start: new Float64Array(9),
  });
  const losses: number[] = [];
  let p = matrix(new Float64Array(450 * 3).fill(1 / 3), 450, 3); // before the first step all probabilities are ⅓
  let fitted: FittedLinearClassifier | undefined;
  const fit = model.prepare(X, y);
  for (const step of fit.steps()) {
    losses.push(plottedCrossEntropy(p, y));
    fitted = step.fitted();
    p = fitted.probabilities(X);
  }
  const params = fitted!.params(); // the article's W is features × classes, the library's is classes × features
  return {
    program: "softmax",
    epochs,
    data: { X: X.data, y },
    start: { W: new Float64Array(6), b: new Float64Array(3) },
    params: { W: transposed(params.subarray(0, 6), 3, 2), b: params.slice(6) },
    fit,
    losses: Float64Array.from(losses),
    blobs,
    fitted: fitted!,
  };
}
