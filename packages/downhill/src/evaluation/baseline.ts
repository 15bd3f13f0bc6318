// The predictions of a model that knows the targets of the training rows but no column: a model must have better scores.
import { log } from "../core/elementary.ts";
import { classesOf, classIndex, type Label } from "../core/label.ts";
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
    {
      classes,
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
  const { loss, quantile } = settings;
  const share = loss === "quantile" ? (quantile as number) : loss === "absolute" || loss === "huber" ? 0.5 : null;
  const constant = share === null ? mean(training) : quantileOf(training, share);
  return scoresOfNumbers(new Float64Array(test.length).fill(constant), test, settings);
}

function mean(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]! / numbers.length;
  return sum;
}

/** The lowest number such that at least this share of the numbers is not larger. */
const quantileOf = (numbers: ArrayLike<number>, share: number): number =>
  Float64Array.from(numbers).sort()[Math.max(0, Math.ceil(share * numbers.length) - 1)]!;
