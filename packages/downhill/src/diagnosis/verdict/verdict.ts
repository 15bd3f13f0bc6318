import { InputRangeError, requireKnown, requireOneOf, show } from "../../core/check.ts";
import type { OptimizerSpec } from "../../optimizers/spec.ts";
import { healthy } from "./rules/atEnd.ts";
import { rules } from "./rules/rules.ts";
import type { RunContext } from "./runContext.ts";
import { type RunView, runView } from "./runView.ts";
import type { Signals } from "./signals.ts";

/**
 * The state of a run:
 * - "diverged": a number is not finite, or the objective is more than a million times that of the start;
 * - "exploding": the objective grows, because the learning rate is too large;
 * - "edge": the curvature has grown to the largest stable one for this learning rate (edge of stability);
 * - "zigzag": successive updates have opposite directions, or the objective moves without a new lowest value;
 * - "ravine": many updates remain, because the curvatures of different directions differ much;
 * - "crawling": many updates remain, and another learning rate or optimizer needs fewer; or no optimum exists;
 * - "noiseFloor": the noise of batches keeps the objective from falling;
 * - "stuck": the gradient is almost 0 although lower objectives are known;
 * - "overfitting": the validation loss rises while the objective falls;
 * - "converged": the stopping rule holds;
 * - "healthy": no other rule holds.
 */
export type VerdictId =
  | "diverged"
  | "exploding"
  | "edge"
  | "zigzag"
  | "ravine"
  | "crawling"
  | "noiseFloor"
  | "stuck"
  | "overfitting"
  | "converged"
  | "healthy";

/** A change of the options of the run that leads to a better verdict. */
export interface Remedy {
  /** A short imperative sentence: "Set the learning rate to 0.31." */
  readonly text: string;
  /** The options to change; all others stay. */
  readonly options: {
    /** The learning rate of the same optimizer. */
    readonly learningRate?: number;
    /** Another optimizer; "default": leave the optimizer and its learning rate out. */
    readonly optimizer?: OptimizerSpec | "default";
    /** Whether the columns are standardized. */
    readonly standardize?: boolean;
    /** The rows of an update. */
    readonly batchSize?: number | "full";
    /** The penalty l2. */
    readonly l2?: number;
    /** Another start. */
    readonly start?: "random";
    /** The maximum number of epochs. */
    readonly epochs?: number;
    /** The activation of the hidden units. */
    readonly activation?: "tanh";
    /** The weights of the classes. */
    readonly classWeights?: "balanced";
  };
}

/** The state of a run in one plain sentence, with its numbers and what to do. */
export interface Verdict {
  /** The name of the state. */
  readonly id: VerdictId;
  /** The rule that held, as a formula in words. */
  readonly rule: string;
  /** One plain sentence with its numbers. */
  readonly sentence: string;
  /** The numbers of the sentence and of the rule, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** The most useful remedy first; empty if nothing has to change. */
  readonly remedies: readonly Remedy[];
}

/**
 * The state of a run at the end of its trace: the first rule that holds, in the order of `VerdictId`. A run that has ended
 * as converged is "converged" unless it is "diverged", "stuck" or "overfitting".
 *
 * @param trace  the signals of a `signalRecorder`
 * @param context  what else is known; each fact that is left out makes the sentence less specific
 * @throws RangeError for an empty trace without a divergence; TypeError for an unknown fact
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, signalRecorder, train, verdict } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * const optimizer = plain(1.9);
 * const recorder = signalRecorder();
 * for (const step of train(problem, optimizer, { epochs: 20 })) recorder.add(step);
 *
 * const { id, remedies } = verdict(recorder.trace, {
 *   shape: "quadratic",
 *   examples: 3,
 *   batchRows: 3,
 *   optimizer: optimizer.spec,
 * });
 * id; // "zigzag"
 * remedies[0]!.text; // "Use the optimizer automatic in full batch; it computes its learning rates."
 * ```
 */
export function verdict(trace: readonly Signals[], context: RunContext): Verdict {
  requireKnown("verdict", context, facts);
  requireOneOf("verdict", "shape", context.shape, ["quadratic", "smooth", "convex", "other"]);
  if (trace.length === 0 && !context.divergence) {
    throw new InputRangeError(
      `verdict: trace must have at least one entry, got ${show(trace)}. Add a step that ends an epoch to the recorder.`,
    );
  }
  const run = runView(trace, trace.length, context);
  return unlessHealthy(run) ?? healthy(run);
}

const facts = (
  "shape examples batchRows optimizer stopped divergence curvature forecast certificate standardized start " +
  "activation lastRate averaged lowestObjective constantObjective deadUnits"
).split(" ");

/** The verdict of the first rule that holds; null for a healthy run, whose sentence takes longer than all rules. */
export function unlessHealthy(run: RunView): Verdict | null {
  for (const rule of rules) {
    const found = rule(run);
    if (found) return found;
  }
  return null;
}
