// With two features the whole classifier can be drawn: what it says at every point of the plane.
import { classRegions, gridOver, marginRegions, probabilityField } from "@downhill/plots";
import type { FittedClassifier, Matrix } from "downhill";
import type { LabelledRows } from "../../model/part.ts";
import { hasProbabilities } from "../../model/scores.ts";
import type { Picture } from "../figure.ts";

const MOST_POINTS = 1500;
const MOST_CLASSES = 42;

/** The plane of a classifier of two features, over the training rows; nothing for other counts. */
export function fieldPictures(fitted: FittedClassifier, { X, y }: LabelledRows): Picture[] {
  const { classes } = fitted;
  if (X.columns !== 2 || classes.length > MOST_CLASSES) return [];
  const rows = Math.min(X.rows, MOST_POINTS);
  const x1 = Float64Array.from({ length: rows }, (_, i) => X.data[2 * i]!);
  const x2 = Float64Array.from({ length: rows }, (_, i) => X.data[2 * i + 1]!);
  const labels = Array.from({ length: rows }, (_, i) => classes.indexOf(y[i]!));
  const grid = gridOver(x1, x2);
  const cells: Matrix = { data: grid.points, rows: grid.columns * grid.rows, columns: 2 };
  const [xName = "x1", yName = "x2"] = X.names ?? [];
  const shared = { grid, points: { x1, x2, labels }, xName, yName };
  const names = classes.map(String);
  const remark = rows < X.rows ? `${rows} of ${X.rows} training rows are drawn.` : undefined;
  const picture = (spec: Picture["spec"]): Picture[] => [
    { spec, full: true, ...(remark === undefined ? {} : { remark }) },
  ];
  if (classes.length > 2) {
    const scores = fitted.scores(cells).data;
    return picture(
      classRegions({ ...shared, title: "Which class is predicted where", field: { scores }, classes: names }),
    );
  }
  const two: readonly [string, string] = [names[0]!, names[1]!];
  if (hasProbabilities(fitted)) {
    const both = fitted.probabilities(cells).data;
    const probabilities = Float64Array.from({ length: cells.rows }, (_, i) => both[2 * i + 1]!);
    const title = `Probability of ${two[1]} over the plane`;
    return picture(probabilityField({ ...shared, title, probabilities, classes: two }));
  }
  const scores = fitted.scores(cells).data;
  const own = fitted.scores({ ...X, data: X.data.subarray(0, 2 * rows), rows }).data;
  const support = labels.map((_, i) => i).filter((i) => own[i]! * (labels[i] === 1 ? 1 : -1) <= 1);
  const title = "The boundary, its margins and its support vectors";
  return picture(marginRegions({ ...shared, title, scores, support, classes: two }));
}
