// The table of predicted and true classes. A cell marks its rows in the picture of the model.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import { html } from "lit-html";
import type { ConfusionPart } from "../../../panels/confusion.ts";
import type { Lab } from "../../pageState.ts";

/** The table. */
export function confusionTable(lab: Lab, { classes, counts, rows, threshold }: ConfusionPart) {
  const { focus } = lab.state;
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
