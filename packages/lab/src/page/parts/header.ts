// The top of the page: its name, the theme, and help.

import { html, nothing } from "lit-html";
import type { ExportKind } from "../../worker/protocol.ts";
import { keyList } from "../keys.ts";
import type { Lab } from "../pageState.ts";
import { setTheme, type Theme, theme } from "../theme.ts";
import { examplesMenu } from "./examples.ts";
import { isHidden } from "./panels.ts";

const themes: readonly Theme[] = ["system", "light", "dark"];

/** The header; in another page only a link to this page. */
export const header = (lab: Lab) => (lab.state.lab.view.embed ? embeddedHeader(lab) : fullHeader(lab));

const embeddedHeader = (lab: Lab) => html`<header>
  <h1 class="hidden">Downhill lab</h1>
  <a href=${location.href.replace(/&embed=\w*/, "")} target="_blank" rel="noopener">Open in a page of its own</a>
  <div class="tools">${setupButton(lab)}</div>
</header>`;

const fullHeader = (lab: Lab) => html`<header>
  <a class="skip" href="#transport">Skip to the controls of the run</a>
  <h1>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 3c3 0 4 9 7 9s3-5 7-5" />
      <circle cx="8" cy="12" r="2" />
    </svg>
    Downhill lab
  </h1>
  <p class="tagline">A model learns by walking downhill on its loss. You choose how long its steps are.</p>
  <div class="tools">
    <label class="inline">
      <span class="hidden">Colours</span>
      <select @change=${(event: Event) => setTheme((event.target as HTMLSelectElement).value as Theme)}>
        ${themes.map((each) => html`<option value=${each} ?selected=${each === theme()}>${themeName(each)}</option>`)}
      </select>
    </label>
    ${examplesMenu(lab)} ${saveMenu(lab)}
    ${setupButton(lab)}
    <button type="button" aria-expanded=${lab.state.isHelpOpen} aria-controls="help" @click=${() => lab.show({ isHelpOpen: !lab.state.isHelpOpen })}>
      Help
    </button>
  </div>
</header>`;

const setupButton = (lab: Lab) =>
  isHidden(lab, "setup")
    ? nothing
    : html`<button type="button" class="only-narrow" aria-expanded=${lab.state.isSetupOpen} aria-controls="setup" @click=${() => lab.show({ isSetupOpen: !lab.state.isSetupOpen })}>
  Setup
</button>`;

const exports: readonly (readonly [ExportKind, string])[] = [
  ["typescript", "Copy as TypeScript"],
  ["command", "Copy the command"],
  ["notebook", "Save as a notebook"],
  ["run", "Save the run"],
  ["losses", "Save the losses (CSV)"],
  ["data", "Save the data (CSV)"],
];

/** What can be copied and saved. */
const saveMenu = (lab: Lab) => html`<details class="menu" @click=${closeMenu}>
  <summary id="share">Share</summary>
  <ul>
    <li><button type="button" @click=${lab.openLinkDialog}>Make a link…</button></li>
    ${exports.map(([kind, name]) => html`<li><button type="button" @click=${() => lab.export(kind)}>${name}</button></li>`)}
  </ul>
</details>`;

/** Closes a menu after a choice. */
function closeMenu({ currentTarget, target }: Event): void {
  if (target instanceof HTMLButtonElement) (currentTarget as HTMLDetailsElement).open = false;
}

/** A text that was exported. */
export function exportedText(lab: Lab) {
  const { exported } = lab.state;
  if (exported === null) return nothing;
  return html`<section class="panel exported" aria-label=${exported.title}>
    <div class="row">
      <h2>${exported.title}</h2>
      <button type="button" class="quiet" @click=${() => lab.show({ exported: null })}>Close</button>
    </div>
    <textarea readonly rows=${Math.min(12, exported.text.split("\n").length + 1)} aria-label=${exported.title} .value=${exported.text}></textarea>
  </section>`;
}

const themeName = (name: Theme): string => ({ system: "Auto", light: "Light", dark: "Dark" })[name];

/** The words of the page and its keys; nothing while it is closed. */
export function help(lab: Lab) {
  if (!lab.state.isHelpOpen) return nothing;
  return html`<section id="help" class="panel help-panel" aria-labelledby="help-title">
    <h2 id="help-title">How this page works</h2>
    <div class="columns">
      <div>
        <p>
          The <b>loss</b> is a number that is large when the model predicts badly. It depends on the <b>parameters</b> of the model.
          The <b>gradient</b> is the direction in which the loss rises fastest, so each <b>update</b> moves the parameters the opposite
          way.
        </p>
        <p>
          The <b>learning rate</b> decides how far. Too small: the run crawls. Too large: each update jumps over the valley, and the loss
          grows. The bar under “Learning rate” shows, before you start, which rates are too small, good or too large for your data.
        </p>
        <p>Press Play. Then multiply the learning rate by two, again and again, until the run breaks. The sentence at the bottom explains why.</p>
        <p><button type="button" @click=${() => lab.show({ tour: 0 })}>Take the tour</button></p>
        <p>Your data never leave this computer. Reset gives exactly the same run again.</p>
      </div>
      <div>
        <table>
          <caption>
            Keys
          </caption>
          <tbody>
            ${keyList.map(({ keys, text }) => html`<tr><th scope="row"><kbd>${keys}</kbd></th><td>${text}</td></tr>`)}
          </tbody>
        </table>
        <label class="check">
          <input
            type="checkbox"
            .checked=${lab.state.hasKeys}
            @change=${(event: Event) => lab.show({ hasKeys: (event.target as HTMLInputElement).checked })}
          />
          Use these keys
        </label>
      </div>
    </div>
  </section>`;
}
