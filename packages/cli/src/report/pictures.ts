// The charts of a run's model.
import { type FittedClassifier, type FittedFactorization, type FittedRegression, takeColumn } from "downhill";
import { type ClassOutcome, hasProbabilities, type NumberOutcome } from "../model/metrics.ts";
import type { LabelledRows, Rows } from "../model/rows.ts";
import type { TrainedRun } from "../training/trainedRun.ts";
import type { Picture } from "./figure.ts";
import {
  calibrationPictures,
  confusionPicture,
  type NamedOutcome,
  precisionRecallPictures,
  rocPictures,
  scorePictures,
} from "./pictures/classes.ts";
import { fieldPictures } from "./pictures/fields.ts";
import { importancePictures } from "./pictures/importance.ts";
import { fitPicture, numberPictures } from "./pictures/numbers.ts";
import { matrixPictures, ratingPictures } from "./pictures/ratings.ts";
import { type Weights, weightPictures } from "./pictures/weights.ts";

/** Charts of the held-out rows, or of the training rows when none was held out. */
export function modelPictures(run: TrainedRun, weights: readonly Weights[]): Picture[] {
  const { fitted, parts, prepared } = run;
  const where = run.heldOut === null ? "training rows" : "held-out rows";
  const evaluated = run.heldOut ?? run.train;
  if (parts.train.task === "ratings") {
    if (parts.train.ratings === null) return [];
    return [
      ...matrixPictures(fitted as FittedFactorization, parts.train),
      ...ratingPictures(evaluated as NumberOutcome, where.replace("rows", "ratings")),
    ];
  }
  const target = "target" in prepared.spec ? prepared.spec.target : "";
  const bars = [...importancePictures(run.importance, where), ...weightPictures(weights, target)];
  if (parts.train.task === "regression") {
    return [
      ...fitPicture(fitted as FittedRegression, parts.train, target),
      ...numberPictures(evaluated as NumberOutcome, target, where),
      ...bars,
    ];
  }
  const classifier = fitted as FittedClassifier;
  const named: NamedOutcome = { name: where, outcome: evaluated as ClassOutcome };
  return [
    ...fieldPictures(classifier, parts.train),
    confusionPicture(named),
    ...(named.outcome.scores === null ? [] : twoClassPictures(run, named)),
    ...bars,
  ];
}

/** Charts of the scores of a classifier of two classes. */
function twoClassPictures({ fitted, parts, ...run }: TrainedRun, named: NamedOutcome): Picture[] {
  const probabilities = (rows: Rows): ArrayLike<number> | null =>
    hasProbabilities(fitted)
      ? takeColumn((fitted as FittedClassifier).probabilities((rows as LabelledRows).X), 1)
      : null;
  const threshold = (fitted as FittedClassifier).threshold ?? 0.5;
  const evaluated = { ...named, probabilities: probabilities(parts.heldOut ?? parts.train), threshold };
  const training = { name: "training rows", outcome: run.train as ClassOutcome };
  const curves =
    parts.heldOut === null
      ? [evaluated]
      : [evaluated, { ...training, probabilities: probabilities(parts.train), threshold }];
  return [
    ...scorePictures(evaluated),
    ...rocPictures(curves),
    ...precisionRecallPictures(curves),
    ...calibrationPictures(curves),
  ];
}
