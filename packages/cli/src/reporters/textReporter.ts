// Reports a run for people: notes on stderr, the table of metrics on stdout.

import { existsSync } from "node:fs";
import { formatCount, formatNumber } from "@downhill/plots/format";
import { remedyTexts } from "../diagnosis/remedyFlags.ts";
import { stateNames } from "../diagnosis/stateNames.ts";
import { comparison } from "../model/baseline.ts";
import { foldRows, trialRows } from "../model/foldMetrics.ts";
import { metricRows, type Outcome } from "../model/metrics.ts";
import { rankingLines } from "../model/ranking.ts";
import { countOf, rowWord } from "../model/rows.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { accent, bad, bold, dim, good, type Text, wrapped } from "../terminal/text.ts";
import { warningsOf } from "../training/findings.ts";
import { divergedWarning, endingMessage } from "../training/outcomeMessages.ts";
import type { RunOutput } from "../training/runOutput.ts";
import { valuesText } from "../training/searchRanges.ts";
import { goalOf, phraseOf } from "../training/settings.ts";
import { timingLines } from "../training/timings.ts";
import type { TrainedRun } from "../training/trainedRun.ts";
import type { Reporter } from "./reporter.ts";
import { startLines } from "./startLines.ts";

const NO_CERTIFICATE =
  "The distance to the best possible loss is not computed, because this would take long beside the run. --report computes it.";
const SHOWN_TRIALS = 10; // of a search; --json and the report have all of them

/** Prints the data, the settings, the end of the run and the written files; with --quiet nothing, because `train` then prints the loss. */
export function textReporter({ stdout, stderr, columns }: Terminal, { quiet }: RunOutput): Reporter {
  const note = (line: Text) => {
    if (!quiet) stderr.line(line);
  };
  const notes = (parts: readonly Text[], indent = "") => {
    for (const line of wrapped(parts, Math.max(40, columns()) - indent.length - 1)) note([indent, line]);
  };
  return {
    start(facts) {
      for (const line of startLines(facts, columns())) note(line);
    },
    resumed(path, { folds, run }) {
      const finished = folds.search.length + folds.crossValidation.length;
      const training = run === null ? [] : [countText(run.completeEpochs, "epoch"), countText(run.update, "update")];
      const counts = finished === 0 ? training : [countText(finished, "finished fold"), ...training];
      note(`resumed from ${path}: ${counts.join(", ")}`);
    },
    checkpoint({ path, failure }) {
      if (failure === null) return;
      const last = existsSync(path) ? `; ${path} is the last complete checkpoint` : "";
      stderr.line([bad("warning:"), ` ${failure} The run goes on${last}.`]);
    },
    evaluation({ evaluation: { search, folds, interrupted } }) {
      if (search !== null) {
        note(`search: ${formatCount(search.trials.length)} of ${formatCount(search.planned)} trials finished`);
        if (!quiet) stdout.table(trialRows(search, SHOWN_TRIALS));
        note(["the best is used: ", bold(valuesText(search.best!.values))]);
      }
      if (folds !== null && !quiet) stdout.table(foldRows(folds));
      if (folds !== null && folds.mean === null) {
        note([bad("The training of a fold diverged"), ", so the scores have no mean."]);
      }
      if (interrupted) note("interrupted; the model is trained with what was found so far");
    },
    settings(settings) {
      notes(
        settings.map((setting) => (setting.isSet ? accent(phraseOf(setting)) : phraseOf(setting))),
        "  ",
      );
    },
    forecast({ learningRate, sentences }) {
      if (learningRate === null) return; // the settings say that the optimizer chooses its rates
      for (const sentence of sentences) note(["  ", sentence]);
    },
    epoch() {},
    verdict({ id, sentence, remedies }, { epoch }, options) {
      const [advice] = remedyTexts(remedies, options);
      const text = advice === undefined ? sentence : `${sentence} ${advice}`;
      note([`epoch ${formatCount(epoch)}: `, accent(stateNames[id]), `. ${text}`]);
    },
    diverged() {},
    timings(timings) {
      for (const line of timingLines(timings)) note(line);
    },
    end(run, files, seconds) {
      const { stopped, epochs } = run;
      const goal = goalOf(run);
      const message = endingMessage({ stopped, epochs, goal });
      const isComplete = stopped === "converged" || goal === null;
      const sign = isComplete && stopped !== "interrupted" && stopped !== "diverged" ? good("✔") : bad("■");
      note([sign, ` ${message}  `, dim(`${seconds.toFixed(seconds < 10 ? 1 : 0)} s`)]);
      if (run.certificate !== null) note(["  ", run.certificate.sentence]);
      else if (run.divergence === null) note(["  ", NO_CERTIFICATE]);
      for (const text of warningsOf(run)) note(["  ", bad("warning:"), " ", text]);
      stdout.table(tableOf(run));
      for (const line of comparisonsOf(run)) stdout.line(line);
      for (const { kind, path, replaced } of files) {
        note(`${kind} written to ${path}${replaced ? " (replaced the existing file)" : ""}`);
      }
    },
  };
}

const countText = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

function tableOf({ train, heldOut, loss, parts, fitted }: TrainedRun): string[][] {
  const outcomes = heldOut === null ? [train] : [train, heldOut];
  const row = (name: string, cell: (outcome: Outcome) => string): string[] => [name, ...outcomes.map(cell)];
  const { l2, l1 = 0 } = fitted.options;
  const hasPenalty = l2 !== 0 || l1 !== 0;
  return [
    ["", "train", "held-out"].slice(0, 1 + outcomes.length),
    row("rows", (outcome) => formatCount(countOf(outcome === train ? parts.train : parts.heldOut!))),
    row(hasPenalty ? "loss with penalty" : "loss", (outcome) => (outcome === train ? formatNumber(loss) : "")),
    ...metricRows(outcomes),
  ];
}

/** The comparisons with the baselines, on the held-out rows or, without any, on the training rows; a warning if the run diverged. */
function comparisonsOf({ train, heldOut, stopped, parts }: TrainedRun): string[] {
  if (stopped === "diverged") return [divergedWarning];
  const { baseline, metrics } = heldOut ?? train;
  const rows = parts.heldOut ?? parts.train;
  const where = `${heldOut === null ? "training" : "held-out"} ${rowWord(rows)}`;
  return [comparison(baseline, metrics[baseline.metric]!, where), ...rankingLines(metrics, rows, where)];
}
