// The settings of a run: data, model, descent and learning rate.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { generators } from "../../state/dataFields.ts";
import { initialChoice } from "../../state/field.ts";
import { heldOutField, type LabState, rateFree } from "../../state/labState.ts";
import { descentFields, models, optimizers, schedules, seedFields } from "../../state/trainingFields.ts";
import { ableModels, withData, withModel, withOptimizer } from "../changes.ts";
import { modelNames, optimizerNames, scheduleNames } from "../labels.ts";
import { whenLoaded } from "../later.ts";
import type { Lab } from "../pageState.ts";
import { dataChoice } from "./dataChoice.ts";
import { fieldOf, fieldsOf } from "./fields.ts";
import { fileChoice } from "./fileChoice.ts";
import { ruler } from "./ruler.ts";

/** The settings. */
export const setup = (
  lab: Lab,
) => html`<aside id="setup" class="setup" aria-label="Setup" data-open=${lab.state.isSetupOpen}>
  <button type="button" class="close-setup" @click=${() => lab.show({ isSetupOpen: false })}>Close setup</button>
  <section class="panel" aria-labelledby="rate-title">
    <h2 id="rate-title">Learning rate</h2>
    ${ruler(lab)}
  </section>
  ${data(lab)} ${model(lab)} ${descent(lab)}
</aside>`;

/** A list of choices. */
const choose = (
  lab: Lab,
  id: string,
  name: string,
  choices: Readonly<Record<string, string>>,
  value: string,
  set: (choice: string) => void,
) => html`<div class="field">
  <label for=${id}>${name}</label>
  <select
    id=${id}
    .value=${live(value)}
    ?disabled=${lab.state.lab.view.lock}
    @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}
  >
    ${Object.entries(choices).map(
      ([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`,
    )}
  </select>
</div>`;

function data(lab: Lab) {
  const { lab: settings, facts } = lab.state;
  const { data: own, heldOut, seeds } = settings;
  const isGenerated = own.kind === "generated";
  return html`<section class="panel" aria-labelledby="data-title">
    <h2 id="data-title">Data</h2>
    ${dataChoice(lab)} ${fileChoice(lab)}
    <p class="fact rows">${facts && html`${facts.rows} training rows${facts.heldOutRows > 0 ? `, ${facts.heldOutRows} held out` : ""}${facts.features.length > 0 ? `; features ${shortList(facts.features)}` : ""}.`}</p>
    <details>
      <summary>Options of the data</summary>
      ${
        isGenerated
          ? fieldsOf(
              lab,
              `data.generator.${own.generator.name}`,
              generators[own.generator.name],
              own.generator.options,
              (field, value) => {
                const options = { ...own.generator.options, [field]: value };
                const next = { kind: "generated", generator: { ...own.generator, options } } as LabState["data"];
                const { state, notes } = withData(settings, next);
                lab.set(state, notes);
              },
            )
          : nothing
      }
      ${fieldOf(lab, "heldOut", heldOutField, heldOut, (value) => lab.set({ ...settings, heldOut: value as number }))}
      ${fieldOf(lab, "seeds.data", seedFields.data, seeds.data, (value) => lab.set({ ...settings, seeds: { ...seeds, data: value as number } }))}
    </details>
  </section>`;
}

const shortList = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

function model(lab: Lab) {
  const { lab: settings, facts } = lab.state;
  const { model: own, data: table } = settings;
  const able = ableModels(table);
  const fields = Object.entries(models[own.name]);
  return html`<section class="panel" aria-labelledby="model-title">
    <h2 id="model-title">Model</h2>
    <fieldset>
      <legend class="hidden">Model</legend>
      ${able.map((name) => {
        const [title, predicts] = modelNames[name];
        return html`<label class="card">
          <input
            type="radio"
            name="model"
            value=${name}
            .checked=${live(name === own.name)}
            ?disabled=${settings.view.lock}
            @change=${() => lab.set(withModel(settings, name))}
          />
          <span><b>${title}</b> predicts ${predicts}.</span>
        </label>`;
      })}
    </fieldset>
    <p class="fact">${facts && `${facts.parameters} parameters to learn.`}</p>
    <details>
      <summary>Options of the model</summary>
      ${fields.map(([field, rule]) =>
        fieldOf(lab, `${own.name}.${field}`, rule, (own.options as Readonly<Record<string, unknown>>)[field], (value) =>
          lab.set({ ...settings, model: { ...own, options: { ...own.options, [field]: value } } as LabState["model"] }),
        ),
      )}
    </details>
  </section>`;
}

function descent(lab: Lab) {
  const { lab: settings, facts } = lab.state;
  const { descent: own } = settings;
  const { optimizer, schedule, batchSize } = own;
  const set = (change: Partial<LabState["descent"]>): void => lab.set({ ...settings, descent: { ...own, ...change } });
  const isFree = rateFree.includes(optimizer.name);
  const variant = batchSize === "full" ? "full" : batchSize === 1 ? "one" : "mini";
  const most = Math.max(2, Math.min(32, (facts?.rows ?? 32) - 1));
  const batches = {
    full: ["Batch", "all rows"],
    mini: ["Mini-batch", "some rows"],
    one: ["Stochastic", "one row"],
  } as const;
  const sizes = {
    full: "full",
    mini: typeof batchSize === "number" && batchSize > 1 ? batchSize : most,
    one: 1,
  } as const;
  const descentField = (name: keyof typeof descentFields) =>
    fieldOf(lab, `descent.${name}`, descentFields[name], own[name], (value) => set({ [name]: value }));
  return html`<section class="panel" aria-labelledby="descent-title">
    <h2 id="descent-title">Descent</h2>
    <fieldset class="segments">
      <legend>Rows for each update</legend>
      ${(["full", "mini", "one"] as const).map(
        (name) => html`<label>
          <input
            type="radio"
            name="batch"
            .checked=${live(name === variant)}
            ?disabled=${settings.view.lock}
            @change=${() => set({ batchSize: sizes[name] })}
          />
          <span><b>${batches[name][0]}</b><br />${batches[name][1]}</span>
        </label>`,
      )}
    </fieldset>
    ${variant === "mini" ? descentField("batchSize") : nothing}
    ${variant === "full" ? nothing : descentField("order")}
    ${choose(lab, "optimizer", "Optimizer", optimizerNames, optimizer.name, (choice) => {
      const { state, notes } = withOptimizer(settings, choice as keyof typeof optimizers, facts?.rate.best ?? null);
      lab.set(state, notes);
    })}
    ${fieldsOf(lab, optimizer.name, optimizers[optimizer.name], optimizer.options, (field, value) =>
      set({
        optimizer: {
          ...optimizer,
          options: { ...optimizer.options, [field]: value },
        } as LabState["descent"]["optimizer"],
      }),
    )}
    <details>
      <summary>Schedule, penalties, end</summary>
      ${
        isFree
          ? nothing
          : html`${choose(lab, "schedule", "Learning rate over time", scheduleNames, schedule.name, (choice) =>
              set({
                schedule: initialChoice(schedules, choice as keyof typeof schedules) as LabState["descent"]["schedule"],
              }),
            )}
            ${fieldsOf(lab, schedule.name, schedules[schedule.name], schedule.options, (field, value) =>
              set({
                schedule: {
                  ...schedule,
                  options: { ...schedule.options, [field]: value },
                } as LabState["descent"]["schedule"],
              }),
            )}
            ${descentField("warmUp")}`
      }
      ${(["l2", "l1", "epochs", "stopGradient", "patience", "start"] as const).map(descentField)}
    </details>
    <div class="fact rules">${facts && whenLoaded(({ stopRules }) => stopRules(facts))}</div>
  </section>`;
}
