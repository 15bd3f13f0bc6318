// The prediction of a classifier of two features at every point of the plane.
import { classRegions, gridOver, marginRegions, probabilityField } from "@downhill/plots";
import { formatCount } from "@downhill/plots/format";
import { type FittedClassifier, type FittedLinearClassifier, type Matrix, takeColumn, takeRows } from "downhill";
import { hasProbabilities } from "../../model/metrics.ts";
import type { LabelledRows } from "../../model/rows.ts";
import { sampleOf } from "../../model/sample.ts";
import type { Picture } from "../figure.ts";

const MAX_POINTS = 1500;
const MAX_CLASSES = 42;

/** The plane of the two features with the training rows; no picture for any other number of features. */
export function fieldPictures(fitted: FittedClassifier, { X, y }: LabelledRows): Picture[] {
  const { classes } = fitted;
  if ("indptr" in X || X.columns !== 2 || classes.length > MAX_CLASSES) return [];
  const rows = sampleOf(X.rows, MAX_POINTS);
  const drawn = takeRows(X, rows);
  const [x1, x2] = [takeColumn(drawn, 0), takeColumn(drawn, 1)];
  const labels = Array.from(rows, (row) => classes.indexOf(y[row]!));
  const grid = gridOver(x1, x2);
  const cells: Matrix = { data: grid.points, rows: grid.columns * grid.rows, columns: 2 };
  const [xName = "x1", yName = "x2"] = X.names ?? [];
  const shared = { grid, points: { x1, x2, labels }, xName, yName };
  const names = classes.map(String);
  const remark =
    drawn.rows < X.rows
      ? `The points are a random sample: ${formatCount(drawn.rows)} of the ${formatCount(X.rows)} training rows.`
      : undefined;
  const picture = (spec: Picture["spec"]): Picture[] => [
    { spec, full: true, ...(remark === undefined ? {} : { remark }) },
  ];
  if (classes.length > 2) {
    const scores = fitted.scores(cells).data;
    const confidence = hasProbabilities(fitted) ? highestOf(fitted.probabilities(cells)) : null;
    return picture(
      classRegions({
        ...{ ...shared, title: "Predicted class at every point", field: { scores }, classes: names },
        ...(confidence && { confidence, caption: "A region has less colour where its class is less probable." }),
      }),
    );
  }
  const two: readonly [string, string] = [names[0]!, names[1]!];
  if (hasProbabilities(fitted)) {
    const both = fitted.probabilities(cells).data;
    const probabilities = Float64Array.from({ length: cells.rows }, (_, i) => both[2 * i + 1]!);
    const title = `Probability of ${two[1]} at every point`;
    return picture(probabilityField({ ...shared, title, probabilities, classes: two }));
  }
  const scores = fitted.scores(cells).data;
  const own = fitted.scores(drawn).data;
  const support = labels.map((_, i) => i).filter((i) => own[i]! * (labels[i] === 1 ? 1 : -1) <= 1);
  const title = "Decision boundary, margins and support vectors";
  const { coefficients, intercepts } = fitted as FittedLinearClassifier;
  const score = { weights: [coefficients.data[0]!, coefficients.data[1]!], intercept: intercepts[0]! } as const;
  return picture(marginRegions({ ...shared, title, scores, support, score, classes: two }));
}

/** The highest number of each row. */
const highestOf = ({ data, rows, columns }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => Math.max(...data.subarray(i * columns, (i + 1) * columns)));
