// The runs that were kept, to compare them.

import { html, nothing } from "lit-html";
import { whenLoaded } from "../later.ts";
import type { Lab } from "../pageState.ts";

/** The runs. */
export function shelf(lab: Lab) {
  const { frame } = lab.state;
  return html`<section class="panel runs" aria-labelledby="runs-title">
    <h2 id="runs-title">Runs</h2>
    ${
      (frame?.kept.length ?? 0) === 0
        ? html`<p class="empty">A run is kept here when you change a setting that needs a new run, or press Reset. Its lines stay in the charts.</p>`
        : nothing
    }
    ${frame && whenLoaded(({ runTable }) => runTable(lab, frame))}
  </section>`;
}
