// The evaluation of a run's options before the training: a search for good options, and a cross-validation.
import type {
  CrossValidation,
  CrossValidationStep,
  Fold,
  MetricName,
  Ranks,
  SearchResult,
  SearchStep,
  ThreadPool,
} from "downhill";
import { DivergedRun, InterruptedEvaluation, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { nameOfMetric, textOfMetric } from "../model/foldMetrics.ts";
import { DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Evaluable } from "./evaluable.ts";
import type { FinishedFolds } from "./finishedFolds.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import { searchRanges, type TrialValues, withValues } from "./searchRanges.ts";
import { isChosen, type Threshold, thresholdOf } from "./threshold.ts";

/** The result of a cross-validation of the command. */
export type Folds = CrossValidation<unknown>;

/** The result of a search of the command. */
export interface Search extends Omit<SearchResult<TrialValues, unknown>, "fit"> {
  /** The number of trials of the whole search. */
  readonly planned: number;
}

/** What was found before the training. */
export interface Evaluation {
  readonly search: Search | null;
  readonly folds: Folds | null;
  readonly threshold: Threshold | null;
  /** Whether Ctrl-C ended the search or the cross-validation early. */
  readonly interrupted: boolean;
}

/** The evaluation of a run whose options request none. */
export const noEvaluation: Evaluation = { search: null, folds: null, threshold: null, interrupted: false };

/** The progress of folds. */
export interface FoldProgress {
  /**
   * Called after every fold.
   *
   * @param text  the state, such as "trial 3 of 20, best log loss 0.31"
   * @param isPart  whether the fold finished a part that gets a line of its own
   */
  step(finished: number, total: number, text: string, isPart: boolean): void;
  end(): void;
}

export interface Surroundings {
  /** Starts to show the progress of a search or a cross-validation. */
  readonly progress: () => FoldProgress;
  readonly terminal: Terminal;
  readonly pool: ThreadPool | undefined;
  readonly checkpoints: FinishedFolds;
  /** The command line that resumes from a checkpoint. */
  readonly resumeLine: (path: string) => string;
  readonly ranks: Ranks | undefined;
}

/**
 * Searches for good options, cross-validates the options of the training, and chooses the threshold, as far as the options request it.
 *
 * @throws DivergedRun if the training of every trial diverges, or of a fold whose probabilities the threshold needs;
 * InterruptedEvaluation after Ctrl-C in a run with checkpoints
 */
export async function evaluateOptions(
  evaluable: Evaluable | null,
  options: TrainOptions,
  surroundings: Surroundings,
): Promise<Evaluation> {
  if (evaluable === null) {
    const { threshold } = options;
    return typeof threshold === "number" ? { ...noEvaluation, threshold: { threshold, value: null } } : noEvaluation;
  }
  const { terminal } = surroundings;
  let interrupted = false;
  /** Each Ctrl-C ends the part during which it is pressed. */
  const untilInterrupted = async <T>(part: (interrupts: Interrupts) => Promise<T>): Promise<T> => {
    const interrupts = listenForInterrupts(terminal);
    try {
      const result = await part(interrupts);
      await interrupts.settled();
      interrupted ||= interrupts.requested();
      if (interrupts.requested()) await endWithCheckpoint(surroundings);
      return result;
    } finally {
      interrupts.stop();
    }
  };
  requireRowsForFolds(evaluable, options);
  const search =
    options.search === undefined
      ? null
      : await untilInterrupted((interrupts) => searched(evaluable, options, surroundings, interrupts));
  const own = search === null ? options : bestOptions(options, search);
  const needsFolds = options.folds !== undefined || isChosen(options.threshold);
  const folds = needsFolds
    ? await untilInterrupted((interrupts) => crossValidated(evaluable, own, surroundings, interrupts))
    : null;
  return { search, folds, threshold: thresholdOf(own, evaluable, folds), interrupted };
}

/** @throws InterruptedEvaluation if the run has checkpoints: the training then needs all folds */
async function endWithCheckpoint({ checkpoints, resumeLine }: Surroundings): Promise<void> {
  const { path } = checkpoints;
  if (path === undefined) return;
  await checkpoints.write();
  throw new InterruptedEvaluation(
    `train: interrupted before the training. The finished folds are in ${show(path)}. Continue with: ${resumeLine(path)}`,
  );
}

const DEFAULT_FOLDS = 5;
const DEFAULT_TRIALS = 20;

/** @throws UsageError if there are more folds than training rows, groups, or intervals between times */
function requireRowsForFolds({ y, table, rules }: Evaluable, options: TrainOptions): void {
  const { folds = DEFAULT_FOLDS, search, threshold } = options;
  const rows = y.length;
  const needsFolds = options.folds !== undefined || search !== undefined || isChosen(threshold);
  if (!needsFolds) return;
  const times = rules.times && new Set(Array.from(rules.times)).size;
  if (times !== undefined && folds >= times) {
    throw new UsageError(
      `train: ${folds} folds need at least ${folds + 1} different times in the training rows, but --time has ${times}. Set fewer with --folds.`,
    );
  }
  const group = table?.train.typed.columns.find(({ name }) => name === options.group);
  const groups = group && new Set("codes" in group ? group.codes : valuesOf(group, rows)).size;
  if (groups !== undefined && folds > groups) {
    throw new UsageError(
      `train: ${folds} folds need at least ${folds} groups in the training rows, but --group has ${groups}. Set fewer with --folds.`,
    );
  }
  if (folds <= rows) return;
  throw new UsageError(
    `train: ${folds} folds need at least ${folds} training rows, but there are ${rows}. Set fewer with --folds, or supply more rows.`,
  );
}

const valuesOf = (
  { values, start, step }: { readonly values: Float64Array; readonly start: number; readonly step: number },
  rows: number,
): Float64Array => Float64Array.from({ length: rows }, (_, row) => values[start + row * step]!);

const rulesOf = ({ rules }: Evaluable, { folds = DEFAULT_FOLDS, seed = DEFAULT_SEED }: TrainOptions) => ({
  ...rules,
  folds,
  seed,
});

async function searched(
  evaluable: Evaluable,
  options: TrainOptions,
  { progress: startProgress, pool, ranks, checkpoints }: Surroundings,
  interrupts: Interrupts,
): Promise<Search> {
  const { trials = DEFAULT_TRIALS } = options;
  const ranges = searchRanges(options);
  const resume = [...checkpoints.folds("search")];
  const rules = {
    ...rulesOf(evaluable, options),
    ...(pool && { threads: pool }),
    ...(ranks && { ranks }),
    ranges,
    resume,
  };
  const method = trials === "all" ? { method: "grid" as const } : { trials };
  const steps = evaluable.search((values) => withValues(options, values), { ...rules, ...method });
  const progress = startProgress();
  let last: SearchStep<TrialValues, unknown> | undefined;
  try {
    for await (const step of pausing(steps)) {
      last = step;
      await checkpoints.fold("search", step.finished, step.fold);
      const { best, metric, trials } = step.result();
      const planned = (step.total / rules.folds) | 0;
      const bestText = best === null ? "" : `, best ${nameOfMetric(metric!)} ${textOfMetric(metric!, best.score!)}`;
      const isComplete = step.finished % rules.folds === 0;
      progress.step(step.finished, step.total, `trial ${step.trial + 1} of ${planned}${bestText}`, isComplete);
      if (interrupts.requested()) return { ...withoutFit(step), trials, planned };
    }
  } finally {
    progress.end();
  }
  return { ...withoutFit(last!), planned: last!.total / rules.folds };
}

const withoutFit = (step: SearchStep<TrialValues, unknown>): Omit<SearchResult<TrialValues, unknown>, "fit"> => {
  const { trials, best, metric } = step.result();
  return { trials, best, metric };
};

/** @throws DivergedRun if no trial has a score; InterruptedEvaluation if not all trials are finished */
export function bestOptions(options: TrainOptions, { best, trials, planned }: Search): TrainOptions {
  if (best !== null) return withValues(options, best.values);
  if (trials.length < planned) {
    throw new InterruptedEvaluation(
      `train: the search was interrupted before one of its ${planned} trials had a score. No model is written.`,
    );
  }
  throw new DivergedRun(
    `train: the training of all ${trials.length} trials of the search diverged, or had no finite score. ` +
      "Search lower learning rates, or other values.",
  );
}

async function crossValidated(
  evaluable: Evaluable,
  options: TrainOptions,
  { progress: startProgress, pool, ranks, checkpoints }: Surroundings,
  interrupts: Interrupts,
): Promise<Folds> {
  const resume = [...checkpoints.folds("crossValidation")];
  const rules = { ...rulesOf(evaluable, options), ...(pool && { threads: pool }), ...(ranks && { ranks }), resume };
  const progress = startProgress();
  let last: CrossValidationStep<unknown> | undefined;
  try {
    for await (const step of pausing(evaluable.crossValidation(options, rules))) {
      last = step;
      await checkpoints.fold("crossValidation", step.finished, step.fold);
      progress.step(step.finished, step.total, `fold ${step.finished} of ${step.total}: ${foldText(step.fold)}`, true);
      if (interrupts.requested()) break;
    }
  } finally {
    progress.end();
  }
  return last!.result();
}

/** The first score of a fold for people: "accuracy 90.2 %". */
function foldText({ test }: Fold<unknown>): string {
  if (test === null) return "the training diverged";
  const metric = Object.keys(test)[0] as MetricName;
  return `${nameOfMetric(metric)} ${textOfMetric(metric, test[metric])}`;
}

/** The values of an iterator, with a pause after each, in which Node can receive Ctrl-C. */
async function* pausing<T>(steps: Iterable<T>): AsyncGenerator<T, void> {
  for (const step of steps) {
    await new Promise((resolve) => setImmediate(resolve));
    yield step;
  }
}

/** Whether the options request any part of it. */
export const requestsEvaluation = ({ search, folds, threshold }: TrainOptions): boolean =>
  search !== undefined || folds !== undefined || threshold !== undefined;
