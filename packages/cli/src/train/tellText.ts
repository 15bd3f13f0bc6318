// A run for people: notes on stderr, the table of metrics on stdout.
import type { Io } from "../io.ts";
import { isTableSpec } from "../model/modelFile.ts";
import { countOf } from "../model/part.ts";
import { metricNames, type Outcome, sayMetric } from "../model/scores.ts";
import { grouped, sayNumber, sayPlain } from "../say.ts";
import { featureNames } from "../table/features.ts";
import { aligned, type Style, wrapped } from "../terminal/style.ts";
import { endingWords } from "./outcomeWords.ts";
import type { Output } from "./output.ts";
import { awaitsConvergence, phraseOf } from "./settings.ts";
import type { RunFacts, Teller, TrainedRun } from "./teller.ts";

/** Tells what is read, what is chosen, how it ended and what was written; with --quiet only the loss. */
export function textTeller({ stdout, stderr, columns }: Io, style: Style, { quiet }: Output): Teller {
  const note = (line: string) => {
    if (!quiet) stderr.write(`${style.fit(line)}\n`);
  };
  const notes = (parts: readonly string[], indent = "") => {
    for (const line of wrapped(parts, Math.max(40, columns()) - indent.length - 1)) note(indent + line);
  };
  return {
    start(facts) {
      const { model, reason } = facts.prepared;
      const [rows = "", ...words] = dataWords(facts);
      notes([`${style.bold(facts.data)}  ${rows}`, ...words]);
      note(`${style.bold(model)}  ${facts.chosen.model === undefined ? `because ${reason}` : "as chosen"}`);
    },
    settings(settings) {
      notes(
        settings.map((setting) => (setting.chosen ? style.accent(phraseOf(setting)) : phraseOf(setting))),
        "  ",
      );
    },
    epoch() {},
    diverged() {},
    end(run, files, seconds) {
      const { fitted, epochs, loss } = run;
      if (quiet) {
        stdout.write(`${loss}\n`);
        return;
      }
      const ended = endingWords({ stopped: fitted.stopped, epochs, awaited: awaitsConvergence(run) });
      const whole = fitted.stopped === "converged" || !awaitsConvergence(run);
      const sign = whole && fitted.stopped !== "interrupted" ? style.good("✔") : style.bad("■");
      note(`${sign} ${ended}  ${style.dim(`${seconds.toFixed(seconds < 10 ? 1 : 0)} s`)}`);
      for (const line of metricLines(run)) stdout.write(`${style.fit(line)}\n`);
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
      : `${sayPlain(100 * holdOut)} % held out (${grouped(countOf(parts.heldOut))}${rows.task === "classification" ? ", the same share of each class" : ""})`;
  if (!isTableSpec(spec) || rows.task === "ratings") {
    return [`${grouped(table.rows)} ratings`, heldOut];
  }
  const count = featureNames(spec.features).length;
  const classes = rows.task === "classification" ? ` (${new Set(rows.y).size} classes)` : "";
  const features = `${grouped(count)} ${count === 1 ? "feature" : "features"}`;
  return [`${grouped(table.rows)} rows`, `${features} → ${spec.target.name}${classes}`, heldOut];
}

function metricLines({ train, heldOut, loss, parts }: TrainedRun): string[] {
  const outcomes = heldOut === null ? [train] : [train, heldOut];
  const row = (name: string, of: (outcome: Outcome) => string): string[] => [name, ...outcomes.map(of)];
  return aligned([
    ["", "train", "held-out"].slice(0, 1 + outcomes.length),
    row("rows", (outcome) => grouped(countOf(outcome === train ? parts.train : parts.heldOut!))),
    row("loss with penalty", (outcome) => (outcome === train ? sayNumber(loss) : "")),
    ...Object.keys(train.metrics).map((name) =>
      row(metricNames[name] ?? name, (outcome) => sayMetric(name, outcome.metrics[name]!)),
    ),
  ]);
}
