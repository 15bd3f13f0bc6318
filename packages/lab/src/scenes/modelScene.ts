// The picture of a model: its data, and what it predicts with the present parameters.

import {
  classRegions,
  type GridPoints,
  gridOver,
  marginRegions,
  predictedVsActual,
  probabilityField,
  type Spec,
  scatterLine,
} from "@downhill/plots";
import type { FittedClassifier, FittedRegression, Label, Matrix } from "downhill";

/** Rows and their targets. */
export interface PictureRows {
  readonly X: Matrix;
  readonly y: ArrayLike<Label>;
}

/** What a picture shows beside the model. */
export interface Picture {
  readonly rows: PictureRows;
  /** Rows that are not used in training; null without such rows. */
  readonly heldOut: PictureRows | null;
  readonly features: readonly string[];
  readonly target: string;
  /** The numbers of the columns on the axes. */
  readonly shown: readonly [number, number];
  /** Whether the columns are the powers x, x², … of the first one. */
  readonly isCurve: boolean;
}

/** The cells of a picture in each direction. */
export type Cells = 40 | 64 | 100;

const CURVE_POINTS = 101;
const MOST_POINTS = 2000;

/** The spec of the picture. */
export function modelSpec(model: FittedRegression | FittedClassifier, picture: Picture, cells: Cells): Spec {
  if ("classes" in model)
    return picture.features.length === 1 ? oneFeature(model, picture) : plane(model, picture, cells);
  return picture.features.length === 1 || picture.isCurve ? curve(model, picture) : predictions(model, picture);
}

/** Points and the fitted line or curve. */
function curve(model: FittedRegression, { rows, heldOut, features, target }: Picture): Spec {
  const all = allRows(rows, heldOut);
  const x = columnOf(all.X, 0);
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const at = Float64Array.from({ length: CURVE_POINTS }, (_, i) => low + ((high - low) * i) / (CURVE_POINTS - 1));
  const columns = features.length;
  const data = new Float64Array(at.length * columns);
  for (let i = 0; i < at.length; i++)
    for (let j = 0, power = at[i]!; j < columns; j++, power *= at[i]!) data[i * columns + j] = power;
  const predicted = model.predict({ data, rows: at.length, columns, ...namesOf(rows.X) });
  const line = insidePicture(at, predicted, all.y as ArrayLike<number>);
  return scatterLine({
    title: columns === 1 ? "Data and fitted line" : "Data and fitted curve",
    x,
    y: all.y as ArrayLike<number>,
    hollow: all.hollow,
    ...(line && { line }),
    xName: features[0]!,
    yName: target,
    pointsName: "rows",
    lineName: columns === 1 && "coefficients" in model ? "fitted line" : "fitted curve",
  });
}

/** The part of a line near the points; null where less than two of its points are. */
function insidePicture(x: Float64Array, y: Float64Array, targets: ArrayLike<number>) {
  const all = Array.from(targets);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const free = (high - low) / 2;
  const near = Array.from(x.keys()).filter((i) => y[i]! >= low - free && y[i]! <= high + free);
  return near.length < 2 ? null : { x: near.map((i) => x[i]!), y: near.map((i) => y[i]!) };
}

/** Predictions of a regression with several features. */
function predictions(model: FittedRegression, { rows, heldOut, target }: Picture): Spec {
  const shown = heldOut ?? rows;
  const some = firstRows(shown);
  return predictedVsActual({
    title: heldOut === null ? "Predictions of the training rows" : "Predictions of the held-out rows",
    actual: some.y as ArrayLike<number>,
    predicted: model.predict(some.X),
    residuals: true,
    xName: `${target} (actual)`,
    yName: `${target} (predicted)`,
  });
}

/** The probability of the second class over one feature. */
function oneFeature(model: FittedClassifier, { rows, heldOut, features, target }: Picture): Spec {
  const all = allRows(rows, heldOut);
  const x = columnOf(all.X, 0);
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const at = Float64Array.from({ length: CURVE_POINTS }, (_, i) => low + ((high - low) * i) / (CURVE_POINTS - 1));
  const { scores, probabilities } = model.predictions({ data: at, rows: at.length, columns: 1, ...namesOf(rows.X) });
  const last = model.classes.length - 1;
  const line = probabilities ? columnOf(probabilities, last) : scores.data;
  return scatterLine({
    title: "Classes over one feature",
    x,
    hollow: all.hollow,
    y: Float64Array.from(all.y, (label) => (label === model.classes[last] ? 1 : 0)),
    line: { x: at, y: line },
    xName: features[0]!,
    yName: `${target} is ${model.classes[last]}`,
    pointsName: "rows",
    lineName: probabilities ? "probability" : "score",
  });
}

/** Regions over two features; all others have their mean. */
function plane(model: FittedClassifier, picture: Picture, cells: Cells): Spec {
  const { rows, heldOut, features, shown } = picture;
  const [i, j] = shown;
  const drawn = allRows(rows, heldOut);
  const [x1, x2] = [columnOf(drawn.X, i), columnOf(drawn.X, j)];
  const grid = gridOver(x1, x2, { columns: cells, rows: cells });
  const { scores, probabilities } = model.predictions(gridRowsOf(grid, rows.X, i, j));
  const points = {
    ...{ x1, x2, hollow: drawn.hollow },
    labels: Uint32Array.from(drawn.y, (label) => model.classes.indexOf(label as never)),
  };
  const names = model.classes.map(String);
  const common = { grid, points, xName: features[i]!, yName: features[j]! };
  if (names.length > 2) {
    return classRegions({ title: "Predicted class", field: { scores: scores.data }, classes: names, ...common });
  }
  const classes = [names[0]!, names[1] ?? ""] as const;
  if (probabilities === null) {
    const own = model.scores(drawn.X).data;
    const support = Array.from(points.labels.keys()).filter((k) => own[k]! * (points.labels[k] === 1 ? 1 : -1) <= 1);
    return marginRegions({ title: "Predicted class and margin", scores: scores.data, support, classes, ...common });
  }
  const share = columnOf(probabilities, 1);
  return probabilityField({ title: `Probability of class ${classes[1]}`, probabilities: share, classes, ...common });
}

/** Rows at the centres of the cells of a grid over the columns i and j. */
function gridRowsOf({ points }: GridPoints, X: Matrix, i: number, j: number): Matrix {
  const { columns } = X;
  const mean = new Float64Array(columns);
  for (let at = 0; at < X.data.length; at++) mean[at % columns]! += X.data[at]! / X.rows;
  const rows = points.length / 2;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    data.set(mean, row * columns);
    data[row * columns + i] = points[2 * row]!;
    data[row * columns + j] = points[2 * row + 1]!;
  }
  return { data, rows, columns, ...namesOf(X) };
}

const namesOf = ({ names }: Matrix): { names?: readonly string[] } => (names ? { names } : {});

/** The first rows, where there are too many to draw. */
function firstRows({ X, y }: PictureRows): PictureRows {
  if (X.rows <= MOST_POINTS) return { X, y };
  const rows = MOST_POINTS;
  return { X: { ...X, rows, data: X.data.subarray(0, rows * X.columns) }, y: Array.from(y).slice(0, rows) };
}

/** The training rows and the held-out rows, at most 2,000 of each, and which of them are held out. */
function allRows(rows: PictureRows, heldOut: PictureRows | null): PictureRows & { readonly hollow: boolean[] } {
  const parts = [rows, ...(heldOut ? [heldOut] : [])].map(firstRows);
  const { columns } = rows.X;
  const data = Float64Array.from(parts.flatMap(({ X }) => Array.from(X.data)));
  return {
    X: { data, rows: data.length / columns, columns, ...namesOf(rows.X) },
    y: parts.flatMap(({ y }) => Array.from(y)),
    hollow: parts.flatMap(({ X }, part) => Array.from({ length: X.rows }, () => part === 1)),
  };
}

/** The numbers of a column. */
export const columnOf = ({ data, rows, columns }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!);
