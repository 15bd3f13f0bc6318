import {
  DivergenceError,
  type Optimizer,
  type Problem,
  type RunContext,
  type Signals,
  type Step,
  type StopReason,
  signalRecorder,
  type TrainOptions,
  train,
  type Verdict,
  verdict,
} from "../src/index.ts";

/** A run with its signals, and the facts about it. */
export interface Observed {
  readonly trace: readonly Signals[];
  readonly context: RunContext;
  readonly verdict: Verdict;
}

/** Takes all steps, records their signals, and returns the verdict at the end. */
export function observed(steps: Iterable<Step>, facts: RunContext): Observed {
  const recorder = signalRecorder();
  let stopped: StopReason | null = null;
  let divergence: DivergenceError | undefined;
  try {
    for (const step of steps) {
      recorder.add(step);
      stopped = step.stopped;
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    divergence = error;
  }
  const context = { ...facts, stopped, divergence };
  return { trace: recorder.trace, context, verdict: verdict(recorder.trace, context) };
}

/** The same for a run of `train`. */
export function observedTrain(
  problem: Problem,
  optimizer: Optimizer,
  options: TrainOptions,
  facts: Pick<RunContext, "shape"> & Partial<RunContext>,
): Observed {
  const { examples } = problem;
  const { batchSize = "full" } = options;
  const batchRows = batchSize === "full" ? examples : batchSize;
  return observed(train(problem, optimizer, options), { examples, batchRows, optimizer: optimizer.spec, ...facts });
}
