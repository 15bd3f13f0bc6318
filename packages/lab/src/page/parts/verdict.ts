// What the run is doing, why, and what can be done about it.

import { formatNumber } from "@downhill/plots/format";
import type { Remedy } from "downhill";
import { html, nothing } from "lit-html";
import { canGoOn, isShorter, withRate, withRemedy } from "../changes.ts";
import { icon } from "../icons.ts";
import { verdictLabel } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { prose } from "../prose.ts";
import { fasterRate, nextText, summaryFacts } from "./summary.ts";

const OBJECTIVE =
  "The objective is the loss of the training rows, with the penalty on large parameters. The chart “Loss” shows it.";

/** The bar of the verdict. */
export function verdictBar(lab: Lab) {
  const { frame, facts } = lab.state;
  if (frame === null)
    return html`<section class="verdict panel" aria-label="What the run is doing"><p>The run is being prepared.</p></section>`;
  const { verdict, status } = frame;
  if (verdict === null || status === "ready") {
    const isReady = status === "ready";
    const text = isReady ? readyText(lab) : "What the run is doing will be known after its first epoch.";
    return html`<section class="verdict panel" data-verdict="ready" aria-label="What the run is doing">
      <p class="state">${icon("ready")} <b>${isReady ? "Ready" : "First epoch"}</b></p>
      <p class="sentence">${prose(text)}</p>
    </section>`;
  }
  const [sign, name, kind] = verdictLabel(verdict);
  const hasEnded = frame.summary !== null && frame.looking === null;
  const next = hasEnded && facts ? nextText(frame, facts) : "";
  const faster = hasEnded && facts && frame.remedies.length === 0 ? fasterRate(facts) : null;
  const numbers = Object.entries(verdict.numbers);
  return html`<section class="verdict panel" data-verdict=${verdict.id} data-kind=${kind} aria-label="What the run is doing">
    <p class="state">${icon(sign)} <b>${name}</b></p>
    <p class="sentence">${prose(verdict.sentence + endText(lab) + next)}</p>
    <div class="actions">
      ${status === "diverged" ? rewindAction(lab) : nothing}
      ${frame.remedies.map((remedy) => remedyAction(lab, remedy, facts?.rate.best ?? null))}
      ${faster === null ? nothing : html`<button type="button" @click=${() => lab.set(withRate(lab.state.lab, faster.rate))}>Try the rate ${prose(formatNumber(faster.rate))}</button>`}
    </div>
    ${hasEnded ? html`<dl class="summary" aria-label="Summary of run ${frame.letter}">${summaryFacts(frame).map(pair)}</dl>` : nothing}
    <details>
      <summary>Why?</summary>
      <p>Rule: ${prose(verdict.rule)}</p>
      <dl>${numbers.map(([key, value]) => pair([key, formatNumber(value)]))}</dl>
      <p class="hint">${OBJECTIVE}</p>
    </details>
  </section>`;
}

/** A name with its number. */
const pair = ([name, value]: readonly [string, string]) => html`<div><dt>${name}</dt><dd>${prose(value)}</dd></div>`;

/** What the forecast promises before the first update. */
function readyText(lab: Lab): string {
  const { facts, lab: settings } = lab.state;
  const { learningRate } = settings.descent;
  const { epochs = null, band = "not known" } = facts?.rate ?? {};
  const rate = learningRate === "auto" ? "" : `With the learning rate ${formatNumber(learningRate)} `;
  if (rate !== "" && band === "diverges")
    return `${rate}this run will diverge. Press Play to see it, or choose a smaller rate.`;
  if (rate !== "" && epochs !== null)
    return `${rate}this needs about ${formatNumber(epochs, 2)} epochs. Press Play, or change the rate.`;
  return "Press Play, or change the learning rate first.";
}

/** Why a run ended, where the verdict does not contain it. */
function endText(lab: Lab): string {
  const { ended } = lab.state.frame!;
  if (ended === "epochs") return " All epochs are done.";
  if (ended === "stalled") return " The loss no longer falls, so the run has ended.";
  if (ended === "validation") return " The validation loss no longer falls, so the run has ended.";
  if (ended === "separable") return " A line separates the classes, so the weights would grow without end.";
  return "";
}

/** Back to the lowest loss, with half of the learning rate, or with the best one where half of it would diverge again. */
function rewindAction(lab: Lab) {
  const { frame, run, facts } = lab.state;
  const { learningRate } = run.descent;
  if (frame!.rewindTo === null || learningRate === "auto") return nothing;
  const { limit = null, best = null } = facts?.rate ?? {};
  const half = Number((learningRate / 2).toPrecision(3));
  const rate = limit !== null && half >= limit ? (best ?? Number((limit / 2).toPrecision(3))) : half;
  return html`<button type="button" class="primary" @click=${() => lab.rewind(frame!.rewindTo!, withRate(run, rate))}>
    Back to update ${frame!.rewindTo}, with rate ${formatNumber(rate)}
  </button>`;
}

function remedyAction(lab: Lab, remedy: Remedy, best: number | null) {
  const { lab: settings, frame, run } = lab.state;
  const next = withRemedy(settings, remedy, best);
  if (next === null) return nothing;
  const isAgain = frame!.status === "diverged" || !canGoOn(run, next) || isShorter(run, next, frame!.epoch);
  const text = remedy.text.replace(/\.$/, "");
  return html`<button type="button" @click=${() => lab.set(next)}>${prose(text)}${isAgain ? " (new run)" : ""}</button>`;
}
