// Form fields of settings. A value that is not allowed stays in its field, with a sentence; the setting does not change.

import { formatCount } from "@downhill/plots/format";
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Field, Fields } from "../../state/field.ts";
import { labelOf } from "../labels.ts";
import { type Ends, LAST_PLACE, numberAt, placeOf } from "../logSlider.ts";
import type { Lab } from "../pageState.ts";

/** The fields of a part of the state. @param set  receives the value of a field that has changed */
export const fieldsOf = (
  lab: Lab,
  path: string,
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  set: (name: string, value: unknown) => void,
): TemplateResult[] =>
  Object.entries(fields).map(([name, field]) =>
    fieldOf(lab, `${path}.${name}`, field, values[name], (value) => set(name, value)),
  );

/** The range in the rule of a number, such as "from 10 to 5,000"; null for other rules. */
const rangeOf = (rule: string): string | null =>
  /^(?:\w+, or )*a (?:whole )?number (.*)$/
    .exec(rule)?.[1]
    ?.replace(/(?<![.\d])\d{4,}/g, (digits) => formatCount(Number(digits))) ?? null;

/** One field. */
export function fieldOf(
  lab: Lab,
  path: string,
  field: Field<unknown>,
  value: unknown,
  set: (value: unknown) => void,
): TemplateResult {
  const { name, hint, choices } = labelOf(path);
  const id = `field-${path.replaceAll(".", "-")}`;
  const problem = lab.state.problems[path];
  const isLocked = lab.state.lab.view.lock;
  const range = choices ? null : rangeOf(field.rule);
  const described = [
    ...(range ? [`${id}-range`] : []),
    ...(hint ? [`${id}-hint`] : []),
    ...(problem ? [`${id}-problem`] : []),
  ].join(" ");
  const change = (next: unknown): void => {
    lab.accept(path);
    set(next);
  };
  const read = (text: string): void => {
    const next = field.read(text.trim().replace("−", "-"));
    if (next !== undefined && field.allows(next)) change(next);
    else
      lab.report(
        path,
        `${name} must be ${field.rule}, got ${text === "" ? "nothing" : `“${text}”`}. The value is still ${field.write(value)}.`,
        text,
      );
  };
  const notes = html`${hint ? html`<small id=${`${id}-hint`}>${hint}</small>` : nothing}
  ${problem ? html`<small id=${`${id}-problem`} class="problem" role="alert">${problem}</small>` : nothing}`;
  if (typeof field.initial === "boolean") {
    return html`<div class="field check">
      <label for=${id}
        ><input
          id=${id}
          type="checkbox"
          .checked=${live(value as boolean)}
          ?disabled=${isLocked}
          aria-describedby=${described || nothing}
          @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
        />${name}</label
      >
      ${notes}
    </div>`;
  }
  const control = choices
    ? html`<select
        id=${id}
        ?disabled=${isLocked}
        aria-describedby=${described || nothing}
        .value=${live(String(value))}
        @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
      >
        ${Object.entries(choices).map(
          ([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`,
        )}
      </select>`
    : html`<input
        id=${id}
        type="text"
        inputmode="decimal"
        autocomplete="off"
        spellcheck="false"
        .value=${lab.state.typed[path] ?? field.write(value)}
        ?disabled=${isLocked}
        aria-invalid=${problem ? "true" : nothing}
        aria-describedby=${described || nothing}
        @change=${(event: Event) => read((event.target as HTMLInputElement).value)}
      />`;
  return html`<div class="field">
    <div class="name">
      <label for=${id}>${name}</label>${range ? html`<small id=${`${id}-range`}>${range}</small>` : nothing}
    </div>
    ${control}${field.slider === undefined ? nothing : sliderOf(field.slider, name, value as number, isLocked, change)}${notes}
  </div>`;
}

/** A slider with a logarithmic axis. It changes the setting when it is let go, because each change needs a new run. */
function sliderOf(
  ends: Ends,
  name: string,
  value: number,
  isLocked: boolean,
  change: (value: number) => void,
): TemplateResult {
  return html`<input
    type="range"
    min="0"
    max=${LAST_PLACE}
    step="1"
    aria-label=${`${name}, on a logarithmic axis`}
    aria-valuetext=${formatCount(value)}
    ?disabled=${isLocked}
    .value=${String(placeOf(ends, value))}
    @change=${(event: Event) => change(numberAt(ends, Number((event.target as HTMLInputElement).value)))}
  />`;
}
