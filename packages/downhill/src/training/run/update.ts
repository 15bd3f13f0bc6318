import { InputRangeError, InputTypeError } from "../../core/check.ts";
import type { Vector } from "../../core/vector.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { averagingFraction, averagingFrom } from "../state/averaging.ts";
import { diverged, note, type Run } from "../state/run.ts";
import type { Settings } from "../trainOptions.ts";
import type { Exact } from "./fullObjective.ts";

/**
 * An update on the next batch of a run, params −= rate · direction, with its average; returns the batch's value before.
 *
 * @throws TypeError for an optimizer that cannot serve l1; DivergenceError when the value is not finite
 */
export function bindUpdate(run: Run, optimizer: Optimizer, settings: Settings, exact: Exact): () => number {
  const { kernels, objective, evaluate, params, kept, gradient, local, progress } = run;
  const { proximal, touched } = objective;
  const { gain } = optimizer;
  const { examples, rowsPerBatch, average } = settings;
  const size = params.length;
  if (proximal && gain === undefined) {
    throw new InputTypeError(
      "train: optimizer must have a gain when l1 > 0, got one without. Use automatic, plain, momentum or nesterov, without clipping.",
    );
  }
  const batch = { order: run.order, from: 0, to: 0 };
  const rewrite = optimizer.bind({
    params,
    gradient,
    memory: run.slots,
    scalars: run.scalars,
    kernels,
    evaluate: (at: Vector, out: Vector) => evaluate(at, batch, out),
  });
  const averageFrom = averagingFrom(average);

  function valueAndGradient(count: number): number {
    return local ? objective.add(params, batch, gradient) / count : evaluate(params, batch, gradient);
  }

  return () => {
    batch.from = progress.position;
    batch.to = Math.min(batch.from + rowsPerBatch, examples);
    const count = batch.to - batch.from;
    const value = exact.atParams() ?? valueAndGradient(count);
    if (!Number.isFinite(value)) throw diverged(run, `the loss became ${value}`);
    if (local && batch.from === 0) kept.set(params);
    const rate = rewrite(progress.t + 1, value);
    if (!(rate > 0 && rate < Infinity)) refuse(run, rate, optimizer);
    if (local) {
      const { starts, count: pieces, width } = touched!(batch);
      kernels.descendAt(params.byteOffset, gradient.byteOffset, starts, pieces, width, rate / count);
    } else {
      kernels.descend(params.byteOffset, kept.byteOffset, gradient.byteOffset, size, rate);
      proximal?.(params, rate * gain!);
    }
    progress.t++;
    progress.learningRate = rate;
    if (progress.epoch >= averageFrom) {
      const fraction = averagingFraction(average!.weight, ++progress.averaged);
      kernels.approach(run.average!.byteOffset, params.byteOffset, size, fraction);
    }
    note(progress, value, count);
    return value;
  };
}

/** Refuses a rate that is none: of a schedule, or found from gradients of a size that has no squares. */
function refuse(run: Run, rate: number, { fullBatch }: Optimizer): never {
  if (!Number.isFinite(run.kernels.maxAbsolute(run.gradient.byteOffset, run.gradient.length))) {
    throw diverged(run, "the gradient is not finite");
  }
  if (fullBatch) {
    throw new InputRangeError(
      `train: the objective must have gradients and steps whose squares are numbers, so that a rate can be found from them, ` +
        `got a rate of ${rate}. Multiply the data, or the objective and its parameters, by constants, ` +
        "or lower a penalty that is large.",
    );
  }
  throw new InputRangeError(
    `train: learning rate must be a finite number above 0, got ${rate} for update ${run.progress.t + 1}. ` +
      "Correct the schedule, or end the run before.",
  );
}
