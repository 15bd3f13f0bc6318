// The gallery of the data: a small picture, a name and a size for each choice.

import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { generators, type TableName, tables } from "../../state/dataFields.ts";
import { initialChoice } from "../../state/field.ts";
import { generatedData, tableData, withData } from "../changes.ts";
import { generatorNames } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { dataId, dataPicture } from "./dataPicture.ts";

/** A choice of the gallery. */
interface Choice {
  /** The `dataId` of the data. */
  readonly id: string;
  readonly name: string;
  readonly size: string;
}

const featureCount = (count: number): string => `${count}\u00a0feature${count === 1 ? "" : "s"}`;

/** A generator with its first options. */
function generatedChoice(id: keyof typeof generators): Choice {
  const options: Readonly<Record<string, number>> = initialChoice(generators, id).options;
  const { n, users, items, degree, features = degree ?? (id === "line" ? 1 : 2) } = options;
  const size = n === undefined ? `${users} users, ${items}\u00a0items` : `${n} rows, ${featureCount(features)}`;
  return { id, name: generatorNames[id], size };
}

function tableChoice(id: TableName): Choice {
  const { title, holds, rows, features } = tables[id];
  return { id, name: title, size: holds === "ratings" ? `${rows} ratings` : `${rows} rows, ${featureCount(features)}` };
}

const generatedChoices = (Object.keys(generators) as (keyof typeof generators)[]).map(generatedChoice);
const tableChoices = (Object.keys(tables) as TableName[]).map(tableChoice);

/** The choices as radio buttons, in groups. */
export function gallery(lab: Lab) {
  const { data, view } = lab.state.lab;
  const file = data.kind === "file" ? [{ id: "file", name: data.name, size: "" }] : [];
  const drawn = { id: "drawn", name: data.kind === "drawn" ? "Drawn points" : "Draw points", size: "" };
  const groups = [
    ["Generated points", generatedChoices],
    ["Tables", tableChoices],
    ["Your own", [...file, drawn]],
  ] as const;
  const tile = ({ id, name, size }: Choice) => html`<label>
    <input
      type="radio"
      name="data"
      value=${id}
      .checked=${live(id === dataId(data))}
      ?disabled=${view.lock}
      @change=${() => choose(lab, id)}
    />
    ${dataPicture(lab, id)}
    <span>${name}</span>
    <small>${size}</small>
  </label>`;
  return groups.map(
    ([title, choices]) => html`<fieldset>
      <legend>${title}</legend>
      <div class="tiles">${choices.map(tile)}</div>
    </fieldset>`,
  );
}

function choose(lab: Lab, id: string): void {
  if (id === "drawn") {
    lab.drawPoints();
    return;
  }
  const next = Object.hasOwn(tables, id) ? tableData(id as TableName) : generatedData(id as keyof typeof generators);
  const { state, notes } = withData(lab.state.lab, next);
  lab.set(state, notes);
}
