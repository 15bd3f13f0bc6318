import { InputRangeError, InputTypeError } from "../../core/check.ts";
import type { Vector } from "../../core/vector.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { averagingFraction, averagingFrom } from "../state/averaging.ts";
import { recordBatch } from "../state/progress.ts";
import { diverged, type Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import type { FullObjective } from "./fullObjective.ts";

/**
 * Makes a function that does the next update of a run, params −= learning rate · direction, and updates the average of the
 * parameters. It returns the objective on the update's batch, before the update.
 *
 * @throws TypeError for l1 with an optimizer that has no gain; DivergenceError when a value is not finite
 */
export function bindUpdate(
  run: Run,
  optimizer: Optimizer,
  settings: Settings,
  fullObjective: FullObjective,
): () => number {
  const { kernels, objective, evaluateBatch, params, kept, gradient, sparse, progress } = run;
  const { proximal, touched } = objective;
  const { gain } = optimizer;
  const { examples, rowsPerBatch, rowsPerEpoch, average, countOfUpdate } = settings;
  const size = params.length;
  if (proximal && gain === undefined) {
    throw new InputTypeError(
      "train: optimizer must have a gain when l1 > 0, got one without. Use automatic, plain, momentum or nesterov, without clipping.",
    );
  }
  if (objective.needsSparse && !sparse) {
    throw new InputTypeError(
      `train: batchSize must be at most ${Math.min(objective.blockRows, examples - 1)} with plain, and l2 of the risk 0, if the ` +
        `terms have different learning rates, got ${settings.full ? '"full"' : rowsPerBatch}. Use batches and plain(0.01), for example.`,
    );
  }
  const batch = { order: run.order, from: 0, to: 0 };
  const rewrite = optimizer.bind({
    params,
    gradient,
    memory: run.slots,
    scalars: run.scalars,
    kernels,
    ...(run.metric && { metric: run.metric }),
    ...(run.hingeSteps && { hingeStep: () => run.hingeSteps!.step(params, progress.widths, gradient) }),
    shrinks: proximal !== undefined,
    evaluate: (at: Vector, out: Vector) => evaluateBatch(at, batch, out),
  });
  const averageFrom = averagingFrom(average);

  const sums = optimizer.rate !== undefined && objective.meanGradient === true; // `descend` then divides by the number of rows

  return () => {
    batch.from = progress.position;
    batch.to = Math.min(batch.from + rowsPerBatch, rowsPerEpoch);
    const count = batch.to - batch.from;
    const known = fullObjective.atParams();
    const value =
      known ?? (sparse ? objective.add(params, batch, gradient) / count : evaluateBatch(params, batch, gradient, sums));
    if (!Number.isFinite(value)) throw diverged(run, `the loss became ${value}`);
    if (sparse && batch.from === 0) kept.set(params);
    const rate = rewrite(progress.t + 1, value);
    if (!(rate > 0 && rate < Infinity)) throwInvalidRate(run, rate, optimizer);
    if (sparse) {
      const { starts, count: pieces, width, rateTerms } = touched!(batch);
      kernels.descendAt(params.byteOffset, gradient.byteOffset, starts, pieces, width, rate / count, rateTerms);
    } else {
      const factor = sums && known === undefined ? 1 / count : 1;
      kernels.descend(params.byteOffset, kept.byteOffset, gradient.byteOffset, size, rate, factor);
      if (!run.metric?.measured) proximal?.(params, rate * gain!);
    }
    progress.t += countOfUpdate;
    progress.learningRate = rate;
    if (progress.epoch >= averageFrom) {
      const fraction = averagingFraction(average!.weight, ++progress.averaged);
      kernels.approach(run.average!.byteOffset, params.byteOffset, size, fraction);
    }
    recordBatch(progress, value, count);
    return value;
  };
}

/** The cause is the schedule, or a gradient that is not finite or whose squares are not finite numbers above 0. */
function throwInvalidRate(run: Run, rate: number, { fullBatch, name }: Optimizer): never {
  if (!Number.isFinite(run.kernels.maxAbsolute(run.gradient.byteOffset, run.gradient.length))) {
    throw diverged(run, "the gradient is not finite");
  }
  if (fullBatch || name === "dog") {
    throw new InputRangeError(
      "train: the squares of gradients and steps must be finite numbers above 0, because the learning rate is computed " +
        `from them, got a learning rate of ${rate}. Multiply the data, or the objective and its parameters, by a constant, ` +
        "or lower a large penalty.",
    );
  }
  throw new InputRangeError(
    `train: learning rate must be a finite number above 0, got ${rate} for update ${run.progress.t + 1}. ` +
      "Correct the schedule, or end the run before this update.",
  );
}
