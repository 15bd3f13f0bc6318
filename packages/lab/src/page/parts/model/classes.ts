// The classes: the threshold of two of them with its curves, and the table of predicted and true classes.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { classCount } from "../../../state/holdsOf.ts";
import type { Lab } from "../../pageState.ts";
import { part, waiting } from "./part.ts";

/** The threshold of two classes, with the ROC curve and the precision. */
export function thresholdPart(lab: Lab) {
  const { lab: settings } = lab.state;
  const { data, model, view } = settings;
  if (model.name === "svm" || classCount(data) > 2) return nothing;
  const change = ({ target }: Event): void => {
    lab.set({ ...settings, view: { ...view, threshold: (target as HTMLInputElement).valueAsNumber } });
  };
  const text = formatNumber(view.threshold, 2);
  return part(
    lab,
    "",
    "Threshold, ROC curve and precision",
    html`<label class="threshold"
        >Threshold
        <input type="range" min="0" max="1" step="0.01" .value=${String(view.threshold)} aria-valuetext=${text} @input=${change} />
        <output>${text}</output></label
      >
      <p class="hint">The second class is predicted where its probability is at least the threshold.</p>
      <div class="pair"><lab-chart name="roc"></lab-chart><lab-chart name="precision"></lab-chart></div>`,
  );
}

/** The table of predicted and true classes. */
export const confusionPart = (lab: Lab) => part(lab, "confusion", "Predicted and true classes", confusionTable(lab));

function confusionTable(lab: Lab) {
  const { panel, focus } = lab.state;
  const { confusion } = panel;
  if (confusion === undefined) return waiting;
  const { classes, counts, rows, threshold } = confusion;
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  const isChosen = (i: number, j: number): boolean => focus.cell?.[0] === i && focus.cell[1] === j;
  const choose = (i: number, j: number): void => lab.focus({ cell: isChosen(i, j) ? null : [i, j] });
  const cell = (i: number, j: number, count: number, share: number) => html`<td>
    <button
      type="button"
      class="cell"
      style="--share: ${Math.round(100 * share)}%"
      data-right=${i === j}
      aria-pressed=${isChosen(i, j)}
      aria-label="${count} rows of class ${classes[i]} predicted as ${classes[j]}, ${formatPercent(share)} of the class"
      @click=${() => choose(i, j)}
    >
      ${count} <small>${formatPercent(share)}</small>
    </button>
  </td>`;
  const chosen = focus.cell;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Predicted and true classes of the ${rows} rows">
      <table class="confusion">
        <caption>
          ${right} of ${all} ${rows} rows are right (${formatPercent(right / all)})${threshold === null ? "" : `, with the threshold ${formatNumber(threshold, 2)}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">True class</th>
            ${classes.map((name) => html`<th scope="col" title=${name}><span class="hidden">predicted</span> ${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${counts.map((row, i) => {
            const sum = row.reduce((total, count) => total + count, 0);
            return html`<tr>
              <th scope="row" title=${classes[i]!}>${classes[i]}</th>
              ${row.map((count, j) => cell(i, j, count, sum === 0 ? 0 : count / sum))}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <p class="hint">
      ${
        chosen === null
          ? "The columns are the predicted classes; each share is that of the true class. A cell marks its points in the picture."
          : `The ${counts[chosen[0]]![chosen[1]]} rows of class ${classes[chosen[0]]} that are predicted as ${classes[chosen[1]]} have a ring in the picture.`
      }
    </p>`;
}
