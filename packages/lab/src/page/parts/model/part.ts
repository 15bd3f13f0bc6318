// A part of the panel of the model, which the worker computes while it is open.

import { html, nothing, type TemplateResult } from "lit-html";
import type { PartName } from "../../../panels/modelPanel.ts";
import type { Lab } from "../../pageState.ts";

/** A part that opens. */
export const part = (lab: Lab, name: PartName | "", title: string, content: unknown): TemplateResult => html`<details
  class="part"
  data-part=${name === "" ? nothing : name}
  @toggle=${() => lab.show({})}
>
  <summary>${title}</summary>
  ${content}
</details>`;

/** A text while the worker computes a part. */
export const waiting = html`<p class="empty">This is being computed.</p>`;

/** A field for a number; an empty or wrong text leaves the number as it is. */
export const numberField = (
  name: string,
  value: number,
  step: number | "any",
  change: (value: number) => void,
): TemplateResult => html`<label class="inline"
  >${name}
  <input
    type="number"
    step=${step}
    .value=${String(Number(value.toPrecision(5)))}
    @change=${({ target }: Event) => {
      const input = target as HTMLInputElement;
      if (Number.isFinite(input.valueAsNumber)) change(input.valueAsNumber);
      else input.value = String(Number(value.toPrecision(5)));
    }}
/></label>`;
