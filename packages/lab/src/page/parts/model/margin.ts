// The margin of a support vector machine, and why its latest update was as it was.

import { formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import type { Lab } from "../../pageState.ts";
import { prose } from "../../prose.ts";
import { part, waiting } from "./part.ts";

/** The numbers of the margin, and the hinge and the penalty over time. */
export const marginPart = (lab: Lab) => html`${part(lab, "margin", "Margin, and why this update", margin(lab))}
${part(lab, "", "Hinge and penalty over time", html`<lab-chart name="parts"></lab-chart>`)}`;

function margin(lab: Lab) {
  const { margin: found } = lab.state.panel;
  if (found === undefined) return waiting;
  const { widths, isStandardized, support, rows, hinge, penalty, why, note } = found;
  const units = isStandardized ? " in standardized columns" : "";
  const width = widths.map((each) => (Number.isFinite(each) ? formatNumber(each, 4) : "not defined, because w is 0"));
  return html`<dl class="numbers">
      <div><dt>margin 2 / |w|</dt><dd>${prose(width.join(", "))}${units}</dd></div>
      <div><dt>support vectors</dt><dd>${support} of ${rows} rows</dd></div>
      <div><dt>hinge</dt><dd>${prose(formatNumber(hinge))}</dd></div>
      <div><dt>penalty</dt><dd>${prose(formatNumber(penalty))}</dd></div>
    </dl>
    <p class="hint">${why}</p>
    ${note === "" ? nothing : html`<p class="hint">${note}</p>`}`;
}
