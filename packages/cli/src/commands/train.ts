// downhill train: reads the table, trains a model, evaluates it, and writes the results.
import { checkpointsOf } from "../checkpoint/checkpoints.ts";
import { recordedOptions, requireSameData } from "../checkpoint/differences.ts";
import { checkpointFiles, resumedCheckpoint, resumeLine } from "../checkpoint/files.ts";
import { fingerprintOf } from "../checkpoint/fingerprint.ts";
import { DivergedRun, exitCodes, MemoryError, OutputError } from "../errors/errors.ts";
import { commonAnswer } from "../model/baseline.ts";
import { evaluate } from "../model/metrics.ts";
import { DEFAULT_INTERVAL } from "../options/interval.ts";
import { needsMemory, requireStreamable } from "../options/streamOptions.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { writeOutput } from "../output/writeOutput.ts";
import { onAllRanks } from "../ranks/gather.ts";
import {
  nothingShared,
  processorsOf,
  type RunRanks,
  requireFiles,
  requireRanks,
  sharedTraining,
} from "../ranks/join.ts";
import { requireSameFiles, requireSameRows } from "../ranks/requireSame.ts";
import { withRanks } from "../ranks/withRanks.ts";
import { foldProgress } from "../reporters/foldProgress.ts";
import { jsonReporter } from "../reporters/jsonReporter.ts";
import { readingProgress } from "../reporters/readingProgress.ts";
import { textReporter } from "../reporters/textReporter.ts";
import { type DataArgument, isStandardInput, nameOfData } from "../table/files/source.ts";
import { isSvmlight } from "../table/files/svmlight.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { withBatch } from "../training/batchOption.ts";
import type { PreparedStream, StreamSurroundings } from "../training/cachedRows.ts";
import {
  bestOptions,
  type Surroundings as EvaluationSurroundings,
  evaluateOptions,
  noEvaluation,
  requestsEvaluation,
} from "../training/evaluation.ts";
import { importanceOf } from "../training/importance.ts";
import { listenForInterrupts } from "../training/interrupts.ts";
import type { LinkedRun } from "../training/labLink.ts";
import { prepare } from "../training/prepare.ts";
import type { Prepared } from "../training/prepared.ts";
import { prepareRatingStream } from "../training/prepareRatingStream.ts";
import { prepareStream } from "../training/prepareStream.ts";
import { requireSavable, requireValidationRatings } from "../training/ratingChecks.ts";
import { outputFiles, saveModel } from "../training/results.ts";
import { type RunOutput, runOutputOf } from "../training/runOutput.ts";
import { defaultThreads, withThreads } from "../training/threads.ts";
import { stopwatch, type Timings } from "../training/timings.ts";
import type { RunFacts, TrainedRun, WrittenFile } from "../training/trainedRun.ts";
import { descend, type Surroundings } from "./descend.ts";
import { openDiverged, openInLab, requireOpenable } from "./openInLab.ts";

/** Runs `downhill train DATA`. */
export const trainCommand = (line: CommandLine, options: TrainOptions, terminal: Terminal): Promise<number> =>
  withRanks(terminal, line.argv, (ranks) => trainOn(ranks, line, options, terminal));

interface CommandLine {
  readonly data: string;
  /** The command line after `downhill`. */
  readonly argv: readonly string[];
}

/** Trains on the ranks of an MPI job. All compute the same; only rank 0 writes files. */
async function trainOn(
  ranks: RunRanks | undefined,
  { data, argv }: CommandLine,
  commandLine: TrainOptions,
  terminal: Terminal,
): Promise<number> {
  const elapsed = stopwatch(terminal.now);
  const isWriter = ranks === undefined || ranks.rank === 0;
  const output = runOutputOf(commandLine, terminal);
  requireRanks(ranks, commandLine);
  const { resume, paths } = await onAllRanks(ranks, async () => {
    if (ranks !== undefined) requireFiles(data);
    if (commandLine.open) requireOpenable(ranks, data, commandLine);
    const inputs = await dataFiles("train", data);
    const own = checkpointFiles(commandLine);
    if (isWriter) {
      checkOutputs("train", {
        outputs: [...outputFiles(output), ...own.outputs],
        inputs: [...inputs, ...own.inputs],
        force: commandLine.force ?? false,
      });
    }
    requireStreamable(commandLine);
    return { resume: resumedCheckpoint(commandLine), paths: inputs.map(({ path }) => path) };
  });
  if (ranks !== undefined) requireSameFiles(ranks, paths);
  const progress = readingProgress(output.progress, terminal);
  const read = () => preparedRows({ ...commandLine, data, stdin: terminal.stdin }, commandLine, { ranks, progress });
  const { prepared, close } = await onAllRanks(ranks, read);
  try {
    return await trainPrepared(prepared, { data, argv, resume, ranks, elapsed }, commandLine, terminal);
  } finally {
    close();
  }
}

/** Reads DATA: in parts with --stream, and if it does not fit into memory. */
async function preparedRows(
  argument: DataArgument,
  options: TrainOptions,
  { ranks, progress }: StreamSurroundings,
): Promise<PreparedStream> {
  if (isSvmlight(argument.data)) return { prepared: await prepare(argument, options, ranks), close() {} };
  const prepareParts = options.model === "factorization" ? prepareRatingStream : prepareStream;
  const surroundings = { progress, ...(options.cache !== undefined && { ranks }) };
  if (options.stream) return prepareParts(argument, options, surroundings);
  try {
    return { prepared: await prepare(argument, options, ranks), close() {} };
  } catch (error) {
    if (!(error instanceof MemoryError) || isStandardInput(argument.data) || needsMemory(options) !== undefined)
      throw error;
    const { prepared, close } = await prepareParts(argument, options, surroundings);
    const text = `The rows are read in parts, as with --stream, because ${error.reason}`;
    return {
      prepared: {
        ...prepared,
        notes: [{ code: "stream", column: null, text, level: "information" }, ...prepared.notes],
      },
      close,
    };
  }
}

interface TrainingLine extends CommandLine, Pick<Surroundings, "resume"> {
  readonly ranks: RunRanks | undefined;
  /** Returns the seconds since its last call. */
  readonly elapsed: () => number;
}

/** Trains a model on prepared rows. */
async function trainPrepared(
  prepared: Prepared,
  { data, argv, resume, ranks, elapsed }: TrainingLine,
  commandLine: TrainOptions,
  terminal: Terminal,
): Promise<number> {
  const isWriter = ranks === undefined || ranks.rank === 0;
  const output = runOutputOf(commandLine, terminal);
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = commandLine;
  const { parts } = prepared;
  const isRecorded = commandLine.checkpoint !== undefined || resume !== null;
  const fingerprint = isRecorded || ranks !== undefined ? fingerprintOf(prepared) : null;
  if (ranks !== undefined) requireSameRows(ranks, fingerprint!);
  if (resume !== null) requireSameData(commandLine.resume!, resume.notes.data, fingerprint!);
  const options = withBatch(commandLine, parts.train);
  if (parts.train.task === "ratings") {
    if (!parts.train.stored) requireValidationRatings(parts.train, options);
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
  if (resume !== null) reporter.resumed(commandLine.resume!, resume.notes);
  const checkpoints = checkpointsOf({
    path: isWriter ? commandLine.checkpoint : undefined,
    interval: commandLine.every ?? DEFAULT_INTERVAL,
    options: recordedOptions(commandLine),
    data: fingerprint,
    folds: resume?.notes.folds ?? { search: [], crossValidation: [] },
    delayed: commandLine.keepDiverged ?? false,
    now: terminal.now,
    report: reporter.checkpoint,
  });
  const began = terminal.now();
  const reading = elapsed();
  const processors = ranks && processorsOf(ranks);
  if (ranks && !output.quiet && !output.json) {
    terminal.stderr.line(`  ${sharedTraining(ranks, options)}`);
  }
  const before = { count: 0, time: 0, ...ranks?.exchanges };
  const own = { ...options, ...(processors !== undefined && { processors }) };
  const count = options.threads ?? defaultThreads(parts.train, prepared.model, own);
  const facts = await evaluated(start, count, {
    output,
    terminal,
    ranks,
    checkpoints,
    resumeLine: (path) => resumeLine(argv, path),
  });
  reporter.evaluation(facts);
  const interrupts = listenForInterrupts(terminal);
  let ended: LinkedRun | DivergedRun;
  try {
    const descent = await withThreads(count, (pool) =>
      descend(facts, { output, reporter, terminal, interrupts, pool, checkpoints, resume, ranks }),
    );
    const seconds = (terminal.now() - began) / 1000;
    const training = elapsed();
    const exchanges = ranks ? exchangesSince(ranks, before, training) : null;
    if (exchanges?.count === 0 && !output.quiet) terminal.stderr.line(nothingShared(options));
    if (!isWriter) return exitCodes.ok;
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
    if (descent.stopped === "interrupted" && checkpoints.path !== undefined && !output.quiet) {
      terminal.stderr.line(`Continue with: ${resumeLine(argv, checkpoints.path)}`);
    }
    if (options.timings) reporter.timings({ reading, training, rest: elapsed(), exchanges });
    if (report instanceof OutputError) throw report;
    await descent.finish();
    if (descent.failure !== null) throw descent.failure;
    ended = { ...facts, ...descent };
  } catch (error) {
    if (!options.open || !(error instanceof DivergedRun)) throw error;
    ended = error;
  } finally {
    interrupts.stop();
  }
  if (ended instanceof DivergedRun) return openDiverged(facts, ended, terminal);
  if (options.open) await openInLab(ended, terminal);
  return interrupts.requested() || facts.evaluation.interrupted ? exitCodes.interrupted : exitCodes.ok;
}

/** The exchanges between ranks since an earlier count, beside the time of the training in seconds. */
function exchangesSince(
  { exchanges }: RunRanks,
  before: RunRanks["exchanges"],
  training: number,
): Timings["exchanges"] {
  const seconds = (exchanges.time - before.time) / 1000;
  return { count: exchanges.count - before.count, seconds, share: training > 0 ? seconds / training : 0 };
}

/** The run with the options of the training, after the search and the cross-validation. */
async function evaluated(
  start: RunFacts,
  count: number,
  surroundings: Pick<EvaluationSurroundings, "terminal" | "checkpoints" | "ranks" | "resumeLine"> &
    Pick<Surroundings, "output">,
): Promise<RunFacts> {
  const { prepared, options, parts } = start;
  const { output, terminal } = surroundings;
  if (!requestsEvaluation(options)) return start;
  const evaluation = await withThreads(count, (pool) =>
    evaluateOptions(prepared.evaluable, options, {
      ...surroundings,
      progress: () => foldProgress(output.progress, terminal),
      pool,
    }),
  );
  const own = evaluation.search === null ? options : bestOptions(options, evaluation.search);
  return { ...start, options: withBatch(own, parts.train), evaluation };
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
