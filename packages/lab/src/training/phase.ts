// The part of a run with one choice of settings: its steps, its forecast and its verdicts.

import {
  type DivergenceError,
  type Forecast,
  type ForecastOptions,
  forecast,
  type PreparedFit,
  runContext,
  type State,
  type Step,
  type StopReason,
  signalMeter,
  signalRecorder,
  type TrainOptions,
  type Verdict,
  verdict,
  verdictTimeline,
} from "downhill";

/** A training that can begin anew, or go on from a state. */
export interface Training {
  /** Prepares the training; with a state, it goes on from there. */
  prepare(resume?: State): PreparedFit;
  /** The mean loss of the held-out rows; absent without such rows. */
  heldOutLoss?(params: Float64Array): number;
}

/** The parts of a run that depend on its settings. */
export interface Phase {
  readonly steps: Iterator<Step, void>;
  readonly fit: PreparedFit;
  readonly forecast: Forecast;
  readonly watch: ReturnType<typeof watchOf>;
}

/** Prepares a run with its settings, from its start or from a state. */
export function beginPhase(training: Training, resume: State | undefined): Phase {
  const fit = training.prepare(resume);
  const { problem, optimizer, options } = fit;
  const own = forecast(problem, optimizer, drawnBy(options));
  return { steps: fit.steps(), fit, forecast: own, watch: watchOf(fit, own) };
}

/** The options that determine the start and the batches of a run. */
export function drawnBy({
  batchSize,
  order,
  seed,
  start,
}: TrainOptions): Pick<ForecastOptions, "batchSize" | "order" | "seed" | "start"> {
  return {
    ...(batchSize && { batchSize }),
    ...(order && { order }),
    ...(seed !== undefined && { seed }),
    ...(start && { start }),
  };
}

/** Follows the verdicts of a run. */
function watchOf({ problem, optimizer, options, standardized }: PreparedFit, own: Forecast) {
  const context = {
    ...runContext(problem, optimizer, options),
    forecast: own,
    ...(standardized !== null && { standardized }),
  };
  const recorder = signalRecorder();
  const measure = signalMeter(problem, optimizer, options);
  const timeline = verdictTimeline(recorder.trace, context);
  let current: Verdict | null = null;
  return {
    add(step: Step): void {
      recorder.add(step, measure(step));
      current = timeline.update() ?? current;
    },
    end(stopped: StopReason, divergence: DivergenceError | null): void {
      if (recorder.trace.length === 0 && divergence === null) return;
      current = timeline.end({ stopped, ...(divergence && { divergence }) }).at(-1)?.verdict ?? current;
    },
    /** The verdict, with the numbers of now if the run is still in the same state. */
    verdict(): Verdict | null {
      if (current === null || recorder.trace.length === 0 || current.id === "converged" || current.id === "diverged") {
        return current;
      }
      const latest = verdict(recorder.trace, context);
      if (latest.id === current.id || current.id !== "healthy") return latest.id === current.id ? latest : current;
      // The evidence is not enough for another state yet, but the run is not known to make progress either.
      return { ...latest, id: "healthy", numbers: { ...latest.numbers, fall: 0 }, remedies: [] };
    },
  };
}
