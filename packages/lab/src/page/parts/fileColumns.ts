// The columns of an opened file: their first rows, as what they are read, and what they are used for.

import { formatCount } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { type FileData, withTarget } from "../../files/fileData.ts";
import type { FileColumn } from "../../files/fileFacts.ts";
import type { ReadFile } from "../../files/fileProtocol.ts";
import { columnKinds } from "../../state/dataFields.ts";
import { ableModels } from "../changes.ts";
import { modelNames } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { select } from "./select.ts";

const holdsNames = { numbers: "a number", classes: "a class", ratings: "a rating" } as const;

/** The first rows, with a choice of the features and their kinds above them. */
export const fileColumns = (lab: Lab, { facts, data, report }: ReadFile) =>
  html`<div class="preview" tabindex="0" role="region" aria-label="The first rows">
    <table>
      <thead>
        <tr><th scope="col">Line</th>${facts.columns.map(({ name }) => html`<th scope="col" title=${name}>${name}</th>`)}</tr>
        <tr class="kinds"><td></td>${facts.columns.map((column) => html`<td>${kindOf(lab, data, column)}</td>`)}</tr>
        <tr class="kinds"><td></td>${facts.columns.map(({ name }) => html`<td>${roleOf(lab, facts.columns, data, name)}${report.unused.includes(name) ? html`<span class="unused">(left out)</span>` : nothing}</td>`)}</tr>
      </thead>
      <tbody>
        ${facts.preview.map(({ line, cells }) => html`<tr><th scope="row">${line}</th>${cells.map((cell) => html`<td>${cell === "" ? "–" : cell}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;

/** As what a column is read, with its missing cells. */
function kindOf(lab: Lab, data: FileData, { name, kind, missing }: FileColumn) {
  const count = missing > 0 ? `${formatCount(missing)} missing` : "";
  if (kind === null || data.holds === "ratings" || name === data.target)
    return [kind ?? "not used", count].filter((text) => text !== "").join(", ");
  const entry = data.kinds.find((each) => each.startsWith(`${name}:`));
  const now = entry?.slice(name.length + 1) ?? "";
  const set = (value: string): void => {
    const kinds = data.kinds.filter((each) => each !== entry);
    lab.describeFile({ ...data, kinds: value === "" ? kinds : [...kinds, `${name}:${value}`] });
  };
  return html`<select aria-label=${`Read ${name} as`} .value=${live(now)} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${now === ""}>${kind}</option>
      ${columnKinds.map((each) => html`<option value=${each} ?selected=${now === each}>as ${each}</option>`)}
    </select> ${count}`;
}

/** What a column is used for. */
function roleOf(lab: Lab, columns: readonly FileColumn[], data: FileData, name: string) {
  if (data.holds === "ratings")
    return name === data.user ? "users" : name === data.item ? "items" : name === data.target ? "ratings" : "not used";
  if (name === data.target) return "to predict";
  const isUsed = (each: string): boolean => data.features.length === 0 || data.features.includes(each);
  const toggle = (): void => {
    const all = columns.map((column) => column.name).filter((each) => each !== data.target);
    const used = all.filter((each) => (each === name ? !isUsed(each) : isUsed(each)));
    lab.describeFile({ ...data, features: used.length === all.length ? [] : used });
  };
  const isLast = isUsed(name) && data.features.length === 1;
  return html`<label class="check"
    ><input type="checkbox" .checked=${live(isUsed(name))} ?disabled=${isLast} @change=${toggle} />use</label
  >`;
}

/** What there is to predict. */
export function fileRoles(lab: Lab, { facts: { columns }, data }: ReadFile) {
  const names = columns.map(({ name }) => [name, name] as const);
  const set = (change: Partial<FileData>): void => lab.describeFile({ ...data, ...change });
  const kinds = Object.entries(holdsNames).filter(([holds]) => holds !== "ratings" || names.length >= 3);
  const setHolds = (holds: string): void => {
    const other = names.map(([name]) => name).filter((name) => name !== data.target);
    if (holds === "ratings") set({ holds, features: [], user: other[0]!, item: other[1]! });
    else set({ holds: holds as "numbers" | "classes", user: "", item: "" });
  };
  const setTarget = (target: string): void => {
    const column = columns.find(({ name }) => name === target)!;
    const features = data.features.filter((name) => name !== target);
    lab.describeFile(data.holds === "ratings" ? { ...data, target } : withTarget({ ...data, features }, column));
  };
  const [suggested] = ableModels(data);
  return html`<div class="row choices">
    ${select("file-target", "Predict the column", names, data.target, setTarget)}
    ${select("file-holds", "It contains", kinds, data.holds, setHolds)}
    ${
      data.holds !== "ratings"
        ? nothing
        : html`${select("file-user", "Users", names, data.user, (user) => set({ user }))}
          ${select("file-item", "Items", names, data.item, (item) => set({ item }))}`
    }
    <span class="hint">Suggested model: ${modelNames[suggested!][0].toLowerCase()}</span>
  </div>
  ${
    data.na.length === 0
      ? nothing
      : html`<p class="chip">
          Missing cells: ${data.na.join(", ")}
          <button type="button" class="repair" @click=${() => set({ na: [] })}>Read this text again</button>
        </p>`
  }`;
}
