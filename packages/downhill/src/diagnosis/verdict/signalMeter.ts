import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import type { Step } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { sharpnessTracker } from "../curvature/sharpness.ts";
import { gradientNoiseTracker } from "./gradientNoise.ts";
import { runContext } from "./runContext.ts";
import type { MeasuredSignals } from "./signals.ts";
import { stableProduct } from "./stability.ts";

const EVERY = 100; // epochs; a measurement takes about as long as two epochs
const FIRST = { sharpness: 50, gradientNoise: 10 }; // the estimate of the sharpness needs several measurements
const SHORT_RUN = 50; // epochs; in fewer, a measurement would take more than a few percent of the time

/**
 * Makes a function that measures the signals that take time, for the `add` of a `signalRecorder`: the sharpness of a network in full
 * batch with `plain`, `momentum` or `nesterov`, and the noise of the gradients in batches with a constant learning rate. Other
 * verdicts do not need them. It measures the sharpness in the epochs 50, 150, 250, …, and the noise in the epochs 10, 110, 210, … of
 * runs of at least 50 epochs, so it takes about 2 % of the time of the training. Its memory is a copy of the data.
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, signalMeter, signalRecorder, train } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 4, 5)) });
 * const recorder = signalRecorder();
 * const measure = signalMeter(problem, plain(0.1), { batchSize: 1 });
 * for (const step of train(problem, plain(0.1), { batchSize: 1, epochs: 60 })) recorder.add(step, measure(step));
 * recorder.trace[9]!.signalToNoise! < 1; // true: near the optimum, the gradient of one row is mostly noise
 * ```
 */
export function signalMeter(
  problem: Problem,
  optimizer: Optimizer,
  options: TrainOptions = {},
): (step: Step) => MeasuredSignals {
  const { shape, batchRows, examples } = runContext(problem, optimizer, options);
  const { seed = 0, epochs = Infinity } = options;
  const order = options.order === "replacement" ? "replacement" : "shuffled";
  const isFull = batchRows >= examples;
  const hasSharpness = isFull && shape === "other" && stableProduct(optimizer.spec) !== undefined;
  const hasNoise = !isFull && typeof optimizer.spec?.["rate"] === "number" && epochs >= SHORT_RUN;
  const first = hasSharpness ? FIRST.sharpness : FIRST.gradientNoise;
  let tracker: ((step: Step) => MeasuredSignals) | undefined;

  function makeTracker(): (step: Step) => MeasuredSignals {
    if (hasSharpness) {
      const sharpness = sharpnessTracker(problem, { seed });
      return ({ params }) => ({ sharpness: sharpness(params) });
    }
    const noiseAt = gradientNoiseTracker(problem, { batchSize: batchRows, order, seed });
    return ({ solution }) => {
      const { noise, signalToNoise } = noiseAt(solution);
      return { gradientNoise: noise, signalToNoise };
    };
  }

  return (step) => {
    if (!(hasSharpness || hasNoise) || !step.endOfEpoch || step.epoch % EVERY !== first) return {};
    tracker ??= makeTracker();
    return tracker(step);
  };
}
