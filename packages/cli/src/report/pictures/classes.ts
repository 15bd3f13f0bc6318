// Charts that evaluate a classifier: the confusion matrix and the ROC curve.

import { confusionMatrix as confusionChart, roc } from "@downhill/plots";
import { formatCount, formatNumber } from "@downhill/plots/format";
import { html, type Markup, tableOf } from "@downhill/plots/page";
import { classScores, confusionMatrix, type Label, rocCurve } from "downhill";
import type { ClassOutcome } from "../../model/metrics.ts";
import type { Picture } from "../figure.ts";

/** Some rows with their predictions, and what to call these rows. */
export interface NamedOutcome {
  readonly name: string;
  readonly outcome: ClassOutcome;
}

/** How many rows of each class are predicted as each class. */
export function confusionPicture({ outcome, name }: NamedOutcome): Picture {
  const { classes, prediction, target } = outcome;
  const { counts } = confusionMatrix(prediction, target, classes);
  const spec = confusionChart({
    title: `Confusion matrix, ${name}`,
    classes: classes.map(String),
    counts: counts.flat(),
  });
  return { spec };
}

/** Precision, recall and F1 of each class. */
export function classTable({ outcome, name }: NamedOutcome): Markup {
  const share = (value: number) => (Number.isNaN(value) ? "–" : formatNumber(value));
  const { perClass } = classScores(outcome.prediction, outcome.target, outcome.classes);
  const rows = perClass.map(({ label, precision, recall, f1, support }) => {
    return [String(label), share(precision), share(recall), share(f1), formatCount(support)];
  });
  return html`<details><summary>Precision and recall of each class</summary>
${tableOf(["Class", "Precision", "Recall", "F1", "Rows"], rows, `On the ${name}. Precision: of the rows predicted as this class, the share that belongs to it. Recall: of the rows that belong to it, the share that was predicted as it.`)}
</details>`;
}

/** ROC curves, one for each part that has rows of both classes. */
export function rocPictures(parts: readonly NamedOutcome[]): Picture[] {
  const positive = parts[0]!.outcome.classes[1]!;
  const curves = parts
    .filter(({ outcome }) => outcome.scores !== null && hasBoth(outcome.target))
    .map(({ outcome, name }) => {
      const { falsePositiveRate, truePositiveRate } = rocCurve(outcome.scores!, outcome.target, positive);
      return { name, falsePositiveRate, truePositiveRate };
    });
  if (curves.length === 0) return [];
  const spec = roc({ title: `ROC curve for ${positive}`, curves });
  return [
    {
      spec,
      remark: `Each point is one threshold. Up: the share of ${positive} that is found. Right: the share of the other class that is wrongly predicted as ${positive}.`,
    },
  ];
}

const hasBoth = (labels: readonly Label[]): boolean => new Set(labels).size === 2;
