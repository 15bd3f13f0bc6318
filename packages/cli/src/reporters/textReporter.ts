// A run for people: notes on stderr, the table of metrics on stdout.

import { formatCount, formatNumber } from "@downhill/plots/format";
import { comparison } from "../model/baseline.ts";
import { metricRows, type Outcome } from "../model/metrics.ts";
import { isTableSpec } from "../model/modelFile.ts";
import { countOf, heldOutShare, rowWord } from "../model/rows.ts";
import { featureNames } from "../table/encoding/features.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { accent, bad, bold, dim, good, type Text, wrapped } from "../terminal/text.ts";
import { endingWords } from "../training/outcomeMessages.ts";
import type { Output } from "../training/runOutput.ts";
import { awaitsConvergence, phraseOf } from "../training/settings.ts";
import type { RunFacts, Teller, TrainedRun } from "./reporter.ts";

/** Prints what was read, what was chosen, how the run ended and what was written; with --quiet only the loss. */
export function textTeller({ stdout, stderr, columns }: Terminal, { quiet }: Output): Teller {
  const note = (line: Text) => {
    if (!quiet) stderr.line(line);
  };
  const notes = (parts: readonly Text[], indent = "") => {
    for (const line of wrapped(parts, Math.max(40, columns()) - indent.length - 1)) note([indent, line]);
  };
  return {
    start(facts) {
      const { model, reason, otherwise } = facts.prepared;
      const [rows = "", ...words] = dataWords(facts);
      notes([[bold(facts.data), "  ", rows], ...words]);
      const why = facts.chosen.model === undefined ? `because ${reason}` : "chosen with --model";
      note([bold(model), `  ${why}`, otherwise === "" ? "" : ` (${otherwise})`]);
      for (const each of facts.prepared.notes) note(["  ", each]);
    },
    settings(settings) {
      notes(
        settings.map((setting) => (setting.chosen ? accent(phraseOf(setting)) : phraseOf(setting))),
        "  ",
      );
    },
    epoch() {},
    diverged() {},
    end(run, files, seconds) {
      const { stopped, epochs, loss } = run;
      if (quiet) {
        stdout.line(String(loss));
        return;
      }
      const ended = endingWords({ stopped, epochs, awaited: awaitsConvergence(run) });
      const whole = stopped === "converged" || !awaitsConvergence(run);
      const sign = whole && stopped !== "interrupted" && stopped !== "diverged" ? good("✔") : bad("■");
      note([sign, ` ${ended}  `, dim(`${seconds.toFixed(seconds < 10 ? 1 : 0)} s`)]);
      stdout.table(tableOf(run));
      stdout.line(verdictOf(run));
      for (const { kind, path, replaced } of files)
        note(`${kind} written to ${path}${replaced ? ", replacing the file of that name" : ""}`);
    },
  };
}

/** What was read: "569 rows", "30 features → diagnosis", "hold-out 20 % (114 rows)". */
export function dataWords({ prepared, parts, holdOut }: RunFacts): string[] {
  const { table, spec, rows } = prepared;
  const heldOut =
    parts.heldOut === null
      ? "nothing held out"
      : `${formatNumber(100 * heldOutShare({ parts, holdOut }))} % held out (${formatCount(countOf(parts.heldOut))}${remarks[rows.task]})`;
  if (!isTableSpec(spec) || rows.task === "ratings") {
    return [`${formatCount(table.rows)} ratings`, heldOut];
  }
  const count = featureNames(spec.features).length;
  const classes = rows.task === "classification" ? ` (${new Set(rows.y).size} classes)` : "";
  const features = `${formatCount(count)} ${count === 1 ? "feature" : "features"}`;
  return [`${formatCount(table.rows)} rows`, `${features} → ${spec.target.name}${classes}`, heldOut];
}

const remarks = {
  classification: ", the same share of each class",
  regression: "",
  ratings: ", every user and item keeps a rating for training",
} as const;

function tableOf({ train, heldOut, loss, parts }: TrainedRun): string[][] {
  const outcomes = heldOut === null ? [train] : [train, heldOut];
  const row = (name: string, of: (outcome: Outcome) => string): string[] => [name, ...outcomes.map(of)];
  return [
    ["", "train", "held-out"].slice(0, 1 + outcomes.length),
    row("rows", (outcome) => formatCount(countOf(outcome === train ? parts.train : parts.heldOut!))),
    row("loss with penalty", (outcome) => (outcome === train ? formatNumber(loss) : "")),
    ...metricRows(outcomes),
  ];
}

/** Whether the model beats its baseline: on the held-out rows, where there are any. */
function verdictOf({ train, heldOut }: TrainedRun): string {
  const { baseline, metrics, task } = heldOut ?? train;
  const where = `${heldOut === null ? "training" : "held-out"} ${rowWord(task)}`;
  return comparison(baseline, metrics[baseline.metric]!, where);
}
