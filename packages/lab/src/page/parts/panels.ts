// The charts beside the model: the loss, the path on the loss surface, and the latest step.

import { html, nothing } from "lit-html";
import type { Lab, Tab } from "../pageState.ts";
import { lossPanel } from "./lossPanel.ts";
import { surfacePanel } from "./surfacePanel.ts";

const tabs: readonly (readonly [Tab, string])[] = [
  ["loss", "Loss"],
  ["surface", "Path"],
  ["step", "Step"],
  ["setup", "Setup"],
  ["runs", "Runs"],
];

/** Whether the link hides a part of the page. */
export const isHidden = ({ state }: Lab, part: string): boolean =>
  state.lab.view.hide.some((hidden) => hidden === part);

/** The tabs of a narrow page. */
export const tabBar = (lab: Lab) => html`<nav class="tabs" aria-label="Parts of the page">
  ${tabs
    .filter(([tab]) => !isHidden(lab, tab))
    .map(
      ([tab, name]) => html`<button
      type="button"
      aria-pressed=${lab.state.tab === tab}
      data-tab=${tab}
      @click=${() => lab.show({ tab, ...(tab === "setup" && { isSetupOpen: true }) })}
    >
      ${name}
    </button>`,
    )}
</nav>`;

/** The charts beside the model. */
export const sidePanels = (lab: Lab) => html`<div class="side" data-tab=${lab.state.tab}>
  ${lossPanel(lab)} ${isHidden(lab, "surface") ? nothing : surfacePanel(lab)}
  ${
    isHidden(lab, "step")
      ? nothing
      : html`<section class="panel step" data-panel="step" aria-labelledby="step-view">
          <h2 id="step-view" class="hidden">This step</h2>
          <lab-chart name="step"></lab-chart>
        </section>`
  }
</div>`;
