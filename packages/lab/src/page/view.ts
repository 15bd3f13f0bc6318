// The whole page.

import { html, nothing, render } from "lit-html";
import { icon } from "./icons.ts";
import { connectCharts } from "./interactions.ts";
import { later } from "./later.ts";
import type { Lab } from "./pageState.ts";
import { header } from "./parts/header.ts";
import { modelPanel } from "./parts/model/panel.ts";
import { isHidden, sidePanels, tabBar } from "./parts/panels.ts";
import { setup } from "./parts/setup.ts";
import { shelf } from "./parts/shelf.ts";
import { tour } from "./parts/tour.ts";
import { transport } from "./parts/transport.ts";
import { verdictBar } from "./parts/verdict.ts";
import { prose } from "./prose.ts";

/** Draws the page. */
export function drawPage(lab: Lab, root: HTMLElement): void {
  render(page(lab), root);
  connectCharts(lab);
}

function page(lab: Lab) {
  const { lab: settings, isHelpOpen, exported, file, link, tab, failure, spoken } = lab.state;
  return html`${header(lab)}
    ${isHelpOpen ? later(lab, ({ help }) => help(lab)) : nothing}
    ${exported === null ? nothing : later(lab, ({ exportedText }) => exportedText(lab, exported))} ${tour(lab)}
    ${settings.view.mission === "" ? nothing : later(lab, ({ examplePanel }) => examplePanel(lab))}
    ${file === null ? nothing : later(lab, ({ filePanel }) => filePanel(lab, file))} ${transport(lab)}
    <main data-tab=${tab} data-hide=${settings.view.hide.join(" ")} data-size=${settings.view.size}>
      ${isHidden(lab, "setup") ? nothing : setup(lab)} ${modelPanel(lab)} ${tabBar(lab)} ${sidePanels(lab)}
      <div class="bottom">${notes(lab)} ${failure === null ? verdictBar(lab) : nothing}</div>
      ${isHidden(lab, "runs") ? nothing : shelf(lab)}
    </main>
    ${link === null ? nothing : later(lab, ({ linkDialog }) => linkDialog(lab, link))}
    <p id="status" class="spoken" role="status">${spoken}</p>`;
}

/** What has just happened, and errors. */
function notes(lab: Lab) {
  const { notes: list, failure, problems, before } = lab.state;
  const problem = Object.entries(problems).find(([path]) => path === "model" || path === "data.points");
  return html`${
    failure === null
      ? nothing
      : html`<div class="panel failure" role="alert">
          <p><b>${failure.title}</b> ${failure.text}</p>
          ${failure.details === undefined ? nothing : html`<button type="button" @click=${lab.copyDetails}>Copy details</button>`}
          <button type="button" class="primary" @click=${lab.restart}>Start again</button>
        </div>`
  }
  ${problem === undefined ? nothing : html`<p class="panel failure" role="alert">${problem[1]}</p>`}
  ${
    list.length === 0 && before === null
      ? nothing
      : html`<div class="panel note">
          <p>${prose(list.join(" "))}</p>
          ${before === null ? nothing : html`<button type="button" @click=${lab.undoFile}>Undo: back to the data before</button>`}
          <button type="button" class="quiet" aria-label="Close this note" @click=${() => lab.show({ notes: [], before: null })}>${icon("close")}</button>
        </div>`
  }`;
}
