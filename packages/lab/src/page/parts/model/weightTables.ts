// The weights of the model in tables, and those of a network also as a diagram. Another number is a new start.

import { html, nothing } from "lit-html";
import { type Diagram, diagramOf } from "../../../panels/diagram.ts";
import type { WeightsPart, WeightTable } from "../../../panels/weights.ts";
import type { Lab } from "../../pageState.ts";
import { diagram, pointing, weightsOfPointed } from "./diagram.ts";
import { undoButton } from "./line.ts";

/** The tables of the weights, below the diagram of a network. */
export function weightTables(lab: Lab, weights: WeightsPart) {
  const found = diagramOf(weights.layers);
  return html`${weights.layers.length > 1 ? diagram(lab, weights, found) : nothing}
    ${weights.layers.map((layer, l) => table(lab, weights.params, found, layer, l))}
    <p class="hint">Another number begins a new run with these weights as its start. ${undoButton(lab)}</p>`;
}

function table(lab: Lab, params: readonly number[], found: Diagram, { title, columns, rows }: WeightTable, l: number) {
  const pointed = weightsOfPointed(lab, found);
  const change = (index: number, value: number): void =>
    lab.startAt(params.map((each, i) => Number((i === index ? value : each).toPrecision(6))));
  /** The name of an input or a unit; in a network it shows its edges in the diagram. */
  const name = (layer: number, k: number, text: string) => {
    const node = found.layers[layer]!.nodes[k];
    if (found.layers.length === 2 || node === undefined) return text;
    const { enter, leave, press } = pointing(lab, node, found);
    return html`<button
      type="button"
      class="quiet"
      aria-pressed=${lab.state.focus.thumbnail === node.name}
      @pointerenter=${enter}
      @pointerleave=${leave}
      @focus=${enter}
      @blur=${leave}
      @click=${press}
    >
      ${text}
    </button>`;
  };
  const cell = (index: number, label: string) => {
    const value = String(Number(params[index]!.toPrecision(4)));
    const onChange = ({ target }: Event): void => {
      const input = target as HTMLInputElement;
      const next = input.value.trim() === "" ? Number.NaN : Number(input.value.replace("−", "-"));
      if (Number.isFinite(next)) change(index, next);
      else input.value = value;
    };
    return html`<td>
      <input
        type="text"
        inputmode="decimal"
        aria-label=${label}
        data-weight=${index}
        ?data-pointed=${pointed.has(index)}
        .value=${value}
        @focus=${() => lab.show({ pointed: index })}
        @blur=${() => lab.show({ pointed: null })}
        @change=${onChange}
      />
    </td>`;
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${title}>
    <table class="weights">
      <caption>${title}</caption>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">Output</span></th>
          ${columns.map((text, j) => html`<th scope="col">${name(l, j, text)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name: text, indices }, k) => html`<tr>
            <th scope="row">${name(l + 1, k, text)}</th>
            ${indices.map((index, j) => cell(index, `${text}, ${columns[j]}`))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
