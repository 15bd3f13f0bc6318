// The training of a run: its steps, what is reported about them, and its end.
import {
  DivergenceError,
  diagnose,
  type EstimatorModel,
  type FitParts,
  type FittedClassifier,
  objectiveAt,
  type Ranks,
  type ThreadPool,
  withThreshold,
} from "downhill";
import type { Checkpoint } from "../checkpoint/checkpointFile.ts";
import type { Checkpoints, Moment } from "../checkpoint/checkpoints.ts";
import { ratesOf, requireSameRates } from "../checkpoint/differences.ts";
import { DivergedRun } from "../errors/errors.ts";
import { knownOrNull } from "../errors/knownOrNull.ts";
import { lossOf, type ModelStep, trainingOf } from "../model/estimator.ts";
import type { Rows } from "../model/rows.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { progressOf } from "../reporters/progress.ts";
import type { Reporter } from "../reporters/reporter.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { divergenceMessage } from "../training/divergence.ts";
import { divergenceCause } from "../training/divergenceCause.ts";
import { errorMeter } from "../training/errorCurve.ts";
import { findingsOfTable } from "../training/findings.ts";
import { forecastOf } from "../training/forecast.ts";
import type { Interrupts } from "../training/interrupts.ts";
import type { Prepared } from "../training/prepared.ts";
import type { RunOutput } from "../training/runOutput.ts";
import { runWatch } from "../training/runWatch.ts";
import { awaitedShare, type Setting, settingsOf } from "../training/settings.ts";
import type { Descent, RunFacts } from "../training/trainedRun.ts";

/** What surrounds the training. */
export interface Surroundings {
  readonly output: RunOutput;
  readonly reporter: Reporter;
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  readonly pool: ThreadPool | undefined;
  readonly checkpoints: Checkpoints;
  /** The checkpoint from which the run resumes; null for a new run. */
  readonly resume: Checkpoint | null;
  /** The ranks that share the training. */
  readonly ranks: Ranks | undefined;
}

const PAUSE = 100; // milliseconds between two pauses, in which Node can receive Ctrl-C

/**
 * Trains the model to the end of the run, or until Ctrl-C.
 *
 * @throws DivergedRun, unless --keep-diverged is set and a step before the divergence has a model
 */
export async function descend(
  facts: RunFacts,
  { output, reporter, terminal, interrupts, pool, checkpoints, resume, ranks }: Surroundings,
): Promise<Descent> {
  const { prepared, parts, options, evaluation } = facts;
  const { model, twoClasses } = prepared;
  const isSparse = parts.train.task !== "ratings" && "indptr" in parts.train.X;
  const classes = twoClasses === null ? {} : { classes: twoClasses.classes };
  const training = trainingOf({ model, rows: parts.train, ...classes }, options);
  const earlier = resume?.notes.run ?? null;
  const prepareFit = (every: number | "epoch") =>
    training.prepare({
      every,
      ...(pool && { threads: pool }),
      ...(ranks && { ranks }),
      ...(resume?.state && { resume: resume.state }),
    });
  const fit = prepareFit(updatesPerStep(options, parts.train));
  const epochs = fit.options.epochs!;
  if (earlier !== null) requireSameRates(options.resume!, earlier, { optimizer: fit.optimizer, epochs });
  const diagnosis = output.report === undefined || !training.hasDiagnosis ? null : knownOrNull(() => diagnose(fit));
  const isDiagnosed = !output.quiet || output.report !== undefined;
  const forecast = diagnosis?.forecast ?? (isDiagnosed ? forecastOf(fit) : null);
  const watch = isDiagnosed ? runWatch(fit, forecast, earlier?.signals ?? null) : null;
  let settings: readonly Setting[] = [];
  let limits = { epochs: 1, awaited: null as number | null };
  const progress = progressOf(output.progress, () => limits, terminal);
  let last: ModelStep | undefined;
  let kept: { readonly fitted: EstimatorModel; readonly loss: number; readonly params: Float64Array } | undefined;
  const hasErrors = parts.train.task !== "ratings" || parts.train.ratings !== null; // implicit feedback has no RMSE
  const errors =
    output.report === undefined || parts.heldOut === null || !hasErrors
      ? null
      : errorMeter(parts.train, parts.heldOut, earlier?.errors ?? null);
  let first = earlier?.first;
  const settingsAt = (step: Pick<ModelStep, "learningRate" | "t">, fitted: EstimatorModel) => {
    first ??= { learningRate: step.learningRate, update: step.t };
    return settingsOf({ model, options, twoClasses, evaluation, isSparse, fitted, ...first });
  };
  /** The settings of a run that diverges before its first step; empty if its first update diverges. */
  const settingsOfFirstUpdate = (): readonly Setting[] => {
    try {
      for (const step of prepareFit(1).steps()) return settingsAt(step, step.fitted());
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
    }
    return [];
  };
  const momentOf = (step: ModelStep): Moment => ({
    endOfEpoch: step.endOfEpoch,
    epoch: step.epoch,
    state: step.state,
    notes: () => ({
      rates: ratesOf(fit.optimizer, step.t),
      epochs,
      first: first!,
      update: step.t,
      completeEpochs: step.history.updates.length,
      stopped: step.stopped,
      signals: watch?.state() ?? null,
      errors: errors?.curve ?? null,
    }),
  });
  let pausedAt = terminal.now();
  try {
    for (const step of fit.steps()) {
      if (last === undefined) {
        const fitted = step.fitted();
        limits = { epochs: Number(fitted.options["epochs"]), awaited: awaitedShare({ fitted, options }) };
        settings = settingsAt(step, fitted);
        reporter.settings(settings);
        if (forecast !== null) reporter.forecast(forecast);
      }
      last = step;
      if (options.keepDiverged) kept = { fitted: step.fitted(), loss: lossOf(step), params: paramsOf(step) };
      if (step.endOfEpoch) {
        reporter.epoch(step);
        errors?.epoch(step);
        const changed = watch?.epoch(step) ?? null;
        if (changed !== null) {
          progress.clear();
          reporter.verdict(changed, step, options);
        }
      }
      progress.step(step);
      if (step.stopped === null) await checkpoints.step(momentOf(step), progress.clear);
      if (terminal.now() - pausedAt >= PAUSE) {
        await new Promise((resolve) => setImmediate(resolve));
        pausedAt = terminal.now();
      }
      if (interrupts.requested()) break;
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    progress.end();
    const known = forecast ?? forecastOf(fit);
    const ended = watch ?? runWatch(fit, known, earlier?.signals ?? null);
    const periods = ended.periods({ stopped: null, divergence: error, certificate: null });
    const { remedies } = periods.at(-1)!.verdict;
    const cause = divergenceCause(fit, known);
    if (options.open && last === undefined) settings = settingsOfFirstUpdate();
    const failure = new DivergedRun(
      divergenceMessage(error, { options, kept: kept !== undefined, cause, remedies }),
      options.open && settings.length > 0 ? { updates: error.update, settings } : null,
    );
    if (kept === undefined) {
      reporter.diverged(error, remedies, cause);
      throw failure;
    }
    const { fitted, loss, params } = kept;
    errors?.end({ epoch: last!.epoch, fitted: () => fitted });
    const done = fitted.history.updates.length;
    return {
      ...{ fitted, loss, settings, stopped: "diverged", divergence: error, failure, periods },
      ...{ epochs: done, updates: error.update, errors: errors?.curve ?? null, forecast, diagnosis },
      ...{ certificate: null, finish: async () => {} },
      findings: findingsOfTable(knownOrNull(() => ended.findings(params)) ?? [], prepared),
    };
  } finally {
    progress.end();
  }
  const finish = checkpoints.ending(momentOf(last!));
  const { t: updates } = last!;
  const isInterrupted = last!.stopped === null;
  if (isInterrupted) await finish(); // at once, because another Ctrl-C could end the process
  errors?.end(last!);
  const trained = last!.fitted();
  const loss = lossOfFitted(last!, fit);
  const isReported = output.report !== undefined;
  const isCertified = isReported || ((isDiagnosed || output.save !== undefined) && isCheapToCertify(last!, fit));
  const certificate = isCertified ? (training.certificate?.(last!, trained) ?? null) : null;
  const isExplained = isReported || (isDiagnosed && isCheapToExplain(model, fit));
  const findings = isExplained ? findingsOfTable(watch!.findings(last!), prepared) : [];
  last = undefined; // the memory of the run is no longer used
  const { threshold } = evaluation;
  const fitted = threshold === null ? trained : withThreshold(trained as FittedClassifier, threshold.threshold);
  const { stopped, history } = fitted;
  return {
    fitted,
    loss,
    settings,
    stopped,
    divergence: null,
    failure: null,
    epochs: history.updates.length,
    updates,
    errors: errors?.curve ?? null,
    forecast,
    diagnosis,
    certificate,
    finish: isInterrupted ? async () => {} : finish,
    findings,
    periods: isReported ? watch!.periods({ stopped, divergence: null, certificate }) : [],
  };
}

/** The parameters of the fitted model of a step. */
const paramsOf = ({ best, solution }: ModelStep): Float64Array => Float64Array.from(best ?? solution);

const CHEAP_WORK = 2 ** 20; // rows times parameters

/** Whether several passes over the rows take less than a tenth of a second. */
const isCheap = ({ problem: { examples, size } }: FitParts): boolean => examples * size <= CHEAP_WORK;

/**
 * Whether the explanations take little time beside the run. They take about one pass over the rows, but stored rows are read again, and dead
 * units of a network are searched for in many passes.
 */
const isCheapToExplain = (model: Prepared["model"], fit: FitParts): boolean =>
  isCheap(fit) || (model !== "network" && fit.problem.chunks === undefined);

const LONG_RUN = 200; // epochs

/**
 * Whether the certificate takes little time beside the run. A run that has converged leaves a Newton step, with which the certificate
 * reads the rows once or twice; without it, a certificate reads them up to 40 times.
 */
const isCheapToCertify = ({ stopped, history }: ModelStep, fit: FitParts): boolean =>
  stopped === "converged" || history.updates.length >= LONG_RUN || isCheap(fit);

/** The objective of the fitted model: that of the best epoch with early stopping, else that after the last update. */
function lossOfFitted(last: ModelStep, { problem }: FitParts): number {
  const { validation, objective } = last.history;
  if (!validation || validation.length === 0) return last.objective();
  if (!objective) return objectiveAt(problem, last.best!);
  const best = validation.reduce((at, loss, epoch) => (loss < validation[at]! ? epoch : at), 0);
  return objective[best]!;
}

/**
 * The largest number of updates between two steps. Some 20,000 rows make the cost of a step negligible. For ratings it is ten
 * times as many, because an update is quick and threads share only the updates between two steps.
 */
function updatesPerStep({ batchSize, localEpochs }: TrainOptions, { task }: Rows): number | "epoch" {
  if (localEpochs) return "epoch";
  const [rows, byDefault] = task === "ratings" ? [200_000, 200_000] : [20_000, 1000];
  return typeof batchSize === "number" ? Math.ceil(rows / batchSize) : byDefault;
}
