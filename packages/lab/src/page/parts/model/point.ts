// The prediction at a point: chosen with the pointer in the picture, or with two numbers.

import { formatPercent } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { holdsOf, isCurve } from "../../../state/holdsOf.ts";
import type { Frame } from "../../../worker/protocol.ts";
import type { Lab } from "../../pageState.ts";
import { part } from "./part.ts";

/** The fields of the point, and the prediction there. */
export function pointPart(lab: Lab) {
  const { facts, frame, lab: settings } = lab.state;
  const features = facts?.features ?? [];
  const { featureX, featureY } = settings.view;
  if (facts !== null && features.length === 0) return nothing;
  const isPlane = holdsOf(settings.data) === "classes" && features.length > 1;
  if (!isPlane && !isCurve(settings.data) && features.length > 1) return nothing; // the picture is not over features
  const names = isPlane ? [featureX || features[0]!, featureY || features[1]!] : features.slice(0, 1);
  const send = ({ currentTarget }: Event): void => {
    const numbers = Array.from(
      (currentTarget as HTMLElement).querySelectorAll("input"),
      (input) => input.valueAsNumber,
    );
    if (numbers.every(Number.isFinite)) lab.point([numbers[0]!, numbers[1] ?? 0]);
  };
  return part(
    lab,
    "point",
    "Prediction at a point",
    html`<div class="row" @change=${send}>
      ${names.map((name) => html`<label class="inline">${name} <input type="number" step="any" /></label>`)}
      <output>${frame?.pointed ?? "Enter numbers, or click in the picture."}</output>
    </div>
    ${frame?.shares == null ? nothing : shareBars(frame.shares)}`,
  );
}

const shareBars = (shares: NonNullable<Frame["shares"]>) => html`<ul class="shares">
    ${shares.map(
      ({ name, share }) => html`<li>
        <span title=${name}>${name}</span> <meter min="0" max="1" value=${share} aria-label=${name}></meter>
        ${formatPercent(share)}
      </li>`,
    )}
  </ul>
  <p class="hint">
    The probabilities at the pointer in the picture. Without a pointer, those at the point of the fields, or at the mean of all features.
  </p>`;
