// The report of a run: one HTML file that loads no other file, runs no script, and has the same bytes for the same run.

import { html, jsonBlock, keepUnits, type Markup, pageOf } from "@downhill/plots/page";
import { jsonConsultation } from "../diagnosis/consultation.ts";
import { hasLabOptions } from "../lab/labOptions.ts";
import { jsonFolds, jsonTrial } from "../model/foldMetrics.ts";
import { isFactorization, jsonMetrics } from "../model/metrics.ts";
import { pageMarks } from "../output/ownFiles.ts";
import { version } from "../process/version.ts";
import { dataPhrases } from "../training/dataPhrases.ts";
import { labLink } from "../training/labLink.ts";
import type { TrainedRun } from "../training/trainedRun.ts";
import { dataCard } from "./dataCard.ts";
import { foldsCard, searchCard } from "./evaluationCards.ts";
import { figuresOf } from "./figure.ts";
import { headlineOf } from "./headline.ts";
import { learningRateCard } from "./learningRateCard.ts";
import { classTable } from "./pictures/classes.ts";
import { errorPictures, lossPictures } from "./pictures/loss.ts";
import { recommendationTable } from "./pictures/ratings.ts";
import { weightsOf } from "./pictures/weights.ts";
import { modelPictures } from "./pictures.ts";
import { coefficientTable, settingsCard } from "./settingsCard.ts";
import { withWords } from "./wordNames.ts";

const titles: Readonly<Record<string, string>> = {
  linear: "Linear regression",
  logistic: "Logistic regression",
  softmax: "Softmax regression",
  network: "Neural network",
  svm: "Linear support vector machine",
  factorization: "Matrix factorization",
};

/** The text of the report's HTML file. */
export function reportPage(run: TrainedRun): string {
  const { result, lead, scoresOf, numbers } = headlineOf(run);
  const { train } = run.parts;
  const weights = train.task === "ratings" ? [] : withWords(weightsOf(run.fitted, train), run.prepared);
  const kind = titles[run.prepared.model]!;
  const body = html`<header>
<p class="kind">${kind}</p>
<h1>${keepUnits(result)}</h1>
<p class="lead">${keepUnits(lead)}</p>
<p class="soft">${keepUnits(dataPhrases(run).join(" · "))}</p>
<p class="strip">${scoresOf}</p>
<dl class="numbers">${numbers.map(({ name, value, beside }) => html`<div><dt>${name}</dt><dd>${value}${beside.map((line) => html`<small>${line}</small>`)}</dd></div>`)}</dl>
</header>
<main>
<section aria-labelledby="loss"><h2 id="loss">Loss during training</h2>
<p>${lossSentence(run)}</p>
${figuresOf([...lossPictures(run), ...errorPictures(run)])}</section>
${learningRateCard(run)}
${searchCard(run)}
${foldsCard(run)}
<section aria-labelledby="model"><h2 id="model">What the model does</h2>
${figuresOf(modelPictures(run, weights))}
${classTableOf(run)}
${isFactorization(run.fitted) ? recommendationTable(run.fitted) : null}
${coefficientTable(weights)}</section>
${dataCard(run)}
${settingsCard(run)}
</main>
<footer>Written by <code>downhill</code> ${version}. This file loads no other file. It also stores the run as JSON.</footer>
${runBlock(run)}`;
  return pageOf({ title: `${kind}: ${result}`, generator: pageMarks.report }, body);
}

function classTableOf({ train, heldOut }: TrainedRun): Markup | null {
  const outcome = heldOut ?? train;
  if (outcome.task !== "classification") return null;
  return classTable({ outcome, name: heldOut === null ? "training rows" : "held-out rows" });
}

/** What the curves of the loss show. */
const lossSentence = ({ fitted }: TrainedRun): string =>
  fitted.history.objective === undefined
    ? "Training tries to make the loss small. Each point is the mean loss of one epoch: one pass over the training rows, each batch measured before its update."
    : "Training tries to make the loss small. The curve shows it after each epoch (one pass over the training rows): the mean loss over these rows plus the penalty.";

const MAX_EPOCHS = 500;

/** The run as data: settings, metrics, and the loss at up to 500 epochs. */
function runBlock(run: TrainedRun): Markup {
  const {
    data,
    line,
    prepared,
    settings,
    train,
    heldOut,
    loss,
    epochs,
    stopped,
    fitted,
    errors,
    evaluation,
    importance,
    diagnosis,
    periods,
    certificate,
    findings,
  } = run;
  const losses = fitted.history.objective ?? fitted.history.batchLoss;
  const every = Math.ceil(losses.length / MAX_EPOCHS);
  const kept = losses
    .map((value, i) => [i + 1, value])
    .filter(([epoch]) => epoch! % every === 0 || epoch === losses.length);
  const facts = {
    format: "downhill run",
    version,
    command: ["downhill", ...line],
    data,
    rows: prepared.table.rows,
    model: prepared.model,
    task: prepared.task,
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    stopped,
    epochs,
    updates: fitted.updates,
    loss,
    train: jsonMetrics(train),
    heldOut: heldOut && jsonMetrics(heldOut),
    ...(evaluation.search && { search: evaluation.search.trials.map(jsonTrial) }),
    ...(evaluation.folds && { folds: jsonFolds(evaluation.folds) }),
    ...(importance && { importance: importance.columns }),
    certificate,
    findings,
    ...(diagnosis && { diagnosis: jsonConsultation(diagnosis) }),
    states: periods.map(({ from, to, verdict: { id, sentence } }) => ({ from, to, state: id, sentence })),
    losses: kept,
    errors,
    // The link that opens the run, at the update of the model.
    lab: hasLabOptions(data, run.options) ? labLink({ ...run, updates: fitted.updates }) : null,
  };
  return html`<script type="application/json" id="run">${jsonBlock(facts)}</script>`;
}
