// A neural network with 32 hidden units: three clouds of points, by mini-batches of 64 rows in an order drawn anew for
// each epoch.
import { type FittedClassifier, type NetworkClassifierOptions, networkClassifier, plain } from "downhill";
import { type Blobs, makeBlobs, normals, numpyRandom } from "./numpy.ts";
import { plottedCrossEntropy } from "./plottedCrossEntropy.ts";
import type { Program } from "./program.ts";
import { transposed } from "./transposed.ts";

const hidden = 32;
const classes = 3;
const learningRate = 0.05;
const epochs = 200;

export interface NetworkProgram extends Program<"network"> {
  readonly blobs: Blobs;
  readonly fitted: FittedClassifier;
  /** The visiting order of each epoch. */
  readonly orders: readonly Uint32Array[];
}

/** @param changes  options to run otherwise than the article (no more epochs), on the same data, start and orders */
export function network(changes: NetworkClassifierOptions = {}): NetworkProgram {
  const random = numpyRandom(3);
  const blobs = makeBlobs(random, 450, 3, 1.5);
  const { X, y } = blobs;
  const W1 = normals(random, 2 * hidden, Math.sqrt(2 / 2));
  const W2 = normals(random, hidden * classes, Math.sqrt(2 / hidden));
  const orders = Array.from({ length: epochs }, () => random.permutation(450));

  // Layer by layer W and b. The article's W is inputs × outputs, the library's outputs × inputs.
  const [b1, W2at, b2] = [2 * hidden, 3 * hidden, 3 * hidden + hidden * classes];
  const start = new Float64Array(b2 + classes);
  start.set(transposed(W1, 2, hidden), 0);
  start.set(transposed(W2, hidden, classes), W2at);

  const model = networkClassifier({
    hidden: [hidden],
    optimizer: plain(learningRate),
    batchSize: 64,
    epochs,
    l2: 0,
    standardize: false,
    start,
    order: (epoch) => orders[epoch]!,
    trace: "running",
    ...changes,
  });
  const losses: number[] = [];
  let fitted: FittedClassifier | undefined;
  for (const step of model.train(X, y, { every: "epoch" })) {
    fitted = step.fitted();
    losses.push(plottedCrossEntropy(fitted.probabilities(X), y) / classes); // the article's mean runs over rows × classes
  }
  const params = fitted!.params();
  return {
    program: "network",
    epochs: losses.length,
    data: { X: X.data, y },
    start: { W1, b1: new Float64Array(hidden), W2, b2: new Float64Array(classes) },
    params: {
      W1: transposed(params.subarray(0, b1), hidden, 2),
      b1: params.slice(b1, W2at),
      W2: transposed(params.subarray(W2at, b2), classes, hidden),
      b2: params.slice(b2),
    },
    losses: Float64Array.from(losses),
    blobs,
    fitted: fitted!,
    orders,
  };
}
