// A linear support vector machine: two clouds of points, separated by full-batch subgradient descent on the hinge loss and
// an l2 penalty.
import { type FittedLinearClassifier, linearSvm, plain } from "downhill";
import { type Blobs, makeBlobs, numpyRandom } from "./numpy.ts";
import type { Program } from "./program.ts";

const learningRate = 0.01;
const C = 1;
const epochs = 500;

export interface SvmProgram extends Program<"svm"> {
  readonly blobs: Blobs;
  readonly fitted: FittedLinearClassifier;
}

export function svm(): SvmProgram {
  const blobs = makeBlobs(numpyRandom(4), 300, 2, 1.2);
  const { X, y } = blobs;
  const signs = Float64Array.from(y, (label) => 2 * label - 1);

  // The article's objective ½‖w‖² + C · (mean hinge loss) is C times the library's: mean hinge loss + l2/2 ‖w‖² with
  // l2 = 1/C.
  const model = linearSvm({
    optimizer: plain(learningRate * C),
    batchSize: "full",
    epochs,
    l2: 1 / C,
    standardize: false,
    start: new Float64Array(3),
  });
  const losses: number[] = [];
  let params: Float64Array = new Float64Array(3); // before the step
  let fitted: FittedLinearClassifier | undefined;
  const fit = model.prepare(X, y);
  for (const step of fit.steps()) {
    const [w1, w2, b] = [params[0]!, params[1]!, params[2]!];
    const hinges = signs.map((sign, i) => Math.max(0, 1 - sign * (w1 * X.data[2 * i]! + w2 * X.data[2 * i + 1]! + b)));
    losses.push(0.5 * (w1 * w1 + w2 * w2) + (C * hinges.reduce((sum, hinge) => sum + hinge)) / 300);
    fitted = step.fitted();
    params = fitted.params();
  }
  return {
    program: "svm",
    epochs,
    data: { X: X.data, y_binary: y, y: signs },
    start: { w: new Float64Array(2), b: 0 },
    params: { w: params.slice(0, 2), b: params[2]! },
    fit,
    losses: Float64Array.from(losses),
    blobs,
    fitted: fitted!,
  };
}
