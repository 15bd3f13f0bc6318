// Charts that evaluate a classifier: the confusion matrix, curves over all thresholds, and distributions of the scores.

import { calibration, confusionMatrix as confusionChart, precisionRecall, roc, scoreHistogram } from "@downhill/plots";
import { formatCount, formatNumber } from "@downhill/plots/format";
import { html, type Markup, tableOf } from "@downhill/plots/page";
import { calibrationCurve, classScores, confusionMatrix, type Label, precisionRecallCurve, rocCurve } from "downhill";
import type { ClassOutcome } from "../../model/metrics.ts";
import type { Picture } from "../figure.ts";

/** Some rows with their predictions, and what to call these rows. */
export interface NamedOutcome {
  readonly name: string;
  readonly outcome: ClassOutcome;
}

/** Rows of two classes with the probability of the second one; null for a model without probabilities. */
export interface TwoClassOutcome extends NamedOutcome {
  readonly probabilities: ArrayLike<number> | null;
  /** The probability from which the second class is predicted. */
  readonly threshold: number;
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
${tableOf(["Class", "Precision", "Recall", "F1", "Rows"], rows, `On the ${name}. Precision is the share of the rows predicted as the class that belong to it. Recall is the share of the rows of the class that are predicted as it.`)}
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
      remark: `Each point is one threshold. The vertical axis is the share of the rows of ${positive} that are predicted as ${positive}; the horizontal axis is the share of the other rows that are.`,
    },
  ];
}

/** Precision-recall curves, one for each part that has rows of both classes. */
export function precisionRecallPictures(parts: readonly NamedOutcome[]): Picture[] {
  const positive = parts[0]!.outcome.classes[1]!;
  const usable = parts.filter(({ outcome }) => outcome.scores !== null && hasBoth(outcome.target));
  if (usable.length === 0) return [];
  const curves = usable.map(({ name, outcome: { scores, target } }) => {
    const { precision, recall } = precisionRecallCurve(scores!, target, positive);
    return { name, precision, recall };
  });
  const { target } = usable[0]!.outcome;
  const positiveShare = target.filter((label) => label === positive).length / target.length;
  const spec = precisionRecall({ title: `Precision and recall for ${positive}`, curves, positiveShare });
  return [
    {
      spec,
      remark: `Each point is one threshold. The vertical axis is the share of the rows predicted as ${positive} that belong to it; the horizontal axis is the share of the rows of ${positive} that are predicted as it.`,
    },
  ];
}

const FEW_ROWS = 30; // with fewer rows, the observed shares are too rough

/** Calibration curves of the second of two classes, one for each part that has at least 30 rows. */
export function calibrationPictures(parts: readonly TwoClassOutcome[]): Picture[] {
  const positive = parts[0]!.outcome.classes[1]!;
  const usable = parts.filter(
    ({ outcome, probabilities }) => probabilities !== null && outcome.target.length >= FEW_ROWS,
  );
  if (usable.length === 0) return [];
  const curves = usable.map(({ name, outcome, probabilities }) => ({
    name,
    ...calibrationCurve(probabilities!, outcome.target, positive),
  }));
  const spec = calibration({ title: `Calibration of the probability of ${positive}`, curves });
  return [
    {
      spec,
      remark:
        "Each point stands for rows with about the same predicted probability. The probabilities of points below the diagonal are too high; those of points above it are too low.",
    },
  ];
}

/** The distribution of the probability, or of the score, of each of two classes. */
export function scorePictures({ outcome, name, probabilities, threshold }: TwoClassOutcome): Picture[] {
  const { scores, classes, target } = outcome;
  if (scores === null) return [];
  const positive = classes[1]!;
  const quantity = probabilities === null ? "Score" : "Probability";
  const spec = scoreHistogram({
    title: `${quantity} of ${positive} by true class, ${name}`,
    scores: probabilities ?? scores,
    labels: target.map((label) => classes.indexOf(label)),
    classes: [String(classes[0]), String(positive)],
    threshold: probabilities === null ? 0 : threshold,
    xName: `${quantity} of ${positive}`,
  });
  return [{ spec }];
}

const hasBoth = (labels: readonly Label[]): boolean => new Set(labels).size === 2;
