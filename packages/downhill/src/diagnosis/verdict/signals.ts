import type { Vector } from "../../core/vector.ts";
import type { Step } from "../../training/train.ts";

/** The measurements of a run at the end of one epoch. In full batch an epoch is one update. */
export interface Signals {
  /** The number of updates so far. */
  readonly update: number;
  /** The number of the epoch, from 1. */
  readonly epoch: number;
  /** The learning rate of the last update. */
  readonly learningRate: number;
  /** The objective over all rows at the solution; null with the trace "running". */
  readonly objective: number | null;
  /** The mean of the batch values of the epoch, each measured before its update. In full batch: the objective before it. */
  readonly batchLoss: number;
  /** The Euclidean norm of the gradient over all rows; null with the trace "running". */
  readonly gradientNorm: number | null;
  /** ‖w‖, the Euclidean norm of the solution: of all parameters, or of their average in a run with one. */
  readonly norm: number;
  /** ‖Δw‖, the norm of the change of the solution in this epoch; null in the first entry. */
  readonly change: number | null;
  /**
   * The cosine of the angle between this change and the one before, from −1 (opposite directions) to 1; null in the first two
   * entries, and if one of the changes is 0. For plain descent in full batch it is that of two successive gradients.
   */
  readonly cosine: number | null;
  /** The mean loss of the validation rows; null without such rows. */
  readonly validation: number | null;
  /** The lowest objective and the lowest mean of an epoch's batch values so far, whichever is lower. */
  readonly lowest: number;
  /** The lowest validation loss so far, and its epoch; null without validation rows. */
  readonly lowestValidation: {
    /** The epoch of the lowest validation loss. */
    readonly epoch: number;
    /** The lowest validation loss. */
    readonly loss: number;
  } | null;
  /** The largest curvature at the parameters; null where the caller did not measure it. */
  readonly sharpness: number | null;
  /** ‖mean gradient‖² / variance of the gradients of batches; null where the caller did not measure it. */
  readonly signalToNoise: number | null;
  /** The variance of the gradients of batches; null where the caller did not measure it. */
  readonly gradientNoise: number | null;
}

/** Signals that a recorder cannot compute from a step. */
export type MeasuredSignals = Partial<Readonly<Record<"sharpness" | "signalToNoise" | "gradientNoise", number>>>;

/** Records the signals of a run. */
export interface SignalRecorder {
  /** The signals so far: one entry for each epoch. */
  readonly trace: readonly Signals[];
  /**
   * Adds the signals of a step that ends an epoch; other steps are ignored.
   *
   * @param measured  signals that the recorder cannot compute from the step
   */
  add(step: Step, measured?: MeasuredSignals): void;
  /** Everything that a recorder needs to continue from here; null before the first entry. */
  state(): SignalState | null;
}

/** The state of a `signalRecorder`: plain data, which `saveState` can store among its notes. */
export interface SignalState {
  /** The signals so far. */
  readonly trace: readonly Signals[];
  /** The solution at the last entry. */
  readonly solution: Float64Array;
  /** The change of the solution up to the last entry. */
  readonly change: Float64Array;
}

/**
 * Makes a recorder of the signals of a run, for `verdict`. It reads the solution once per epoch, and its memory is two
 * vectors of the size of the parameters and one entry per epoch.
 *
 * @param resume  the state of a recorder that recorded the epochs before [none]
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, signalRecorder, train } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * const recorder = signalRecorder();
 * for (const step of train(problem, plain(1.9), { epochs: 20 })) recorder.add(step);
 * recorder.trace.length; // 20
 * recorder.trace.at(-1)!.cosine!.toFixed(1); // "-1.0"
 * ```
 */
export function signalRecorder(resume: SignalState | null = null): SignalRecorder {
  const trace = [...(resume?.trace ?? [])];
  let before = resume?.solution.slice(); // the solution at the end of the epoch before
  let change = resume?.change.slice() ?? new Float64Array(); // the change in the epoch before
  const last = trace.at(-1);
  let length = last?.change ?? 0; // the norm of the change
  let lowest = last?.lowest ?? Infinity;
  let lowestValidation = last?.lowestValidation ?? null;

  /** Replaces the vectors by those of this epoch; returns the new change's norm and its cosine with the one before. */
  function move(from: Float64Array, to: Vector): { readonly now: number; readonly cosine: number | null } {
    let [square, product] = [0, 0];
    for (let j = 0; j < to.length; j++) {
      const difference = to[j]! - from[j]!;
      square += difference * difference;
      product += difference * change[j]!;
      change[j] = difference;
      from[j] = to[j]!;
    }
    const now = Math.sqrt(square);
    const both = now * length;
    length = now;
    return { now, cosine: both > 0 ? Math.max(-1, Math.min(1, product / both)) : null };
  }

  return {
    trace,
    state: () =>
      before === undefined ? null : { trace: [...trace], solution: before.slice(), change: change.slice() },
    add({ t, epoch, endOfEpoch, learningRate, solution, history }, measured = {}) {
      if (!endOfEpoch) return;
      let norm = 0;
      for (let j = 0; j < solution.length; j++) norm += solution[j]! * solution[j]!;
      let moved: ReturnType<typeof move> | undefined;
      if (before) moved = move(before, solution);
      else {
        before = Float64Array.from(solution);
        change = new Float64Array(solution.length);
      }
      const objective = history.objective?.at(-1) ?? null;
      const batchLoss = history.batchLoss.at(-1)!;
      const validation = history.validation?.at(-1) ?? null;
      lowest = Math.min(lowest, objective ?? batchLoss, batchLoss);
      if (validation !== null && !(lowestValidation && validation >= lowestValidation.loss)) {
        lowestValidation = { epoch, loss: validation };
      }
      trace.push({
        update: t,
        epoch,
        learningRate,
        objective,
        batchLoss,
        gradientNorm: history.gradientNorm?.at(-1) ?? null,
        norm: Math.sqrt(norm),
        change: moved?.now ?? null,
        cosine: moved?.cosine ?? null,
        validation,
        lowest,
        lowestValidation,
        sharpness: measured.sharpness ?? null,
        signalToNoise: measured.signalToNoise ?? null,
        gradientNoise: measured.gradientNoise ?? null,
      });
    },
  };
}
