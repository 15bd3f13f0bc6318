// Pictures of how a classifier does: who is taken for whom, and how well the scores rank.

import { confusionMatrix as confusionChart, roc } from "@downhill/plots";
import { formatCount, formatNumber } from "@downhill/plots/format";
import { html, type Markup, tableOf } from "@downhill/plots/page";
import { classScores, confusionMatrix, type Label, rocCurve } from "downhill";
import type { ClassOutcome } from "../../model/metrics.ts";
import type { Picture } from "../figure.ts";

/** A judged part of the rows, and its name. */
export interface NamedOutcome {
  readonly name: string;
  readonly outcome: ClassOutcome;
}

/** Who is taken for whom. */
export function confusionPicture({ outcome, name }: NamedOutcome): Picture {
  const { classes, prediction, target } = outcome;
  const { counts } = confusionMatrix(prediction, target, classes);
  const spec = confusionChart({
    title: `True and predicted classes, ${name}`,
    classes: classes.map(String),
    counts: counts.flat(),
  });
  return { spec };
}

/** How well each class is found. */
export function classTable({ outcome, name }: NamedOutcome): Markup {
  const share = (value: number) => (Number.isNaN(value) ? "–" : formatNumber(value));
  const { perClass } = classScores(outcome.prediction, outcome.target, outcome.classes);
  const rows = perClass.map(({ label, precision, recall, f1, support }) => {
    return [String(label), share(precision), share(recall), share(f1), formatCount(support)];
  });
  return html`<details><summary>Precision and recall of each class</summary>
${tableOf(["Class", "Precision", "Recall", "F1", "Rows"], rows, `On the ${name}: precision is the share of the rows given this class that have it, recall the share of the rows that have it which were given it.`)}
</details>`;
}

/** ROC curves of the parts that have rows of both classes. */
export function rocPictures(parts: readonly NamedOutcome[]): Picture[] {
  const positive = parts[0]!.outcome.classes[1]!;
  const curves = parts
    .filter(({ outcome }) => outcome.scores !== null && both(outcome.target))
    .map(({ outcome, name }) => {
      const { falsePositiveRate, truePositiveRate } = rocCurve(outcome.scores!, outcome.target, positive);
      return { name, falsePositiveRate, truePositiveRate };
    });
  if (curves.length === 0) return [];
  const spec = roc({ title: `How well the scores find ${positive}`, curves });
  return [
    {
      spec,
      remark: `Each point is a threshold: the share of ${positive} that is found, against the share of the others taken for it.`,
    },
  ];
}

const both = (labels: readonly Label[]): boolean => new Set(labels).size === 2;
