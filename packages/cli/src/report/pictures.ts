// The charts of a run's model.
import type { FittedClassifier, FittedFactorization, FittedRegression } from "downhill";
import type { ClassOutcome, NumberOutcome } from "../model/metrics.ts";
import { isTableSpec } from "../model/modelFile.ts";
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
import { fitPicture, numberPictures } from "./pictures/numbers.ts";
import { matrixPictures, ratingPictures } from "./pictures/ratings.ts";
import { type Weights, weightPictures } from "./pictures/weights.ts";

/** Charts of the held-out rows, or of the training rows when none was held out. */
export function modelPictures(run: TrainedRun, weights: readonly Weights[]): Picture[] {
  const { fitted, parts, prepared } = run;
  const where = run.heldOut === null ? "training rows" : "held-out rows";
  const evaluated = run.heldOut ?? run.train;
  if (parts.train.task === "ratings") {
    return [
      ...matrixPictures(fitted as FittedFactorization, parts.train),
      ...ratingPictures(evaluated as NumberOutcome, where.replace("rows", "ratings")),
    ];
  }
  const target = isTableSpec(prepared.spec) ? prepared.spec.target.name : "";
  const bars = weightPictures(weights, target);
  if (parts.train.task === "regression") {
    return [
      ...fitPicture(fitted as FittedRegression, parts.train, target),
      ...numberPictures(evaluated as NumberOutcome, target, where),
      ...bars,
    ];
  }
  const named = [{ name: where, outcome: evaluated as ClassOutcome }];
  const curves: NamedOutcome[] =
    run.heldOut === null ? named : [...named, { name: "training rows", outcome: run.train as ClassOutcome }];
  return [
    ...fieldPictures(fitted as FittedClassifier, parts.train),
    confusionPicture(named[0]!),
    ...(named[0]!.outcome.scores === null ? [] : twoClassPictures(named[0]!, curves)),
    ...bars,
  ];
}

const twoClassPictures = (evaluated: NamedOutcome, curves: readonly NamedOutcome[]): Picture[] => [
  ...scorePictures(evaluated),
  ...rocPictures(curves),
  ...precisionRecallPictures(curves),
  ...calibrationPictures(curves),
];
