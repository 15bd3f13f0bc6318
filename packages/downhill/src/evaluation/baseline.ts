// The predictions of a model that knows the targets of the training rows but no column: a model must have better scores.
import { log } from "../core/elementary.ts";
import { classesOf, classIndex, type Label } from "../core/label.ts";
import { constantPrediction } from "../tables/training/baseline.ts";
import { type Scores, scoresOfClasses, scoresOfNumbers } from "./scores.ts";

/**
 * The scores of constant predictions of classes: the most frequent class of the training rows, with the shares of the classes as
 * probabilities.
 */
export function classBaseline(training: ArrayLike<Label>, test: ArrayLike<Label>, probabilities: boolean): Scores {
  const classes = classesOf("baseline", training);
  const position = classIndex("baseline", classes);
  const shares = new Float64Array(classes.length);
  for (let i = 0; i < training.length; i++) shares[position(training[i]!)]! += 1 / training.length;
  const rows = test.length;
  const columns = classes.length;
  const repeated = (values: Float64Array) => ({
    data: Float64Array.from({ length: rows * columns }, (_, at) => values[at % columns]!),
    rows,
    columns,
  });
  return scoresOfClasses(
    classes,
    {
      labels: Array.from({ length: rows }, () => classes[shares.indexOf(Math.max(...shares))]!),
      scores: repeated(shares.map(log)),
      probabilities: probabilities ? repeated(shares) : null,
    },
    test,
  );
}

/**
 * The scores of a constant number: the median of the training rows for the losses "absolute" and "huber", their quantile for
 * "quantile", and otherwise their mean.
 */
export function numberBaseline(
  training: ArrayLike<number>,
  test: ArrayLike<number>,
  settings: Readonly<Record<string, unknown>>,
): Scores {
  const constant = constantPrediction(Float64Array.from(training), settings, false) as number;
  return scoresOfNumbers(new Float64Array(test.length).fill(constant), test, settings);
}
