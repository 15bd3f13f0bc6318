// A file that the user has opened: how it was read, its first rows, and what to predict. Nothing changes until the file is used.

import { formatCount } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { type FileData, withTarget } from "../../files/fileData.ts";
import type { ReadingChoices } from "../../files/readTable.ts";
import type { Lab } from "../lab.ts";
import type { OpenedFile } from "../ownFiles.ts";

const holdsNames = { numbers: "a number", classes: "a class", ratings: "a rating" } as const;
const delimiterNames = { "": "found in the file", ",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar" };
const encodings = ["", "utf-8", "windows-1252", "utf-16le", "utf-16be", "shift_jis"];

/** The panel of an opened file; nothing without one. */
export function filePanel(lab: Lab) {
  const { file } = lab.state;
  if (file === null) return nothing;
  const cancel = html`<button type="button" @click=${() => lab.closeFile()}>Cancel</button>`;
  return html`<section
    class="panel file"
    aria-labelledby="file-title"
    @keydown=${({ key }: KeyboardEvent) => key === "Escape" && lab.closeFile()}
  >
    ${
      file.read === null
        ? html`<h2 id="file-title" tabindex="-1">${file.choices.name} cannot be used</h2>
            <div role="alert">${file.problems.map((problem) => html`<p>${problem}</p>`)}</div>
            ${reading(lab, file)} ${cancel}`
        : html`<h2 id="file-title" tabindex="-1">
              ${file.choices.name}: ${formatCount(file.read.facts.rows)} rows, ${formatCount(file.read.facts.columns.length)} columns
            </h2>
            ${file.read.notes.length === 0 ? nothing : html`<ul class="notes">${file.read.notes.map((note) => html`<li>${note}.</li>`)}</ul>`}
            ${preview(lab, file.read)} ${roles(lab, file.read)} ${reading(lab, file)}
            <div class="row">
              <button type="button" class="primary" @click=${() => lab.useFile()}>Use this data</button> ${cancel}
              <span class="hint">The file stays on this computer. The present run does not change before you use the file.</span>
            </div>`
    }
  </section>`;
}

type Read = NonNullable<OpenedFile["read"]>;

/** The first rows, with a choice of the features above them. */
function preview(lab: Lab, { facts, data }: Read) {
  const isUsed = (name: string): boolean => data.features.length === 0 || data.features.includes(name);
  const toggle = (name: string): void => {
    const all = facts.columns.map((column) => column.name).filter((each) => each !== data.target);
    const used = all.filter((each) => (each === name ? !isUsed(each) : isUsed(each)));
    lab.describeFile({ ...data, features: used.length === all.length ? [] : used });
  };
  const role = (name: string) => {
    if (data.holds === "ratings")
      return name === data.user
        ? "users"
        : name === data.item
          ? "items"
          : name === data.target
            ? "ratings"
            : "not used";
    if (name === data.target) return "to predict";
    const isLast = isUsed(name) && data.features.length === 1;
    return html`<label class="check"
      ><input type="checkbox" .checked=${live(isUsed(name))} ?disabled=${isLast} @change=${() => toggle(name)} />use</label
    >`;
  };
  return html`<div class="preview" tabindex="0" role="region" aria-label="The first rows">
    <table>
      <thead>
        <tr><th scope="col">Line</th>${facts.columns.map(({ name }) => html`<th scope="col" title=${name}>${name}</th>`)}</tr>
        <tr class="kinds">
          <td></td>
          ${facts.columns.map(({ kind, missing }) => html`<td>${kind ?? "not used"}${missing > 0 ? `, ${formatCount(missing)} missing` : ""}</td>`)}
        </tr>
        <tr class="kinds"><td></td>${facts.columns.map(({ name }) => html`<td>${role(name)}</td>`)}</tr>
      </thead>
      <tbody>
        ${facts.preview.map(({ line, cells }) => html`<tr><th scope="row">${line}</th>${cells.map((cell) => html`<td>${cell === "" ? "–" : cell}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

const select = (
  id: string,
  name: string,
  choices: readonly (readonly [string, string])[],
  value: string,
  set: (value: string) => void,
) => html`<div class="field">
  <label for=${id}>${name}</label>
  <select id=${id} .value=${live(value)} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
    ${choices.map(([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`)}
  </select>
</div>`;

/** What there is to predict, and from which columns. */
function roles(lab: Lab, { facts, data, table }: Read) {
  const names = facts.columns.map(({ name }) => [name, name] as const);
  const set = (change: Partial<FileData>): void => lab.describeFile({ ...data, ...change });
  const kinds = Object.entries(holdsNames).filter(([holds]) => holds !== "ratings" || names.length >= 3);
  const setHolds = (holds: string): void => {
    const other = names.map(([name]) => name).filter((name) => name !== data.target);
    if (holds === "ratings") set({ holds, features: [], user: other[0]!, item: other[1]! });
    else set({ holds: holds as "numbers" | "classes", user: "", item: "" });
  };
  return html`<div class="row choices">
    ${select("file-target", "Predict the column", names, data.target, (target) =>
      lab.describeFile(
        data.holds === "ratings" ? { ...data, target } : withTarget({ ...data, features: [] }, table, target),
      ),
    )}
    ${select("file-holds", "It contains", kinds, data.holds, setHolds)}
    ${
      data.holds !== "ratings"
        ? nothing
        : html`${select("file-user", "Users", names, data.user, (user) => set({ user }))}
          ${select("file-item", "Items", names, data.item, (item) => set({ item }))}`
    }
  </div>`;
}

/** How the file is read. */
function reading(lab: Lab, { choices, read }: OpenedFile) {
  if (read !== null && read.delimiter === null) return nothing; // not a text
  const set = (change: ReadingChoices): void => void lab.readAgain(change);
  const { delimiter: _, encoding: __, ...rest } = choices;
  const found = encodings.map((each) => [each, each === "" ? "found in the file" : each] as const);
  return html`<details ?open=${read === null}>
    <summary>How the file is read</summary>
    <div class="row choices">
      ${select(
        "file-delimiter",
        "Between the cells",
        Object.entries(delimiterNames),
        choices.delimiter ?? "",
        (delimiter) =>
          set({ ...rest, ...(choices.encoding && { encoding: choices.encoding }), ...(delimiter && { delimiter }) }),
      )}
      ${select("file-encoding", "Encoding", found, choices.encoding ?? "", (encoding) =>
        set({ ...rest, ...(choices.delimiter && { delimiter: choices.delimiter }), ...(encoding && { encoding }) }),
      )}
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(choices.header ?? true)}
          @change=${(event: Event) => set({ ...choices, header: (event.target as HTMLInputElement).checked })}
        />
        The first line has the names of the columns
      </label>
    </div>
  </details>`;
}
