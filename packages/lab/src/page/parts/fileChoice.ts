// The user's own file, and the column of it to predict.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { withTarget } from "../../files/fileData.ts";
import { withData } from "../changes.ts";
import type { Lab } from "../lab.ts";
import { tableOf } from "../ownFiles.ts";

/** The field that opens a file. */
export const fileChoice = (lab: Lab) => html`<div class="field">
    <label for="file">Open a file (CSV, Parquet, or a saved run)</label>
    <input
      id="file"
      type="file"
      accept=".csv,.tsv,.txt,.parquet,.json"
      ?disabled=${lab.state.lab.view.lock}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const file = input.files?.[0];
        if (file !== undefined) void lab.open(file.name, file);
        input.value = ""; // the same file can be opened again
      }}
    />
  </div>
  ${targetChoice(lab)}`;

/** The column to predict, if a file is open. */
function targetChoice(lab: Lab) {
  const { data } = lab.state.lab;
  if (data.kind !== "file" || data.holds === "ratings") return nothing;
  const table = tableOf(data);
  if (table === null) return nothing;
  return html`<div class="field">
    <label for="target">Column to predict</label>
    <select
      id="target"
      .value=${live(data.target)}
      ?disabled=${lab.state.lab.view.lock}
      @change=${(event: Event) => {
        const target = (event.target as HTMLSelectElement).value;
        const { state, notes } = withData(lab.state.lab, withTarget(data, table, target));
        lab.set(state, notes);
      }}
    >
      ${[...table.columns.keys()].map((name) => html`<option value=${name} ?selected=${name === data.target}>${name}</option>`)}
    </select>
  </div>`;
}
