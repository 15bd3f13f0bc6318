// A text that the page has made, such as a program, to read and to copy.

import { html } from "lit-html";
import type { Lab, PageState } from "../pageState.ts";

/** A text that was exported. */
export const exportedText = (
  lab: Lab,
  exported: NonNullable<PageState["exported"]>,
) => html`<section class="panel exported" aria-label=${exported.title}>
    <div class="row">
      <h2>${exported.title}</h2>
      <button type="button" class="quiet" @click=${() => lab.show({ exported: null })}>Close</button>
    </div>
    <textarea readonly rows=${Math.min(12, exported.text.split("\n").length + 1)} aria-label=${exported.title} .value=${exported.text}></textarea>
  </section>`;
