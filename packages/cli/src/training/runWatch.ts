// Watches a run: records its signals, and says when its verdict changes.
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
  signalRecorder,
  type Vector,
  type Verdict,
  type VerdictPeriod,
  verdict,
  verdictPeriods,
} from "downhill";
import type { ModelStep } from "../model/estimator.ts";

/** The end of a run. */
export interface WatchedEnd {
  readonly stopped: EstimatorModel["stopped"] | null;
  readonly divergence: DivergenceError | null;
  readonly certificate: Certificate | null;
}

export interface RunWatch {
  /** Receives each step that ends an epoch. Returns the verdict if it differs from the last one; else null. */
  epoch(step: ModelStep): Verdict | null;
  /** The verdicts of the whole run in the order of time. */
  periods(end: WatchedEnd): readonly VerdictPeriod[];
  /** Facts that explain the result with these parameters. */
  findings(params: Vector): readonly Finding[];
}

const GROWTH = 1.1; // factor between the epochs after which the verdict is computed, so that its cost stays small

/** Watches the run of a prepared training. */
export function runWatch(
  { problem, optimizer, options, standardized, columns }: PreparedFit<ModelStep>,
  forecast: Forecast | null,
): RunWatch {
  const context: RunContext = {
    ...runContext(problem, optimizer, options),
    ...(forecast && { forecast }),
    ...(standardized !== null && { standardized }),
  };
  const recorder = signalRecorder();
  let next = 1;
  let last: Verdict["id"] = "healthy";
  return {
    epoch(step) {
      recorder.add(step);
      const epochs = recorder.trace.length;
      if (epochs < next) return null;
      next = Math.ceil(next * GROWTH + 1);
      const found = verdict(recorder.trace, context);
      if (found.id === last) return null;
      last = found.id;
      return found;
    },
    findings: (params) =>
      explanations(problem, params, {
        trace: recorder.trace,
        batchRows: context.batchRows,
        averaged: options.average !== undefined,
        ...(forecast && { forecast }),
        ...(columns && { names: columns }),
      }),
    periods({ stopped, divergence, certificate }) {
      if (recorder.trace.length === 0 && divergence === null) return [];
      return verdictPeriods(recorder.trace, {
        ...context,
        stopped: stopped === "imported" ? null : stopped,
        ...(divergence && { divergence }),
        ...(certificate && { certificate }),
      });
    },
  };
}
