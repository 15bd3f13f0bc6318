// The whole page.

import { html, nothing, render } from "lit-html";
import type { LabChart } from "./chartElement.ts";
import { icon } from "./icons.ts";
import type { Lab } from "./lab.ts";
import { dragPoint, drawAt } from "./parts/drawing.ts";
import { examplePanel } from "./parts/examples.ts";
import { filePanel } from "./parts/filePanel.ts";
import { exportedText, header, help } from "./parts/header.ts";
import { isHidden, modelPanel, sidePanels, tabBar } from "./parts/panels.ts";
import { setup } from "./parts/setup.ts";
import { shelf } from "./parts/shelf.ts";
import { tour } from "./parts/tour.ts";
import { transport } from "./parts/transport.ts";
import { verdictBar } from "./parts/verdict.ts";

/** Draws the page. */
export function drawPage(lab: Lab, root: HTMLElement): void {
  render(page(lab), root);
  const model = root.querySelector<LabChart>('lab-chart[name="model"]');
  if (model !== null) {
    model.onPoint ??= (at) => drawAt(lab, at);
    model.onDrag ??= (from, to) => dragPoint(lab, from, to);
    model.toggleAttribute("data-draws", lab.state.lab.data.kind === "drawn");
  }
  for (const chart of root.querySelectorAll<LabChart>("lab-chart")) chart.onResize ??= () => lab.show({});
}

const page = (
  lab: Lab,
) => html`${header(lab)} ${help(lab)} ${exportedText(lab)} ${tour(lab)} ${examplePanel(lab)} ${filePanel(lab)}
  ${transport(lab)}
  <main data-tab=${lab.state.tab} data-hide=${lab.state.lab.view.hide.join(" ")}>
    ${isHidden(lab, "setup") ? nothing : setup(lab)} ${modelPanel(lab)} ${tabBar(lab)} ${sidePanels(lab)}
    <div class="bottom">${notes(lab)} ${verdictBar(lab)}</div>
    ${isHidden(lab, "runs") ? nothing : shelf(lab)}
  </main>
  <p id="status" class="spoken" role="status">${lab.state.spoken}</p>`;

/** What has just happened, and errors. */
function notes(lab: Lab) {
  const { notes: list, failure, problems } = lab.state;
  const problem = Object.entries(problems).find(([path]) => path === "model" || path === "data.points");
  return html`${
    failure === null
      ? nothing
      : html`<div class="panel failure" role="alert">
          <p><b>${failure.title}</b> ${failure.text}</p>
          <button type="button" class="primary" @click=${lab.restart}>Start again</button>
        </div>`
  }
  ${problem === undefined ? nothing : html`<p class="panel failure" role="alert">${problem[1]}</p>`}
  ${
    list.length === 0
      ? nothing
      : html`<div class="panel note">
          <p>${list.join(" ")}</p>
          <button type="button" class="quiet" aria-label="Close this note" @click=${() => lab.show({ notes: [] })}>${icon("close")}</button>
        </div>`
  }`;
}
