// The runs that were kept, to compare them.

import { formatCount, formatNumber } from "@downhill/plots/format";
import { html } from "lit-html";
import { tables } from "../../state/dataFields.ts";
import type { LabState } from "../../state/labState.ts";
import type { KeptRun } from "../../worker/protocol.ts";
import { difference } from "../changes.ts";
import { icon } from "../icons.ts";
import { generatorNames, modelNames, optimizerNames, verdictLabel } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { prose } from "../prose.ts";

/** The runs. */
export function shelf(lab: Lab) {
  const { frame, run } = lab.state;
  const kept = frame?.kept ?? [];
  return html`<section class="panel runs" aria-labelledby="runs-title">
    <h2 id="runs-title">Runs</h2>
    ${
      kept.length === 0
        ? html`<p class="empty">A run is kept here when you change a setting that needs a new run, or press Reset. Its lines stay in the charts.</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Settings that differ</th>
                <th scope="col">Updates</th>
                <th scope="col">Loss</th>
                <th scope="col">Held-out loss</th>
                <th scope="col">State</th>
                <th scope="col"><span class="hidden">Actions</span></th>
              </tr>
            </thead>
            <tbody>
              ${
                frame === null
                  ? ""
                  : html`<tr class="present">
                <th scope="row">${frame.letter} (now)</th>
                <td>${summary(run)}</td>
                <td>${formatCount(frame.update)}</td>
                <td>${prose(formatNumber(frame.loss))}</td>
                <td>${frame.heldOut === null ? "–" : prose(formatNumber(frame.heldOut))}</td>
                <td>${frame.verdict === null ? "ready" : verdictLabel(frame.verdict)[1]}</td>
                <td></td>
              </tr>`
              }
              ${kept.map((each) => row(lab, each, run))}
            </tbody>
          </table>`
    }
  </section>`;
}

/** The most important settings of a run. */
const summary = ({ data, model, descent }: LabState): string => {
  const points =
    data.kind === "generated"
      ? generatorNames[data.generator.name]
      : data.kind === "table"
        ? tables[data.table].title
        : data.kind === "file"
          ? data.name
          : "Drawn points";
  const rate = descent.learningRate === "auto" ? "" : `, learning rate ${descent.learningRate}`;
  return `${points}, ${modelNames[model.name][0].toLowerCase()}, ${optimizerNames[descent.optimizer.name]}${rate}`;
};

function row(lab: Lab, { letter, state, updates, loss, heldOut, verdict, ended }: KeptRun, run: LabState) {
  const [sign, name] = verdict === null ? (["ready", "not started"] as const) : verdictLabel(verdict);
  const outcome = ended === "diverged" ? `diverged at update ${formatCount(updates)}` : name;
  return html`<tr>
    <th scope="row">${letter}</th>
    <td>${difference(run, state) || "the same settings"}</td>
    <td>${formatCount(updates)}</td>
    <td>${ended === "diverged" ? "–" : prose(formatNumber(loss))}</td>
    <td>${heldOut === null || ended === "diverged" ? "–" : prose(formatNumber(heldOut))}</td>
    <td>${icon(sign)} ${outcome}</td>
    <td class="row">
      <button type="button" aria-label=${`Use the settings of run ${letter}`} @click=${() => lab.set(state)}>Use</button>
      <button type="button" aria-label=${`Remove run ${letter}`} @click=${() => lab.forget(letter)}>Remove</button>
    </td>
  </tr>`;
}
