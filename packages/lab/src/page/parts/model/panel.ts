// The panel of the model: its picture, and the parts that its kind has.

import { html, nothing } from "lit-html";
import { holdsOf, isCurve } from "../../../state/holdsOf.ts";
import { later } from "../../later.ts";
import type { Lab } from "../../pageState.ts";
import { drawn } from "../../pointTools.ts";
import { confusionPart, thresholdPart } from "./classes.ts";
import { linePart } from "./line.ts";
import { marginPart } from "./margin.ts";
import { part } from "./part.ts";
import { pointPart } from "./point.ts";
import { ratingsPart } from "./ratings.ts";
import { stripPart } from "./strip.ts";
import { weightsPart } from "./weights.ts";

/** The panel of the model. */
export function modelPanel(lab: Lab) {
  const { data, model } = lab.state.lab;
  const holds = holdsOf(data);
  const points = drawn(lab);
  return html`<section class="panel model" aria-labelledby="model-view">
    <h2 id="model-view" class="hidden">Picture of the model</h2>
    ${featureChoice(lab)}
    <lab-chart name="model"></lab-chart>
    ${points === null ? nothing : later(lab, ({ drawing }) => drawing(lab, points))}
    ${holds === "numbers" ? linePart(lab) : nothing}
    ${holds === "classes" ? thresholdPart(lab) : nothing}
    ${stripPart(lab)}
    ${
      holds === "classes" && model.name === "network" && model.options.hidden.at(-1) === 2
        ? part(lab, "", "The rows as the last hidden layer sees them", html`<lab-chart name="layer"></lab-chart>`)
        : nothing
    }
    ${holds === "ratings" ? ratingsPart(lab) : pointPart(lab)}
    ${holds === "classes" ? confusionPart(lab) : part(lab, "", "Errors of the predictions", html`<lab-chart name="errors"></lab-chart>${holds === "numbers" ? html`<lab-chart name="residuals"></lab-chart>` : nothing}`)}
    ${
      model.name === "linear" && (lab.state.facts?.features.length ?? 0) > 1
        ? part(lab, "", "Coefficients", html`<lab-chart name="coefficients"></lab-chart>`)
        : nothing
    }
    ${model.name === "svm" ? marginPart(lab) : nothing}
    ${holds === "ratings" ? nothing : weightsPart(lab)}
    ${part(lab, "", metricTitles[holds], html`<lab-chart name="metric"></lab-chart>`)}
  </section>`;
}

const metricTitles = {
  classes: "Accuracy over time",
  numbers: "R² over time",
  ratings: "Error of the ratings over time",
} as const;

/** Which features are on the axes, where there are more than two. */
function featureChoice(lab: Lab) {
  const { facts, lab: settings } = lab.state;
  const { view, data } = settings;
  const features = facts?.features ?? [];
  const hasPlane = features.length > 2 && !isCurve(data) && holdsOf(data) === "classes";
  if (!hasPlane) return nothing;
  const choose = (name: "featureX" | "featureY", label: string, first: string) => html`<label class="inline"
    >${label}
    <select @change=${(event: Event) => lab.set({ ...settings, view: { ...view, [name]: (event.target as HTMLSelectElement).value } })}>
      ${features.map((feature) => html`<option ?selected=${feature === (view[name] || first)}>${feature}</option>`)}
    </select></label
  >`;
  return html`<span class="axes">${choose("featureX", "across", features[0]!)} ${choose("featureY", "up", features[1]!)}</span>`;
}
