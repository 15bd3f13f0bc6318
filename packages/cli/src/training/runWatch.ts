// Watches a run: records its signals, and reports the changes of its verdict.
import {
  type Certificate,
  type DivergenceError,
  type EstimatorModel,
  explanations,
  type Finding,
  type Forecast,
  type PreparedFit,
  type RunContext,
  runContext,
  type SignalState,
  signalMeter,
  signalRecorder,
  type Vector,
  type Verdict,
  type VerdictPeriod,
  verdictTimeline,
} from "downhill";
import type { ModelStep } from "../model/estimator.ts";

/** The end of a run. */
export interface WatchedEnd {
  readonly stopped: EstimatorModel["stopped"] | null;
  readonly divergence: DivergenceError | null;
  readonly certificate: Certificate | null;
}

export interface RunWatch {
  /** The signals so far, for a checkpoint. */
  state(): SignalState | null;
  /** Receives each step that ends an epoch. Returns the verdict if another period begins with it; else null. */
  epoch(step: ModelStep): Verdict | null;
  /** The verdicts of the whole run in the order of time. */
  periods(end: WatchedEnd): readonly VerdictPeriod[];
  /** Facts that explain the result of a run that ended with this step, or that has these parameters. */
  findings(result: ModelStep | Vector): readonly Finding[];
}

/**
 * Watches the run of a prepared training.
 *
 * @param resume  the signals of the epochs before those of this run
 */
export function runWatch(
  { problem, optimizer, options, standardized, columns }: PreparedFit<ModelStep>,
  forecast: Forecast | null,
  resume: SignalState | null,
): RunWatch {
  const context: RunContext = {
    ...runContext(problem, optimizer, options),
    ...(forecast && { forecast }),
    ...(standardized !== null && { standardized }),
  };
  const recorder = signalRecorder(resume);
  const measure = signalMeter(problem, optimizer, options);
  const timeline = verdictTimeline(recorder.trace, context);
  timeline.update();
  return {
    state: recorder.state,
    epoch(step) {
      recorder.add(step, measure(step));
      const begun = timeline.update();
      return begun?.id === "healthy" && recorder.trace.length === 1 ? null : begun;
    },
    findings(result) {
      const known = {
        trace: recorder.trace,
        batchRows: context.batchRows,
        averaged: options.average !== undefined,
        ...(forecast && { forecast }),
        ...(columns && { names: columns }),
      };
      return "bound" in result ? explanations(result, known) : explanations(problem, result, known);
    },
    periods({ stopped, divergence, certificate }) {
      if (recorder.trace.length === 0 && divergence === null) return [];
      return timeline.end({
        stopped: stopped === "imported" ? null : stopped,
        ...(divergence && { divergence }),
        ...(certificate && { certificate }),
      });
    },
  };
}
