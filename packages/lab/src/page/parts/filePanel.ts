// A file that the user has opened: how it was read, its problems, its first rows, and what to predict. Nothing changes until it is used.

import { counted, formatCount } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import type { OpenedFile } from "../ownFiles.ts";
import type { Lab } from "../pageState.ts";
import { fileColumns, fileRoles } from "./fileColumns.ts";
import { faults, problemList } from "./fileProblemList.ts";
import { fileReading } from "./fileReading.ts";

/** The panel of an opened file. */
export const filePanel = (lab: Lab, file: OpenedFile) => html`<section
    class="panel file"
    aria-labelledby="file-title"
    @keydown=${({ key }: KeyboardEvent) => key === "Escape" && lab.closeFile()}
  >
    ${file.read !== null ? opened(lab, file, file.read) : file.failed !== null ? failed(lab, file, file.failed) : reading(lab, file)}
  </section>`;

const cancel = (lab: Lab) => html`<button type="button" @click=${() => lab.closeFile()}>Cancel</button>`;

const progress = ({ choices, share }: OpenedFile) =>
  share === null
    ? nothing
    : html`<p class="progress">
        <label for="file-progress">Reading ${choices.name}, ${Math.round(100 * share)} %</label>
        <progress id="file-progress" max="1" .value=${share}></progress>
      </p>`;

const reading = (lab: Lab, file: OpenedFile) =>
  html`<h2 id="file-title" tabindex="-1">${file.choices.name}</h2>
    ${progress(file)}
    <div class="row">${cancel(lab)}</div>`;

const failed = (lab: Lab, file: OpenedFile, reasons: NonNullable<OpenedFile["failed"]>) =>
  html`<h2 id="file-title" tabindex="-1">${file.choices.name} cannot be used</h2>
    ${faults(lab, reasons)} ${fileReading(lab, file)} ${progress(file)}
    <div class="row">${cancel(lab)}</div>`;

function opened(lab: Lab, file: OpenedFile, read: NonNullable<OpenedFile["read"]>) {
  const { facts, notes, report } = read;
  const { rows, fileRows, columns } = facts;
  return html`<h2 id="file-title" tabindex="-1">
      ${file.choices.name}: ${counted(fileRows, "row")}, ${counted(columns.length, "column")}
    </h2>
    ${rows === fileRows ? nothing : html`<p class="chip">A random sample of ${formatCount(rows)} of ${formatCount(fileRows)} rows is used.</p>`}
    ${notes.length === 0 ? nothing : html`<ul class="notes">${notes.map((note) => html`<li>${note}.</li>`)}</ul>`}
    ${fileColumns(lab, read)} ${fileRoles(lab, read)} ${fileReading(lab, file)} ${problemList(lab, read)} ${progress(file)}
    <div class="row">
      <button type="button" class="primary" ?disabled=${report.use === null || file.share !== null} @click=${() => lab.useFile()}>
        Use this data
      </button>
      ${cancel(lab)}
      <span class="hint">
        ${report.use === null ? "" : `Used: ${report.use}. `}The file stays on this computer. The present run does not change before you use the file.
      </span>
    </div>`;
}
