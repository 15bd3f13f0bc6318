// The fitted line: how its errors are drawn, and its slope and intercept as a start.

import { formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { isCurve } from "../../../state/holdsOf.ts";
import type { LabState } from "../../../state/labState.ts";
import type { Lab } from "../../pageState.ts";
import { numberField, part, waiting } from "./part.ts";

const forms = { none: "hidden", sticks: "as lines", squares: "as squares" } as const;

/** The controls of a line or a curve. */
export function linePart(lab: Lab) {
  const { facts, lab: settings } = lab.state;
  const isLine = facts?.features.length === 1;
  if (!isLine && !isCurve(settings.data)) return nothing;
  return html`${errorChoice(lab)} ${isLine && settings.model.name === "linear" ? part(lab, "line", "Slope and intercept", lineFields(lab)) : nothing}`;
}

function errorChoice(lab: Lab) {
  const { lab: settings } = lab.state;
  const { view } = settings;
  const choose = ({ target }: Event): void => {
    const errors = (target as HTMLSelectElement).value as LabState["view"]["errors"];
    lab.set({ ...settings, view: { ...view, errors } });
  };
  return html`<label class="inline"
    >Errors
    <select @change=${choose}>
      ${Object.entries(forms).map(([form, name]) => html`<option value=${form} ?selected=${form === view.errors}>${name}</option>`)}
    </select></label
  >`;
}

/** The line in numbers; another number is a new start. */
function lineFields(lab: Lab) {
  const { line } = lab.state.panel;
  if (line === undefined) return waiting;
  const { now, best } = line;
  const aim = (change: object): void => lab.aim({ chart: "line", line: { ...now, ...change } }, true);
  return html`<div class="row">
      ${numberField("slope", now.slope, "any", (slope) => aim({ slope }))}
      ${numberField("intercept", now.intercept, "any", (intercept) => aim({ intercept }))} ${undoButton(lab)}
    </div>
    <p class="hint">
      Another number, or one of the two circles on the line moved with the pointer, begins a new run with this line.
      ${best === null ? nothing : `The lowest loss has slope ${formatNumber(best.slope)} and intercept ${formatNumber(best.intercept)}.`}
    </p>`;
}

/** Takes the last move of the start back. */
export const undoButton = (lab: Lab) =>
  lab.state.undo === null
    ? nothing
    : html`<button type="button" @click=${() => lab.undoStart()}>Undo the new start</button>`;
