// The programs of the articles, and the missions.

import { html, nothing } from "lit-html";
import { type Mission, missions } from "../../missions/missions.ts";
import { missionTexts } from "../../missions/missionTexts.ts";
import { type Preset, presets } from "../../missions/presets.ts";
import type { LabState } from "../../state/labState.ts";
import { formula } from "../formula.ts";
import { icon } from "../icons.ts";
import type { Lab } from "../pageState.ts";

/** The lists of all examples. */
export const exampleLists = (lab: Lab) => html`<section aria-label="Missions">
    <h3>Missions</h3>
    <ol>
      ${missions.map(({ start, id }) => item(missionTexts[id].title, () => show(lab, start, id)))}
    </ol>
  </section>
  <section aria-label="Programs of the articles">
    <h3>Programs of the articles</h3>
    <ol>
      ${presets.map(({ title, state, id }) => item(title, () => show(lab, state, id)))}
    </ol>
  </section>`;

const item = (title: string, act: () => void) => html`<li><button type="button" @click=${act}>${title}</button></li>`;

/** Shows an example in place of the tour. */
function show(lab: Lab, state: LabState, id: string): void {
  lab.show({ tour: null });
  lab.set(withView(state, id));
}

/** A state that shows the panel of an example. */
const withView = (state: LabState, mission: string): LabState => ({ ...state, view: { ...state.view, mission } });

/** The text of the chosen example. */
export function examplePanel(lab: Lab) {
  const { mission: id } = lab.state.lab.view;
  const mission = missions.find((each) => each.id === id);
  const preset = presets.find((each) => each.id === id);
  if (mission !== undefined) return missionPanel(lab, mission);
  return preset === undefined ? nothing : presetPanel(lab, preset);
}

const close = (lab: Lab) => html`<button
  type="button"
  class="quiet"
  aria-label="Close this example"
  @click=${() => lab.set(withView(lab.state.lab, ""))}
>
  ${icon("close")}
</button>`;

function missionPanel(lab: Lab, { start, id }: Mission) {
  const { title, text, hint, reveal } = missionTexts[id];
  const isDone = lab.state.frame?.isMissionDone ?? false;
  return html`<section class="panel example" data-done=${isDone} aria-labelledby="example-title">
    <div class="row">
      <h2 id="example-title">Mission: ${title}${isDone ? ": done" : ""}</h2>
      ${close(lab)}
    </div>
    <p>${text}</p>
    <div class="row">
      <details><summary>Hint</summary><p>${hint}</p></details>
      <details><summary>Solution</summary><p>${reveal}</p></details>
      <button type="button" class="quiet" @click=${() => lab.set(withView(start, id))}>Start the mission again</button>
    </div>
  </section>`;
}

const presetPanel = (lab: Lab, { title, article, formulas, sentence, state, id }: Preset) => html`<section
  class="panel example"
  aria-labelledby="example-title"
>
  <div class="row">
    <h2 id="example-title">${title}: a program of the ${article} article</h2>
    ${close(lab)}
  </div>
  <div class="formulas" tabindex="0" role="group" aria-label="Formulas">${formulas.map(formula)}</div>
  <p>${sentence}</p>
  <button type="button" class="quiet" @click=${() => lab.set(withView(state, id))}>As the article has it</button>
</section>`;
