// What the run is doing, why, and what can be done about it.

import { formatNumber } from "@downhill/plots/format";
import type { Remedy } from "downhill";
import { html, nothing } from "lit-html";
import { canGoOn, withRate, withRemedy } from "../changes.ts";
import { icon } from "../icons.ts";
import { verdictLabel } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { prose } from "../prose.ts";

const KNOWN = 1e-8; // of the lowest possible loss: the page knows it at least so exactly

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
  const numbers = Object.entries(verdict.numbers);
  return html`<section class="verdict panel" data-verdict=${verdict.id} data-kind=${kind} aria-label="What the run is doing">
    <p class="state">${icon(sign)} <b>${name}</b></p>
    <p class="sentence">${prose(verdict.sentence + distanceText(lab) + endText(lab))}</p>
    <div class="actions">
      ${status === "diverged" ? rewindAction(lab) : nothing}
      ${frame.remedies.map((remedy) => remedyAction(lab, remedy, facts?.rate.best ?? null))}
    </div>
    <details>
      <summary>Why?</summary>
      <p>Rule: ${prose(verdict.rule)}</p>
      <dl>${numbers.map(([key, value]) => html`<div><dt>${key}</dt><dd>${prose(formatNumber(value))}</dd></div>`)}</dl>
    </details>
  </section>`;
}

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

/** How far a run that has ended is from the lowest possible loss. */
function distanceText(lab: Lab): string {
  const { aboveLowest, loss } = lab.state.frame!;
  if (aboveLowest === null) return "";
  const distance =
    aboveLowest <= KNOWN * loss ? `less than ${formatNumber(KNOWN)} of itself` : formatNumber(aboveLowest, 2);
  return ` Its loss is ${distance} above the lowest possible one.`;
}

/** Back to the lowest loss, with half of the learning rate. */
function rewindAction(lab: Lab) {
  const { frame, run } = lab.state;
  const { learningRate } = run.descent;
  if (frame!.rewindTo === null || learningRate === "auto") return nothing;
  const half = Number((learningRate / 2).toPrecision(3));
  return html`<button type="button" class="primary" @click=${() => lab.rewind(frame!.rewindTo!, withRate(run, half))}>
    Back to update ${frame!.rewindTo}, with rate ${formatNumber(half)}
  </button>`;
}

function remedyAction(lab: Lab, remedy: Remedy, best: number | null) {
  const { lab: settings, frame, run } = lab.state;
  const next = withRemedy(settings, remedy, best);
  if (next === null) return nothing;
  const isAgain = frame!.status === "diverged" || !canGoOn(run, next);
  const text = remedy.text.replace(/\.$/, "");
  return html`<button type="button" @click=${() => lab.set(next)}>${prose(text)}${isAgain ? " (new run)" : ""}</button>`;
}
