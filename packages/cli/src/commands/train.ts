// downhill train: reads the table, trains a model, evaluates it, and writes the results.
import { DivergenceError, type EstimatorModel, type FittedClassifier, type ThreadPool, withThreshold } from "downhill";
import { DivergedRun, exitCodes, OutputError, UsageError } from "../errors/errors.ts";
import { commonAnswer } from "../model/baseline.ts";
import { lossOf, type ModelStep, trainingSteps, VALIDATION_SHARE } from "../model/estimator.ts";
import { evaluate } from "../model/metrics.ts";
import { countOf, type Rows, rowWord } from "../model/rows.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { writeOutput } from "../output/writeOutput.ts";
import { foldProgress } from "../reporters/foldProgress.ts";
import { jsonReporter } from "../reporters/jsonReporter.ts";
import { progressOf } from "../reporters/progress.ts";
import type { Reporter } from "../reporters/reporter.ts";
import { textReporter } from "../reporters/textReporter.ts";
import { nameOfData } from "../table/files/source.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { divergenceMessage } from "../training/divergence.ts";
import { errorMeter } from "../training/errorCurve.ts";
import { bestOptions, evaluateOptions, noEvaluation, requestsEvaluation } from "../training/evaluation.ts";
import { importanceOf } from "../training/importance.ts";
import { type Interrupts, listenForInterrupts } from "../training/interrupts.ts";
import { prepare } from "../training/prepare.ts";
import { requireSavable, requireValidationRatings } from "../training/ratingChecks.ts";
import { outputFiles, saveModel } from "../training/results.ts";
import { type RunOutput, runOutputOf } from "../training/runOutput.ts";
import { awaitsConvergence, type Setting, settingsOf } from "../training/settings.ts";
import { defaultThreads, withThreads } from "../training/threads.ts";
import type { Descent, RunFacts, TrainedRun, WrittenFile } from "../training/trainedRun.ts";

/** Runs `downhill train DATA`. */
export async function trainCommand(
  { data, argv }: { readonly data: string; readonly argv: readonly string[] },
  commandLine: TrainOptions,
  terminal: Terminal,
): Promise<number> {
  const output = runOutputOf(commandLine, terminal);
  const inputs = await dataFiles("train", data);
  checkOutputs("train", { outputs: outputFiles(output), inputs, force: commandLine.force ?? false });
  const prepared = await prepare({ ...commandLine, data, stdin: terminal.stdin }, commandLine);
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = commandLine;
  const { parts } = prepared;
  const options = withBatch(commandLine, parts.train);
  if (parts.train.task === "ratings") {
    requireValidationRatings(parts.train, options);
    if (output.save !== undefined) requireSavable(parts.train, options);
  }

  const answer = commonAnswer(parts.train, options);
  const start: RunFacts = {
    data: nameOfData(data),
    prepared,
    parts,
    holdOut,
    seed,
    commonAnswer: answer,
    options,
    evaluation: noEvaluation,
  };
  const reporter = output.json ? jsonReporter(terminal) : textReporter(terminal, output);
  reporter.start(start);
  const began = terminal.now();
  const count = options.threads ?? defaultThreads(parts.train, prepared.model, options);
  const facts = await evaluated(start, count, { output, terminal });
  reporter.evaluation(facts);
  const interrupts = listenForInterrupts(terminal);
  try {
    const descent = await withThreads(count, (pool) =>
      descend(facts, { output, reporter, terminal, interrupts, pool }),
    );
    const seconds = (terminal.now() - began) / 1000;
    const saved = await saveModel({ ...facts, ...descent }, output);
    await interrupts.settled();
    if (interrupts.requested() && !output.quiet) terminal.stderr.line("Press Ctrl-C again to end at once.");
    const isLossOnly = output.quiet && !output.json;
    const measured = (): TrainedRun => {
      const heldOut = parts.heldOut === null ? null : evaluate(descent.fitted, parts.heldOut, answer);
      const explained = output.report !== undefined && descent.divergence === null;
      const importance = explained ? importanceOf(facts, descent.fitted) : null;
      const train = evaluate(descent.fitted, parts.train, answer);
      return { ...facts, ...descent, line: argv, train, heldOut, importance };
    };
    const needsMetrics = !isLossOnly || output.report !== undefined;
    const run = needsMetrics ? await afterSaving(output, "the run could not be measured", measured) : null;
    const report = await afterSaving(output, "the report could not be written", () =>
      run === null ? [] : writeReport(run, output),
    ).catch((error: OutputError) => error);
    if (run === null || isLossOnly) terminal.stdout.line(String(descent.loss));
    else reporter.end(run, report instanceof OutputError ? saved : [...saved, ...report], seconds);
    if (report instanceof OutputError) throw report;
    if (descent.divergence !== null) throw divergedRun(facts, descent.divergence, true);
  } finally {
    interrupts.stop();
  }
  return interrupts.requested() || facts.evaluation.interrupted ? exitCodes.interrupted : exitCodes.ok;
}

/** The run with the options of the training, after the search and the cross-validation. */
async function evaluated(
  start: RunFacts,
  count: number,
  { output, terminal }: Pick<Surroundings, "output" | "terminal">,
): Promise<RunFacts> {
  const { prepared, options, parts } = start;
  if (!requestsEvaluation(options)) return start;
  const evaluation = await withThreads(count, (pool) =>
    evaluateOptions(prepared.evaluable, options, {
      progress: () => foldProgress(output.progress, terminal),
      terminal,
      pool,
    }),
  );
  const own = evaluation.search === null ? options : bestOptions(options, evaluation.search);
  return { ...start, options: withBatch(own, parts.train), evaluation };
}

interface Surroundings {
  readonly output: RunOutput;
  readonly reporter: Reporter;
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  readonly pool: ThreadPool | undefined;
}

const PAUSE = 100; // milliseconds between two pauses, in which Node can receive Ctrl-C

/**
 * Trains the model to the end of the run, or until Ctrl-C.
 *
 * @throws DivergedRun, unless --keep-diverged is set and a step before the divergence has a model
 */
async function descend(
  facts: RunFacts,
  { output, reporter, terminal, interrupts, pool }: Surroundings,
): Promise<Descent> {
  const { prepared, parts, options, evaluation } = facts;
  const { model, twoClasses } = prepared;
  const classes = twoClasses === null ? {} : { classes: twoClasses.classes };
  const steps = trainingSteps({ model, rows: parts.train, ...classes }, options, {
    every: updatesPerStep(options, parts.train),
    ...(pool && { threads: pool }),
  });
  let settings: readonly Setting[] = [];
  let limits = { epochs: 1, awaitsConvergence: false };
  const progress = progressOf(output.progress, () => limits, terminal);
  let last: ModelStep | undefined;
  let kept: { readonly fitted: EstimatorModel; readonly loss: number } | undefined;
  const hasErrors = parts.train.task !== "ratings" || parts.train.ratings !== null; // implicit feedback has no RMSE
  const errors =
    output.report === undefined || parts.heldOut === null || !hasErrors ? null : errorMeter(parts.train, parts.heldOut);
  let pausedAt = terminal.now();
  try {
    for (const step of steps) {
      if (last === undefined) {
        const fitted = step.fitted();
        limits = { epochs: Number(fitted.options["epochs"]), awaitsConvergence: awaitsConvergence({ fitted }) };
        const { learningRate, t: update } = step;
        settings = settingsOf({ model, options, twoClasses, evaluation, fitted, learningRate, update });
        reporter.settings(settings);
      }
      last = step;
      if (options.keepDiverged) kept = { fitted: step.fitted(), loss: lossOf(step) };
      if (step.endOfEpoch) {
        reporter.epoch(step);
        errors?.epoch(step);
      }
      progress.step(step);
      if (terminal.now() - pausedAt >= PAUSE) {
        await new Promise((resolve) => setImmediate(resolve));
        pausedAt = terminal.now();
      }
      if (interrupts.requested()) break;
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    progress.end();
    if (kept === undefined) {
      reporter.diverged(error);
      throw divergedRun(facts, error, false);
    }
    const { fitted } = kept;
    errors?.end({ epoch: last!.epoch, fitted: () => fitted });
    const done = fitted.history.updates.length;
    return { ...kept, settings, stopped: "diverged", divergence: error, epochs: done, errors: errors?.curve ?? null };
  } finally {
    progress.end();
  }
  errors?.end(last!);
  const trained = last!.fitted();
  const { threshold } = evaluation;
  const fitted = threshold === null ? trained : withThreshold(trained as FittedClassifier, threshold.threshold);
  const { stopped, history } = fitted;
  return {
    fitted,
    loss: lossOfFitted(last!),
    settings,
    stopped,
    divergence: null,
    epochs: history.updates.length,
    errors: errors?.curve ?? null,
  };
}

/** The objective of the fitted model: that of the best epoch with early stopping, else that after the last update. */
function lossOfFitted(last: ModelStep): number {
  const { validation, objective } = last.history;
  if (!validation || !objective || validation.length === 0) return last.objective();
  const best = validation.reduce((at, loss, epoch) => (loss < validation[at]! ? epoch : at), 0);
  return objective[best]!;
}

const divergedRun = ({ prepared, options }: RunFacts, error: DivergenceError, kept: boolean): DivergedRun =>
  new DivergedRun(divergenceMessage(error, { options, model: prepared.model, kept }));

/**
 * The largest number of updates between two steps. Some 20,000 rows make the cost of a step negligible. For ratings it is ten
 * times as many, because an update is quick and threads share only the updates between two steps.
 */
function updatesPerStep({ batchSize }: TrainOptions, { task }: Rows): number {
  const [rows, byDefault] = task === "ratings" ? [200_000, 200_000] : [20_000, 1000];
  return typeof batchSize === "number" ? Math.ceil(rows / batchSize) : byDefault;
}

/**
 * The options, where a batch size equal to the number of training rows becomes "full".
 *
 * @throws UsageError for a batch of more rows than there are
 */
function withBatch(options: TrainOptions, train: Rows): TrainOptions {
  const { batchSize, patience } = options;
  const all = countOf(train);
  // The number of validation ratings depends on the ratings, so the library checks the batch.
  if (train.task === "ratings" && patience !== undefined) return options;
  const rows = patience === undefined ? all : all - Math.round(VALIDATION_SHARE * all);
  if (batchSize === rows) return { ...options, batchSize: "full" };
  if (typeof batchSize !== "number" || batchSize < rows) return options;
  throw new UsageError(
    `train: --batch-size ${batchSize} is larger than the ${rows} training ${rowWord(train)}. ` +
      "Use a smaller number, or full for all.",
  );
}

/** Writes the report if --report is set. The code of the report and of its charts is loaded only then. */
async function writeReport(run: TrainedRun, { report }: RunOutput): Promise<WrittenFile[]> {
  if (report === undefined) return [];
  const { reportPage } = await import("../report/page.ts");
  return [{ kind: "report", path: report, replaced: await writeOutput(report, reportPage(run)) }];
}

/**
 * Does work that follows the saving of the model.
 *
 * @throws OutputError for any error; its message names the file of the model
 */
async function afterSaving<T>({ save }: RunOutput, failed: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const kept = save === undefined ? "" : ` The model is saved in ${save}.`;
    throw new OutputError(`train: ${failed}.${kept}`, { cause });
  }
}
