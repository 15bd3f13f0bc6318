// The picture of a classifier over one or two features.

import {
  type ClassPoints,
  classRegions,
  type GridPoints,
  gridOver,
  marginRegions,
  probabilityField,
  type Spec,
  scatterLine,
  type ValueField,
  valueField,
} from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { FittedClassifier, FittedLinearClassifier, Matrix } from "downhill";
import { classOrder } from "../state/classOrder.ts";
import { inPlane, zeroLine } from "../training/kinks.ts";
import { rowsOverOne } from "./lineScene.ts";
import type { Cells, Picture } from "./modelScene.ts";
import { columnOf, drawnRows, meansOf, namesOf, type PictureRows, shownRows } from "./pictureRows.ts";

const CURVE_POINTS = 101;

/** A field that takes the place of the prediction: the probability of a class, or the output of a hidden unit. */
export interface ShownField {
  readonly name: string;
  readonly isProbability: boolean;
  /** The values of rows. */
  values(rows: Matrix): Float64Array;
}

const SPREAD = 0.08; // the most by which a point is drawn above or below its class
const GOLDEN = (Math.sqrt(5) - 1) / 2; // its multiples are well spread between 0 and 1

/** How far above the height of its class a row is drawn over one feature, where rows would cover each other. */
const shiftOf = (row: number): number => SPREAD * (2 * ((row * GOLDEN) % 1) - 1);

/** The height of each row over one feature: 0 or 1 beside probabilities, −1 or 1 beside the score of a margin; and how far above it it is drawn. */
export function classHeights(model: FittedClassifier, { y }: PictureRows): { at: number; shift: number }[] {
  const last = model.classes.at(-1);
  return Array.from(y, (label, row) => ({
    at: label === last ? 1 : model.kind === "svm" ? -1 : 0,
    shift: shiftOf(row),
  }));
}

/** The probability of the last class over one feature. */
export function oneFeatureSpec(model: FittedClassifier, picture: Picture): Spec {
  const { rows, heldOut, features, target, threshold } = picture;
  const all = drawnRows(rows, heldOut);
  const x = columnOf(all.X, 0);
  const { x: at, rows: grid } = rowsOverOne(picture, CURVE_POINTS);
  const { scores, probabilities } = model.predictions(grid);
  const last = model.classes.length - 1;
  const line = probabilities ? columnOf(probabilities, last) : columnOf(scores, scores.columns - 1);
  const heights = [rows, ...(heldOut ? [heldOut] : [])].flatMap((part) => classHeights(model, shownRows(part)));
  const level = probabilities ? threshold : 0;
  return scatterLine({
    title: "Classes over one feature",
    x,
    hollow: all.hollow,
    y: heights.map(({ at: height }) => height),
    shift: heights.map(({ shift }) => shift),
    ...(model.classes.length === 2 && {
      reference: {
        ...{ slope: 0, intercept: level },
        name: probabilities ? `threshold ${formatNumber(level, 2)}` : "boundary",
      },
    }),
    line: { x: at, y: line },
    xName: features[0]!,
    yName: `${target} is ${model.classes[last]}`,
    pointsName: "rows",
    lineName: probabilities ? "probability" : "score",
  });
}

/** The grid of the picture. */
export function pictureGrid({ rows, heldOut, shown }: Picture, cells: number): GridPoints {
  const { X } = drawnRows(rows, heldOut);
  return gridOver(columnOf(X, shown[0]), columnOf(X, shown[1]), { columns: cells, rows: cells });
}

/** Regions over two features; all others have their mean. */
export function planeSpec(model: FittedClassifier, picture: Picture, cells: Cells, field: ShownField | null): Spec {
  const { rows, heldOut, features, shown, threshold, ring, kinks, bentGrid } = picture;
  const [i, j] = shown;
  const drawn = drawnRows(rows, heldOut);
  const [x1, x2] = [columnOf(drawn.X, i), columnOf(drawn.X, j)];
  const grid = pictureGrid(picture, cells);
  const gridRows = gridRowsOf(grid, rows.X, shown);
  const points = {
    ...{ x1, x2, hollow: drawn.hollow },
    labels: Uint32Array.from(drawn.y, (label) => model.classes.indexOf(label as never)),
    order: classOrder(model.classes),
    ...(ring && { ring: drawn.hollow.map((_, row) => ring.has(row)), ringName: ring.name }),
  };
  const names = model.classes.map(String);
  const lines = kinks.map((each) => zeroLine(each, grid.x1, grid.x2)).filter((line) => line !== null);
  const common = {
    ...{ grid, points, xName: features[i]!, yName: features[j]! },
    ...(lines.length > 0 && { guides: { name: "where units bend", lines } }),
    ...(bentGrid && { guides: bentGrid }),
  };
  if (field !== null) return fieldSpec(field, field.values(gridRows), { ...common, classes: names });
  const { scores, probabilities } = model.predictions(gridRows);
  if (names.length > 2) {
    return classRegions({
      title: "Predicted class",
      field: { scores: scores.data },
      ...(probabilities && { confidence: highestOf(probabilities) }),
      classes: names,
      ...common,
    });
  }
  const classes = [names[0]!, names[1] ?? ""] as const;
  if (probabilities === null) {
    const own = model.scores(drawn.X).data;
    const support = Array.from(points.labels.keys()).filter((k) => own[k]! * (points.labels[k] === 1 ? 1 : -1) <= 1);
    return marginRegions({
      ...{ title: "Predicted class and margin", scores: scores.data, support, classes, ...common },
      // Of a row with other features, the margin in this plane is not the margin of the row.
      ...(features.length === 2 && { score: linearScore(model as FittedLinearClassifier, picture) }),
    });
  }
  const score = model.kind === "logistic" && i !== j ? linearScore(model as FittedLinearClassifier, picture) : null;
  return probabilityField({
    title: `Probability of class ${classes[1]}`,
    probabilities: columnOf(probabilities, 1),
    classes,
    threshold,
    lines: [0.1, 0.9],
    ...(score && [...score.weights, score.intercept].every(Number.isFinite) && { score }),
    ...common,
  });
}

/** The score of a model of two classes over the columns on the axes. */
const linearScore = ({ coefficients, intercepts }: FittedLinearClassifier, { rows, shown }: Picture) =>
  inPlane(coefficients.data, intercepts[0]!, meansOf(rows.X), shown);

/** The highest number of each row. */
const highestOf = ({ data, rows, columns }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => Math.max(...data.subarray(i * columns, (i + 1) * columns)));

/** The field of one class or of one hidden unit. */
function fieldSpec({ name, isProbability }: ShownField, values: Float64Array, common: FieldParts): Spec {
  const title = isProbability ? `Probability of class ${name}` : `Output of ${name}`;
  return valueField({ title, values, valueName: isProbability ? "probability" : "output", ...common });
}

type FieldParts = Pick<ValueField, "grid" | "classes" | "xName" | "yName" | "guides"> & {
  readonly points: ClassPoints;
};

/** Rows at the centres of the cells of a grid over two columns; the other columns have their mean. */
export function gridRowsOf({ points }: GridPoints, X: Matrix, [i, j]: readonly [number, number]): Matrix {
  const { columns } = X;
  const means = meansOf(X);
  const rows = points.length / 2;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    data.set(means, row * columns);
    data[row * columns + i] = points[2 * row]!;
    data[row * columns + j] = points[2 * row + 1]!;
  }
  return { data, rows, columns, ...namesOf(X) };
}
