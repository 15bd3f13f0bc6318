// The problems of an opened file, by their kinds, with buttons that repair them.

import { html, nothing } from "lit-html";
import type { FileProblem, ProblemKind } from "../../files/fileProblems.ts";
import type { ReadFile } from "../../files/fileProtocol.ts";
import type { NoTable } from "../../files/readTable.ts";
import type { Repair } from "../../files/repairs.ts";
import type { Lab } from "../pageState.ts";

const button = (lab: Lab, repair: Repair) =>
  html`<button type="button" class="repair" @click=${() => lab.repairFile(repair)}>${repair.label}</button>`;

/** Why a file cannot be read. */
export const faults = (lab: Lab, { problems, lines = [], repairs = [] }: Omit<NoTable, "table">) =>
  html`<div role="alert">${problems.map((problem) => html`<p>${problem}</p>`)}</div>
    ${lines.length < 2 ? nothing : html`<p class="hint">${lineText(lines)}</p>`}
    ${repairs.length === 0 ? nothing : html`<div class="row">${repairs.map((repair) => button(lab, repair))}</div>`}`;

const SHOWN = 3;

/** "12 lines: 88, 90, 97 and more." */
const lineText = (lines: readonly number[]): string =>
  `${lines.length} ${lines.length === 1 ? "line" : "lines"}: ${lines.slice(0, SHOWN).join(", ")}${lines.length > SHOWN ? " and more" : ""}.`;

const sentence = (lab: Lab, parts: FileProblem["parts"]) =>
  parts.map((part) => (typeof part === "string" ? part : button(lab, part)));

/** The problems of a file that was read; what keeps it from being used is first. */
export function problemList(lab: Lab, { report }: ReadFile) {
  const { kinds, stop } = report;
  return html`${stop.length === 0 ? nothing : html`<p class="stop" role="alert">${sentence(lab, stop)}</p>`}
  ${
    kinds.length === 0
      ? nothing
      : html`<div class="problems" role="group" aria-label="Problems of the file">
          ${kinds.map((kind) => problemKind(lab, kind))}
        </div>`
  }`;
}

const problemKind = (lab: Lab, { title, isWarning, problems }: ProblemKind) =>
  html`<details ?open=${isWarning}>
    <summary>${title} (${problems.length})</summary>
    <ul>
      ${problems.map(({ parts, lines }) => html`<li>${sentence(lab, parts)}${lines.length === 0 ? nothing : html` <span class="hint">Lines ${lines.join(", ")}.</span>`}</li>`)}
    </ul>
  </details>`;
