// The dialog that makes a link: what it hides, whether its settings are locked, its mission, and the code for another page.

import { counted } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { missionTexts } from "../../missions/missionTexts.ts";
import type { LinkChoices, MadeLink } from "../linkActions.ts";
import type { Lab } from "../pageState.ts";
import { select } from "./select.ts";

const parts = {
  setup: "the settings",
  surface: "the path over the loss",
  step: "this step",
  runs: "the runs",
} as const;

/** The dialog with its link. */
export function linkDialog(lab: Lab, link: MadeLink) {
  const { frame, lab: settings } = lab.state;
  const { choices, address, problem, status } = link;
  const check = (name: string, isOn: boolean, change: Partial<LinkChoices>) => html`<label class="check">
    <input type="checkbox" .checked=${live(isOn)} @change=${() => lab.chooseLink(change)} />
    ${name}
  </label>`;
  const hides = (part: keyof typeof parts): LinkChoices["hide"] =>
    choices.hide.includes(part) ? choices.hide.filter((each) => each !== part) : [...choices.hide, part];
  const missionNames = [
    ["", "none"],
    ...Object.entries(missionTexts).map(([id, { title }]) => [id, title] as const),
  ] as const;
  return html`<dialog id="link-dialog" class="panel" aria-labelledby="link-title" @close=${lab.closeLinkDialog}>
    <h2 id="link-title">Make a link</h2>
    ${select("link-mission", "Begin with the mission", missionNames, choices.mission, (mission) => lab.chooseLink({ mission }))}
    ${
      choices.mission !== ""
        ? html`<p class="hint">The link then has the settings of the mission, not those of this page.</p>`
        : frame === null || frame.update === 0
          ? nothing
          : check(`Show the run after ${counted(frame.update, "update")}, as it is now`, choices.isAtUpdate, {
              isAtUpdate: !choices.isAtUpdate,
            })
    }
    <fieldset>
      <legend>Hide</legend>
      ${Object.entries(parts).map(([part, name]) =>
        check(name, choices.hide.includes(part as keyof typeof parts), { hide: hides(part as keyof typeof parts) }),
      )}
    </fieldset>
    ${check("Lock the settings, so that they cannot be changed", choices.lock, { lock: !choices.lock })}
    ${check("Without the header, as a part of another page", choices.embed, { embed: !choices.embed })}
    ${settings.data.kind === "file" && choices.mission === "" ? html`<p class="hint">The link names the file ${settings.data.name}. Whoever opens it needs this file.</p>` : nothing}
    ${["127.0.0.1", "localhost", "[::1]"].includes(location.hostname) ? html`<p class="hint">This address works on this computer only. <code>npx downhill lab --out DIR</code> writes the page for a web server.</p>` : nothing}
    ${problem === null ? nothing : html`<p role="alert" class="problem">${problem}</p>`}
    ${address === null ? nothing : made(lab, "The link", address)}
    ${address === null || !choices.embed ? nothing : made(lab, "HTML for the other page", frameCode(address))}
    <div class="row">
      <button type="button" @click=${closeDialog}>Close</button>
      <span role="status">${status}</span>
    </div>
  </dialog>`;
}

const closeDialog = (event: Event): void => (event.currentTarget as HTMLElement).closest("dialog")!.close();

/** The code of a frame. A link has no character that ends an attribute, except "&". */
const frameCode = (address: string): string =>
  `<iframe src="${address.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" title="Downhill lab" width="100%" height="900"></iframe>`;

/** A text to copy. */
const made = (lab: Lab, name: string, text: string) => html`<div class="field">
  <label for=${`made-${name}`}>${name}</label>
  <textarea id=${`made-${name}`} readonly rows="3" .value=${live(text)}></textarea>
  <button type="button" @click=${() => lab.copyLink(text)}>Copy ${name.replace("The", "the")}</button>
</div>`;
