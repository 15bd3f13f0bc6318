// downhill train: read, choose, descend, judge, write.
import { DivergenceError, type Pool } from "downhill";
import { DivergedRun, exitCodes, OutputError, UsageError } from "../errors/errors.ts";
import { commonAnswer } from "../model/baseline.ts";
import { stepsOf, WATCHED_SHARE } from "../model/estimator.ts";
import { judge } from "../model/metrics.ts";
import { countOf, partsOf, type Rows, rowWord } from "../model/rows.ts";
import { twoClassesOf } from "../model/twoClasses.ts";
import { type Chosen, DEFAULT_HOLD_OUT, DEFAULT_SEED } from "../options/trainOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { jsonTeller } from "../reporters/jsonReporter.ts";
import { progressOf } from "../reporters/progress.ts";
import type { RunFacts, Teller, TrainedRun } from "../reporters/reporter.ts";
import { textTeller } from "../reporters/textReporter.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { divergenceWords } from "../training/divergence.ts";
import { follow, type Watcher } from "../training/follow.ts";
import { hearInterrupts, type Interrupts } from "../training/interrupts.ts";
import { prepare } from "../training/prepare.ts";
import { requireSavable, requireWatchable } from "../training/ratingChecks.ts";
import { afterSaving, type Descent, outputFiles, saveModel, writeReport } from "../training/results.ts";
import { type Output, outputOf } from "../training/runOutput.ts";
import { type Setting, settingsOf } from "../training/settings.ts";
import { usualThreads, withThreads } from "../training/threads.ts";

/** Runs `downhill train DATA`. */
export async function trainCommand(
  data: string,
  read: Chosen,
  line: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const output = outputOf(read, terminal);
  checkOutputs("train", outputFiles(output), await dataFiles("train", data), read.force ?? false);
  const prepared = await prepare(data, read);
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = read;
  const parts = partsOf(prepared.rows, holdOut, seed);
  const chosen = withBatch(read, parts.train);
  if (parts.train.task === "ratings") {
    requireWatchable(parts.train, chosen);
    if (output.save !== undefined) requireSavable(parts.train, chosen);
  }

  const twoClasses = twoClassesOf(prepared.rows, chosen.positive);
  const answer = commonAnswer(parts.train);
  const facts: RunFacts = { data, prepared, parts, holdOut, seed, twoClasses, commonAnswer: answer, chosen };
  const teller: Teller = output.json ? jsonTeller(terminal) : textTeller(terminal, output);
  teller.start(facts);
  const interrupts = hearInterrupts(terminal);
  try {
    const began = terminal.now();
    const count = read.threads ?? usualThreads(parts.train, prepared.model, chosen);
    const descent = await withThreads(count, (pool) => descend(facts, pool, { output, teller, terminal, interrupts }));
    const seconds = (terminal.now() - began) / 1000;
    const saved = await saveModel({ ...facts, ...descent }, output);
    await interrupts.settled();
    if (interrupts.requested() && !output.quiet) terminal.stderr.line("Press Ctrl-C again to end at once.");
    const run = await afterSaving(output, "the run could not be measured", (): TrainedRun => {
      const heldOut = parts.heldOut === null ? null : judge(descent.fitted, parts.heldOut, answer);
      return { ...facts, ...descent, line, train: judge(descent.fitted, parts.train, answer), heldOut };
    });
    const report = await afterSaving(output, "the report could not be written", () => writeReport(run, output)).catch(
      (error: OutputError) => error,
    );
    teller.end(run, report instanceof OutputError ? saved : [...saved, ...report], seconds);
    if (report instanceof OutputError) throw report;
    if (descent.divergence !== null) throw divergedRun(facts, descent.divergence, true);
  } finally {
    interrupts.forget();
  }
  return interrupts.requested() ? exitCodes.interrupted : exitCodes.ok;
}

interface Around {
  readonly output: Output;
  readonly teller: Teller;
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
}

/** The descent itself, watched and told of. */
async function descend(
  facts: RunFacts,
  pool: Pool | undefined,
  { output, teller, terminal, interrupts }: Around,
): Promise<Descent> {
  const { prepared, parts, twoClasses, chosen } = facts;
  let settings: readonly Setting[] = [];
  let epochs = 1;
  const watcher: Watcher = {
    first(step) {
      const fitted = step.fitted();
      epochs = Number(fitted.options["epochs"]);
      settings = settingsOf({
        model: prepared.model,
        chosen,
        twoClasses,
        fitted,
        learningRate: step.learningRate,
        update: step.t,
      });
      teller.settings(settings);
    },
    epoch: (step) => teller.epoch(step),
  };
  const progress = progressOf(output.progress, () => epochs, terminal);
  try {
    const classes = twoClasses?.classes;
    const look = { every: everyOf(chosen, parts.train), ...(pool && { threads: pool }), ...(classes && { classes }) };
    const steps = stepsOf(prepared.model, chosen, parts.train, look);
    const keepDiverged = chosen.keepDiverged ?? false;
    const followed = await follow(steps, { terminal, progress, watcher, interrupts, keepDiverged });
    const { fitted, divergence } = followed;
    const stopped = divergence === null ? fitted.stopped : "diverged";
    return { ...followed, settings, stopped, epochs: fitted.history.updates.length };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    teller.diverged(error);
    throw divergedRun(facts, error, false);
  }
}

const divergedRun = ({ prepared, chosen }: RunFacts, error: DivergenceError, kept: boolean): DivergedRun =>
  new DivergedRun(divergenceWords(error, { chosen, model: prepared.model, kept }));

/**
 * Updates between two looks at the run: some ten thousand rows, so that looking costs nothing; of ratings, which are
 * quick, ten times as many, as threads share what lies between two looks.
 */
function everyOf({ batchSize }: Chosen, { task }: Rows): number {
  const [look, usual] = task === "ratings" ? [200_000, 200_000] : [20_000, 1000];
  return typeof batchSize === "number" ? Math.ceil(look / batchSize) : usual;
}

/**
 * The choices with a batch of all training rows called full.
 *
 * @throws UsageError for a batch of more rows than there are
 */
function withBatch(chosen: Chosen, train: Rows): Chosen {
  const { batchSize, patience } = chosen;
  const all = countOf(train);
  if (train.task === "ratings" && patience !== undefined) return chosen; // the library knows how many it watches
  const rows = patience === undefined ? all : all - Math.round(WATCHED_SHARE * all);
  if (batchSize === rows) return { ...chosen, batchSize: "full" };
  if (typeof batchSize !== "number" || batchSize < rows) return chosen;
  throw new UsageError(
    `train: --batch-size must be at most the ${rows} training ${rowWord(train.task)}, got ${batchSize}. ` +
      "Choose fewer, or full for all.",
  );
}
