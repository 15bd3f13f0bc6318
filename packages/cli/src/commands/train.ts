// downhill train: reads the table, trains a model, evaluates it, and writes the results.
import { checkpointsOf } from "../checkpoint/checkpoints.ts";
import { recordedOptions, requireSameData } from "../checkpoint/differences.ts";
import { checkpointFiles, resumedCheckpoint, resumeLine } from "../checkpoint/files.ts";
import { fingerprintOf } from "../checkpoint/fingerprint.ts";
import { exitCodes, MemoryError, OutputError } from "../errors/errors.ts";
import { commonAnswer } from "../model/baseline.ts";
import { evaluate } from "../model/metrics.ts";
import { DEFAULT_INTERVAL } from "../options/interval.ts";
import { needsMemory, requireStreamable } from "../options/streamOptions.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { writeOutput } from "../output/writeOutput.ts";
import { foldProgress } from "../reporters/foldProgress.ts";
import { jsonReporter } from "../reporters/jsonReporter.ts";
import { textReporter } from "../reporters/textReporter.ts";
import { type DataArgument, isStandardInput, nameOfData } from "../table/files/source.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { withBatch } from "../training/batchOption.ts";
import {
  bestOptions,
  type Surroundings as EvaluationSurroundings,
  evaluateOptions,
  noEvaluation,
  requestsEvaluation,
} from "../training/evaluation.ts";
import { importanceOf } from "../training/importance.ts";
import { listenForInterrupts } from "../training/interrupts.ts";
import { prepare } from "../training/prepare.ts";
import type { Prepared } from "../training/prepared.ts";
import { type PreparedStream, prepareStream } from "../training/prepareStream.ts";
import { requireSavable, requireValidationRatings } from "../training/ratingChecks.ts";
import { outputFiles, saveModel } from "../training/results.ts";
import { type RunOutput, runOutputOf } from "../training/runOutput.ts";
import { defaultThreads, withThreads } from "../training/threads.ts";
import type { RunFacts, TrainedRun, WrittenFile } from "../training/trainedRun.ts";
import { descend, type Surroundings } from "./descend.ts";

/** Runs `downhill train DATA`. */
export async function trainCommand(
  { data, argv }: { readonly data: string; readonly argv: readonly string[] },
  commandLine: TrainOptions,
  terminal: Terminal,
): Promise<number> {
  const output = runOutputOf(commandLine, terminal);
  const inputs = await dataFiles("train", data);
  const own = checkpointFiles(commandLine);
  checkOutputs("train", {
    outputs: [...outputFiles(output), ...own.outputs],
    inputs: [...inputs, ...own.inputs],
    force: commandLine.force ?? false,
  });
  const resume = resumedCheckpoint(commandLine);
  requireStreamable(commandLine);
  const { prepared, close } = await preparedRows({ ...commandLine, data, stdin: terminal.stdin }, commandLine);
  try {
    return await trainPrepared(prepared, { data, argv, resume }, commandLine, terminal);
  } finally {
    close();
  }
}

/** Reads DATA: in parts with --stream, and if it does not fit into memory. */
async function preparedRows(argument: DataArgument, options: TrainOptions): Promise<PreparedStream> {
  if (options.stream) return prepareStream(argument, options);
  try {
    return { prepared: await prepare(argument, options), close() {} };
  } catch (error) {
    if (!(error instanceof MemoryError) || isStandardInput(argument.data) || needsMemory(options) !== undefined)
      throw error;
    const { prepared, close } = await prepareStream(argument, options);
    const text = "The rows are read in parts, as with --stream, because they do not fit into 4 GiB of memory";
    return {
      prepared: {
        ...prepared,
        notes: [{ code: "stream", column: null, text, level: "information" }, ...prepared.notes],
      },
      close,
    };
  }
}

/** Trains a model on prepared rows. */
async function trainPrepared(
  prepared: Prepared,
  { data, argv, resume }: { readonly data: string; readonly argv: readonly string[] } & Pick<Surroundings, "resume">,
  commandLine: TrainOptions,
  terminal: Terminal,
): Promise<number> {
  const output = runOutputOf(commandLine, terminal);
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = commandLine;
  const { parts } = prepared;
  const isRecorded = commandLine.checkpoint !== undefined || resume !== null;
  const fingerprint = isRecorded ? fingerprintOf(prepared) : null;
  if (resume !== null) requireSameData(commandLine.resume!, resume.notes.data, fingerprint!);
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
  if (resume !== null) reporter.resumed(commandLine.resume!, resume.notes);
  const checkpoints = checkpointsOf({
    path: commandLine.checkpoint,
    interval: commandLine.every ?? DEFAULT_INTERVAL,
    options: recordedOptions(commandLine),
    data: fingerprint,
    folds: resume?.notes.folds ?? { search: [], crossValidation: [] },
    delayed: commandLine.keepDiverged ?? false,
    now: terminal.now,
    report: reporter.checkpoint,
  });
  const began = terminal.now();
  const count = options.threads ?? defaultThreads(parts.train, prepared.model, options);
  const facts = await evaluated(start, count, {
    output,
    terminal,
    checkpoints,
    resumeLine: (path) => resumeLine(argv, path),
  });
  reporter.evaluation(facts);
  const interrupts = listenForInterrupts(terminal);
  try {
    const descent = await withThreads(count, (pool) =>
      descend(facts, { output, reporter, terminal, interrupts, pool, checkpoints, resume }),
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
    if (descent.stopped === "interrupted" && checkpoints.path !== undefined && !output.quiet) {
      terminal.stderr.line(`Continue with: ${resumeLine(argv, checkpoints.path)}`);
    }
    if (report instanceof OutputError) throw report;
    await descent.finish();
    if (descent.failure !== null) throw descent.failure;
  } finally {
    interrupts.stop();
  }
  return interrupts.requested() || facts.evaluation.interrupted ? exitCodes.interrupted : exitCodes.ok;
}

/** The run with the options of the training, after the search and the cross-validation. */
async function evaluated(
  start: RunFacts,
  count: number,
  surroundings: Pick<EvaluationSurroundings, "terminal" | "checkpoints" | "resumeLine"> & Pick<Surroundings, "output">,
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
