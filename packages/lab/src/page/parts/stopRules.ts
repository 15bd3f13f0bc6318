// The rules that end a run, as a list.

import { counted, formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import type { RunFacts } from "../../worker/protocol.ts";
import { prose } from "../prose.ts";

/** The list. */
export function stopRules({ epochs, stop: { remaining, gradient, change, validation } }: RunFacts) {
  const rules = [
    `after ${counted(epochs, "epoch")}`,
    remaining !== undefined && `when at most ${formatNumber(remaining)} of the loss can still be gained`,
    gradient !== undefined && `when no entry of the gradient is larger than ${formatNumber(gradient)}`,
    change !== undefined && `when the loss has not fallen for ${counted(change, "epoch")}`,
    validation !== undefined && `${counted(validation, "epoch")} after the lowest validation loss`,
    "when a number is no longer finite, or the loss is a million times that at the start",
  ];
  return html`<p>The run ends</p>
    <ul>
      ${rules.map((rule) => (rule === false ? nothing : html`<li>${prose(rule)}</li>`))}
    </ul>
    <p>It pauses after half a minute in a hidden tab.</p>`;
}
