// The prediction at a point: chosen with the pointer in the picture, or with two numbers.

import { html, nothing } from "lit-html";
import type { Lab } from "../../pageState.ts";
import { part } from "./part.ts";

/** The fields of the point, and the prediction there. */
export function pointPart(lab: Lab) {
  const { facts, frame, lab: settings } = lab.state;
  const features = facts?.features ?? [];
  const { featureX, featureY } = settings.view;
  const isClasses = settings.model.name !== "linear";
  const names =
    isClasses && features.length > 1 ? [featureX || features[0]!, featureY || features[1]!] : [features[0]!];
  if (features.length === 0) return nothing;
  const send = ({ currentTarget }: Event): void => {
    const numbers = Array.from(
      (currentTarget as HTMLElement).querySelectorAll("input"),
      (input) => input.valueAsNumber,
    );
    if (numbers.every(Number.isFinite)) lab.point([numbers[0]!, numbers[1] ?? 0]);
  };
  return part(
    lab,
    "",
    "Prediction at a point",
    html`<div class="row" @change=${send}>
      ${names.map((name) => html`<label class="inline">${name} <input type="number" step="any" /></label>`)}
      <output>${frame?.pointed ?? "Enter numbers, or click in the picture."}</output>
    </div>`,
  );
}
