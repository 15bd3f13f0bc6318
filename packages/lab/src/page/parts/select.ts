// A list of choices.

import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";

/** A field with a list of choices. */
export const select = (
  id: string,
  name: string,
  choices: readonly (readonly [value: string, text: string])[],
  value: string,
  set: (value: string) => void,
) => html`<div class="field">
  <label for=${id}>${name}</label>
  <select id=${id} .value=${live(value)} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
    ${choices.map(([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`)}
  </select>
</div>`;
