// The weights of the model in tables. Another number is a new start.

import { html } from "lit-html";
import type { WeightTable } from "../../../panels/weights.ts";
import type { Lab } from "../../pageState.ts";
import { undoButton } from "./line.ts";
import { part, waiting } from "./part.ts";

const MOST = 400; // parameters of a start

/** The tables of the weights. */
export const weightsPart = (lab: Lab) => part(lab, "weights", "Weights", weights(lab));

function weights(lab: Lab) {
  const { panel, facts } = lab.state;
  if ((facts?.parameters ?? 0) > MOST)
    return html`<p class="hint">The model has ${facts!.parameters} parameters. The tables show at most ${MOST}.</p>`;
  if (panel.weights === undefined) return waiting;
  const { params, layers } = panel.weights;
  const change = (index: number, value: number): void =>
    lab.startAt(params.map((each, i) => Number((i === index ? value : each).toPrecision(6))));
  return html`${layers.map((layer) => table(layer, params, change))}
    <p class="hint">Another number begins a new run with these weights as its start. ${undoButton(lab)}</p>`;
}

const table = (
  { title, columns, rows }: WeightTable,
  params: readonly number[],
  change: (index: number, value: number) => void,
) => html`<div class="scroll" tabindex="0" role="region" aria-label=${title}>
  <table class="weights">
    <caption>${title}</caption>
    <thead>
      <tr><th scope="col"><span class="hidden">Output</span></th>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, indices }) => html`<tr>
          <th scope="row">${name}</th>
          ${indices.map((index, j) => {
            const value = String(Number(params[index]!.toPrecision(4)));
            return html`<td>
              <input
                type="text"
                inputmode="decimal"
                aria-label="${name}, ${columns[j]}"
                .value=${value}
                @change=${({ target }: Event) => {
                  const input = target as HTMLInputElement;
                  const next = input.value.trim() === "" ? Number.NaN : Number(input.value.replace("−", "-"));
                  if (Number.isFinite(next)) change(index, next);
                  else input.value = value;
                }}
              />
            </td>`;
          })}
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;
