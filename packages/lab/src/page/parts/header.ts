// The top of the page: its name, the theme, and help.

import { html, nothing } from "lit-html";
import type { LabState } from "../../state/labState.ts";
import type { ExportKind } from "../../worker/protocol.ts";
import { whenLoaded } from "../later.ts";
import type { Lab } from "../pageState.ts";
import { setTheme, type Theme, theme } from "../theme.ts";
import { isHidden } from "./panels.ts";

const sizes = ["small", "medium", "large"] as const;
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
    ${pictureSize(lab)} ${examplesMenu(lab)} ${saveMenu(lab)}
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

/** The choice of the size of the model's picture. A narrow page has one size. */
function pictureSize(lab: Lab) {
  const { lab: settings } = lab.state;
  const set = (size: LabState["view"]["size"]): void => lab.set({ ...settings, view: { ...settings.view, size } });
  return html`<label class="inline only-wide">
    <span class="hidden">Size of the picture of the model</span>
    <select @change=${(event: Event) => set((event.target as HTMLSelectElement).value as LabState["view"]["size"])}>
      ${sizes.map((size) => html`<option value=${size} ?selected=${size === settings.view.size}>${`${size[0]!.toUpperCase()}${size.slice(1)}`} picture</option>`)}
    </select>
  </label>`;
}

/** The menu of all examples. */
const examplesMenu = (lab: Lab) => html`<details class="menu" @click=${closeMenu}>
  <summary>Examples</summary>
  <nav class="lists" aria-label="Examples">${whenLoaded(({ exampleLists }) => exampleLists(lab))}</nav>
</details>`;

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
    ${exports.map(([kind, name]) => html`<li><button type="button" ?disabled=${lab.state.frame === null} @click=${() => lab.export(kind)}>${name}</button></li>`)}
  </ul>
</details>`;

/** Closes a menu after a choice. */
function closeMenu({ currentTarget, target }: Event): void {
  if (target instanceof HTMLButtonElement) (currentTarget as HTMLDetailsElement).open = false;
}

const themeName = (name: Theme): string => ({ system: "Auto", light: "Light", dark: "Dark" })[name];
