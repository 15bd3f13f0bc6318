// A neural network with 32 hidden units on three clouds of points. It is trained with mini-batches of 64 rows; each epoch
// has its own random row order.
import { type FittedClassifier, type NetworkClassifierOptions, networkClassifier, plain } from "downhill";
import { type Blobs, makeBlobs, normals, numpyRandom, transposed } from "./numpy.ts";
import { plottedCrossEntropy } from "./plottedCrossEntropy.ts";
import type { Program } from "./program.ts";

const hidden = 32;
const classes = 3;
const learningRate = 0.05;
const epochs = 200;

export interface NetworkProgram extends Program<"network"> {
  readonly blobs: Blobs;
  readonly fitted: FittedClassifier;
  /** The row order of each epoch. */
  readonly orders: readonly Uint32Array[];
}

/**
 * Runs the article's program.
 *
 * @param changes  options that differ from the article's; data, start and orders stay the same, epochs at most 200
 */
export function network(changes: NetworkClassifierOptions = {}): NetworkProgram {
  const random = numpyRandom(3);
  const blobs = makeBlobs(random, 450, 3, 1.5);
  const { X, y } = blobs;
  const W1 = normals(random, 2 * hidden, Math.sqrt(2 / 2));
  const W2 = normals(random, hidden * classes, Math.sqrt(2 / hidden));
  const orders = Array.from({ length: epochs }, () => random.permutation(450));

  // The parameters are W and b of each layer. The article's W is inputs × outputs, the library's is outputs × inputs.
  const [b1Start, W2Start, b2Start] = [2 * hidden, 3 * hidden, 3 * hidden + hidden * classes];
  const start = new Float64Array(b2Start + classes);
  start.set(transposed(W1, 2, hidden), 0);
  start.set(transposed(W2, hidden, classes), W2Start);

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
  const fit = model.prepare(X, y, { every: "epoch" });
  for (const step of fit.steps()) {
    fitted = step.fitted();
    losses.push(plottedCrossEntropy(fitted.probabilities(X), y) / classes); // the article averages over rows × classes
  }
  const params = fitted!.params();
  return {
    program: "network",
    epochs: losses.length,
    data: { X: X.data, y },
    start: { W1, b1: new Float64Array(hidden), W2, b2: new Float64Array(classes) },
    params: {
      W1: transposed(params.subarray(0, b1Start), hidden, 2),
      b1: params.slice(b1Start, W2Start),
      W2: transposed(params.subarray(W2Start, b2Start), classes, hidden),
      b2: params.slice(b2Start),
    },
    fit,
    losses: Float64Array.from(losses),
    blobs,
    fitted: fitted!,
    orders,
  };
}
