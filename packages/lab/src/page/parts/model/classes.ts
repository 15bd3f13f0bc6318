// The classes: the threshold of two of them with its curves, and the table of predicted and true classes.

import { formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { classCount } from "../../../state/holdsOf.ts";
import { later } from "../../later.ts";
import type { Lab } from "../../pageState.ts";
import { part, waiting } from "./part.ts";

/** The threshold of two classes, with the ROC curve and the precision. */
export function thresholdPart(lab: Lab) {
  const { lab: settings } = lab.state;
  const { data, model, view } = settings;
  if (model.name === "svm" || classCount(data) > 2) return nothing;
  const change = ({ target }: Event): void => {
    lab.set({ ...settings, view: { ...view, threshold: (target as HTMLInputElement).valueAsNumber } });
  };
  const text = formatNumber(view.threshold, 2);
  return part(
    lab,
    "",
    "Threshold, ROC curve and precision",
    html`<label class="threshold"
        >Threshold
        <input type="range" min="0" max="1" step="0.01" .value=${String(view.threshold)} aria-valuetext=${text} @input=${change} />
        <output>${text}</output></label
      >
      <p class="hint">The second class is predicted where its probability is at least the threshold.</p>
      <div class="pair"><lab-chart name="roc"></lab-chart><lab-chart name="precision"></lab-chart></div>`,
  );
}

/** The table of predicted and true classes. What it shows loads when it is opened. */
export function confusionPart(lab: Lab) {
  const { confusion } = lab.state.panel;
  const content =
    confusion === undefined ? waiting : later(lab, ({ confusionTable }) => confusionTable(lab, confusion));
  return part(lab, "confusion", "Predicted and true classes", content);
}
