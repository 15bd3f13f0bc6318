// The charts: the model, the loss, the path on the loss surface, and the latest step.

import { html, nothing } from "lit-html";
import { holdsOf } from "../../state/holdsOf.ts";
import type { Lab, Tab } from "../lab.ts";
import { drawing } from "./drawing.ts";

const tabs: readonly (readonly [Tab, string])[] = [
  ["loss", "Loss"],
  ["surface", "Path"],
  ["step", "Step"],
  ["setup", "Setup"],
  ["runs", "Runs"],
];

/** Whether the link hides a part of the page. */
export const isHidden = ({ state }: Lab, part: string): boolean =>
  state.lab.view.hide.some((hidden) => hidden === part);

/** The tabs of a narrow page. */
export const tabBar = (lab: Lab) => html`<nav class="tabs" aria-label="Parts of the page">
  ${tabs
    .filter(([tab]) => !isHidden(lab, tab))
    .map(
      ([tab, name]) => html`<button
      type="button"
      aria-pressed=${lab.state.tab === tab}
      data-tab=${tab}
      @click=${() => lab.show({ tab, ...(tab === "setup" && { isSetupOpen: true }) })}
    >
      ${name}
    </button>`,
    )}
</nav>`;

/** The picture of the model. */
export const modelPanel = (lab: Lab) => html`<section class="panel model" aria-labelledby="model-view">
  <h2 id="model-view" class="hidden">Picture of the model</h2>
  ${featureChoice(lab)}
  <lab-chart name="model"></lab-chart>
  ${pointChoice(lab)} ${drawing(lab)}
  <details @toggle=${() => lab.show({})}>
    <summary>Errors of the predictions</summary>
    <lab-chart name="errors"></lab-chart>
  </details>
</section>`;

/** The prediction at a point: chosen with the pointer in the picture, or with two numbers. */
function pointChoice(lab: Lab) {
  const { facts, frame, lab: settings } = lab.state;
  const hasPoint = facts?.features.length === 2 && ["logistic", "softmax", "network"].includes(settings.model.name);
  if (!hasPoint || holdsOf(settings.data) !== "classes") return "";
  const send = ({ currentTarget }: Event): void => {
    const [x, y] = Array.from((currentTarget as HTMLElement).querySelectorAll("input"), (input) => input.valueAsNumber);
    if (Number.isFinite(x) && Number.isFinite(y)) lab.point([x!, y!]);
  };
  return html`<details class="point">
    <summary>Probabilities at a point</summary>
    <div class="row" @change=${send}>
      ${facts.features.map((name) => html`<label class="inline">${name} <input type="number" step="any" /></label>`)}
      <output>${frame?.pointed ?? "Enter two numbers, or click in the picture."}</output>
    </div>
  </details>`;
}

/** Which features are on the axes, where there are more than two. */
function featureChoice(lab: Lab) {
  const { facts, lab: settings } = lab.state;
  const { view, data } = settings;
  const features = facts?.features ?? [];
  const isCurve = data.kind === "generated" && data.generator.name === "curve";
  const hasPlane =
    features.length > 2 && !isCurve && ["logistic", "softmax", "svm", "network"].includes(settings.model.name);
  if (!hasPlane) return "";
  const choose = (name: "featureX" | "featureY", label: string, first: string) => html`<label class="inline"
    >${label}
    <select @change=${(event: Event) => lab.set({ ...settings, view: { ...view, [name]: (event.target as HTMLSelectElement).value } })}>
      ${features.map((feature) => html`<option ?selected=${feature === (view[name] || first)}>${feature}</option>`)}
    </select></label
  >`;
  return html`<span class="axes">${choose("featureX", "across", features[0]!)} ${choose("featureY", "up", features[1]!)}</span>`;
}

/** The charts beside the model. */
export const sidePanels = (lab: Lab) => html`<div class="side" data-tab=${lab.state.tab}>
  <section class="panel loss" data-panel="loss" aria-labelledby="loss-view">
    <h2 id="loss-view" class="hidden">Loss over time</h2>
    ${scaleChoice(lab)}
    <lab-chart name="loss"></lab-chart>
  </section>
  ${chartPanel(lab, "surface", "Path over the loss")} ${chartPanel(lab, "step", "This step")}
</div>`;

const chartPanel = (lab: Lab, name: "surface" | "step", title: string) =>
  isHidden(lab, name)
    ? nothing
    : html`<section class="panel ${name}" data-panel=${name} aria-labelledby="${name}-view">
        <h2 id="${name}-view" class="hidden">${title}</h2>
        <lab-chart name=${name}></lab-chart>
      </section>`;

function scaleChoice(lab: Lab) {
  const { lab: settings, frame } = lab.state;
  const { view } = settings;
  const isLog = view.lossScale === "log";
  const helps = !isLog && frame !== null && frame.loss > 0 && frame.startLoss / frame.loss > 20;
  return html`<label class="inline corner">
    <input
      type="checkbox"
      .checked=${isLog}
      @change=${() => lab.set({ ...settings, view: { ...view, lossScale: isLog ? "linear" : "log" } })}
    />
    logarithmic${helps ? " (helps here)" : ""}
  </label>`;
}
