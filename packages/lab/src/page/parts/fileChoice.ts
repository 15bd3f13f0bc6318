// The field that opens a file, and the column of the present file to predict.

import { html, nothing } from "lit-html";
import { withTarget } from "../../files/fileData.ts";
import { withData } from "../changes.ts";
import { factsOf } from "../ownFiles.ts";
import type { Lab } from "../pageState.ts";
import { select } from "./select.ts";

/** The field that opens a file. */
export const fileChoice = (lab: Lab) => html`<div class="field">
    <label for="file">Open a file (CSV, Parquet, a saved run or a report)</label>
    <input
      id="file"
      type="file"
      accept=".csv,.tsv,.txt,.parquet,.json,.html"
      ?disabled=${lab.state.lab.view.lock}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const file = input.files?.[0];
        if (file !== undefined) void lab.open(file.name, file);
        input.value = ""; // the same file can be opened again
      }}
    />
  </div>
  ${ownFile(lab)}`;

/** The column to predict, and a button that shows the file again. */
function ownFile(lab: Lab) {
  const { data, view } = lab.state.lab;
  if (data.kind !== "file" || view.lock) return nothing;
  const facts = factsOf(data);
  if (facts === null) return nothing;
  const setTarget = (target: string): void => {
    const column = facts.columns.find(({ name }) => name === target)!;
    const features = data.features.filter((name) => name !== target);
    const { state, notes } = withData(lab.state.lab, withTarget({ ...data, features }, column));
    lab.set(state, notes);
  };
  return html`${
    data.holds === "ratings"
      ? nothing
      : select(
          "target",
          "Column to predict",
          facts.columns.map(({ name }) => [name, name] as const),
          data.target,
          setTarget,
        )
  }
  <button type="button" class="open-again" @click=${() => lab.openAgain()}>Show how ${data.name} is read</button>`;
}
