// The weights of the model. What this part shows loads when it is opened.

import { html } from "lit-html";
import { MOST_WEIGHTS } from "../../../panels/weights.ts";
import { later } from "../../later.ts";
import type { Lab } from "../../pageState.ts";
import { part, waiting } from "./part.ts";

/** The part with the weights. */
export const weightsPart = (lab: Lab) => part(lab, "weights", "Weights", weights(lab));

function weights(lab: Lab) {
  const { panel, facts } = lab.state;
  if ((facts?.parameters ?? 0) > MOST_WEIGHTS)
    return html`<p class="hint">The model has ${facts!.parameters} parameters. The tables show at most ${MOST_WEIGHTS}.</p>`;
  return panel.weights === undefined ? waiting : later(lab, ({ weightTables }) => weightTables(lab, panel.weights!));
}
