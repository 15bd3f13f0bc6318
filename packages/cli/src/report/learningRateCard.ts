// The section of the report on the learning rate: what was known before the training, and the states of the run.
import { rateSweep, ruler } from "@downhill/plots";
import { formatCount } from "@downhill/plots/format";
import { html, keepUnits, type Markup, tableOf } from "@downhill/plots/page";
import { marksOf } from "../diagnosis/marks.ts";
import { remedyTexts } from "../diagnosis/remedyFlags.ts";
import { stateNames } from "../diagnosis/stateNames.ts";
import { findingText } from "../training/findings.ts";
import type { TrainedRun } from "../training/trainedRun.ts";
import { figuresOf, type Picture } from "./figure.ts";

/** The section; null if nothing was computed. */
export function learningRateCard(run: TrainedRun): Markup | null {
  const { diagnosis, certificate, findings } = run;
  if (diagnosis === null) return null;
  const sentences = [
    ...diagnosis.sentences,
    ...(certificate === null ? [] : [certificate.sentence]),
    ...findings.map((finding) => findingText(finding, run.options)),
  ];
  return html`<section aria-labelledby="rate"><h2 id="rate">Learning rate</h2>
<ul>${sentences.map((sentence) => html`<li>${keepUnits(sentence)}</li>`)}</ul>
${figuresOf([...rulerPicture(run), ...sweepPicture(run), ...timelinePicture(run)])}
${timelineTable(run)}</section>`;
}

function rulerPicture({ diagnosis }: TrainedRun): Picture[] {
  const marks = marksOf(diagnosis!);
  const { zones } = diagnosis!.constantRate;
  if (zones.length < 2) return [];
  const spec = ruler({
    title: "What a learning rate does on these rows",
    zones,
    marks,
    xName: "Learning rate",
    xScale: "log",
  });
  return [{ spec, full: true }];
}

function sweepPicture({ diagnosis }: TrainedRun): Picture[] {
  const { sweep } = diagnosis!;
  const updates = Math.max(...sweep.trials.map(({ updates }) => updates));
  const run = marksOf(diagnosis!).filter(({ kind }) => kind !== "best");
  const spec = rateSweep({
    title: `Loss after at most ${formatCount(updates)} updates`,
    trials: sweep.trials.map(({ learningRate, objective, outcome }) => ({
      learningRate,
      loss: objective,
      ...(outcome !== "finished" && { outcome }),
    })),
    marks: run,
    yName: "Loss with penalty",
  });
  return [{ spec, full: true }];
}

function timelinePicture({ periods }: TrainedRun): Picture[] {
  const zones = periods
    .map(({ from, to, verdict }) => ({ name: stateNames[verdict.id], from, to }))
    .filter(({ from, to }) => to > from);
  if (zones.length < 2) return [];
  return [{ spec: ruler({ title: "States of the run", zones, xName: "Update" }), full: true }];
}

function timelineTable({ periods, options }: TrainedRun): Markup | null {
  if (periods.length === 0) return null;
  const rows = periods.map(({ from, to, verdict }) => [
    from === to ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`,
    stateNames[verdict.id],
    [verdict.sentence, ...remedyTexts(verdict.remedies, options)].join(" "),
  ]);
  return html`<div class="settings">${tableOf(["Updates", "State", "Why, and what helps"], rows, "The states of the run.")}</div>`;
}
