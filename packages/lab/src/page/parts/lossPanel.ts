// The chart of the losses, and how it is drawn.

import { html, nothing } from "lit-html";
import type { LabState } from "../../state/labState.ts";
import type { Lab } from "../pageState.ts";

type View = LabState["view"];

const axisNames = { updates: "updates", epochs: "epochs", examples: "examples", seconds: "seconds" } as const;
const valueNames = { loss: "loss", distance: "distance to the lowest loss" } as const;

/** The panel of the losses. */
export const lossPanel = (lab: Lab) => html`<section class="panel loss" data-panel="loss" aria-labelledby="loss-view">
  <h2 id="loss-view" class="hidden">Loss over time</h2>
  <lab-chart name="loss"></lab-chart>
  ${lossControls(lab)}
</section>`;

/** The controls of the chart. */
function lossControls(lab: Lab) {
  const { lab: settings, facts } = lab.state;
  const { view } = settings;
  const set = (change: Partial<View>): void => lab.set({ ...settings, view: { ...view, ...change } });
  const isLog = view.lossScale === "log";
  const choose = <K extends "lossAxis" | "lossValue">(
    key: K,
    label: string,
    names: Readonly<Record<View[K], string>>,
  ) => html`<label
    class="inline"
    >${label}
    <select @change=${({ target }: Event) => set({ [key]: (target as HTMLSelectElement).value })}>
      ${Object.entries<string>(names).map(
        ([value, name]) => html`<option value=${value} ?selected=${value === view[key]}>${name}</option>`,
      )}
    </select></label
  >`;
  const check = (name: string, checked: boolean, change: Partial<View>) => html`<label class="inline"
    ><input type="checkbox" .checked=${checked} @change=${() => set(change)} />${name}</label
  >`;
  return html`<div class="row controls">
    ${check("logarithmic", isLog, { lossScale: isLog ? "linear" : "log" })}
    ${(facts?.updatesPerEpoch ?? 1) > 1 ? check("smooth", view.smooth, { smooth: !view.smooth }) : nothing}
    ${choose("lossValue", "Show", valueNames)} ${choose("lossAxis", "over", axisNames)}
  </div>`;
}
