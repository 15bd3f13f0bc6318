// The picture of a regression: points with the fitted line or curve, or predictions against true values.

import { lineChart, predictedVsActual, type Spec, scatterLine } from "@downhill/plots";
import type { FittedRegression, Matrix } from "downhill";
import { isDrawable } from "./drawable.ts";
import type { Picture } from "./modelScene.ts";
import { columnOf, drawnRows, namesOf, shownRows } from "./pictureRows.ts";
import type { ShownField } from "./planeScene.ts";

const CURVE_POINTS = 101;

/** The rows x, x², … of numbers, with so many columns. */
export function powersOf(at: ArrayLike<number>, columns: number, X: Matrix): Matrix {
  const data = new Float64Array(at.length * columns);
  for (let i = 0; i < at.length; i++)
    for (let j = 0, power = at[i]!; j < columns; j++, power *= at[i]!) data[i * columns + j] = power;
  return { data, rows: at.length, columns, ...namesOf(X) };
}

/** So many values of the feature from the lowest to the highest one, and their rows. */
export function rowsOverOne({ rows, heldOut, features }: Picture, count: number): { x: Float64Array; rows: Matrix } {
  const x = columnOf(drawnRows(rows, heldOut).X, 0);
  const [low, high] = [Math.min(...x), Math.max(...x)];
  const at = Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  return { x: at, rows: powersOf(at, features.length, rows.X) };
}

/** The probability of a class, or the output of a hidden unit, over one feature. */
export function fieldOverOne({ name, isProbability, values }: ShownField, picture: Picture): Spec {
  const { x, rows } = rowsOverOne(picture, CURVE_POINTS);
  const yName = isProbability ? `probability of ${name}` : `output of ${name}`;
  return lineChart({
    title: isProbability ? `Probability of class ${name}` : `Output of ${name}`,
    lines: [{ name: yName, x, y: values(rows) }],
    ...{ xName: picture.features[0]!, yName },
  });
}

/** Where the two handles of a line are on the horizontal axis: near the ends of the points. */
export function handlesAt(x: ArrayLike<number>): readonly [number, number] {
  const values = Array.from(x);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low + 0.1 * (high - low), high - 0.1 * (high - low)];
}

/** Points and the fitted line or curve. */
export function lineSpec(model: FittedRegression, picture: Picture): Spec {
  const { rows, heldOut, features, target, errors, best } = picture;
  const all = drawnRows(rows, heldOut);
  const x = columnOf(all.X, 0);
  const { x: at, rows: grid } = rowsOverOne(picture, CURVE_POINTS);
  const y = all.y as ArrayLike<number>;
  const line = insidePicture(at, model.predict(grid), y);
  const reference = best && insidePicture(at, best.predict(grid), y);
  const isLine = features.length === 1 && "coefficients" in model;
  const predicted = model.predict(all.X);
  const ends = handlesAt(x);
  const heights = model.predict(powersOf(ends, features.length, rows.X));
  const handles = ends.map((end, k) => [end, heights[k]!] as const);
  const [lowest, highest] = heightsAround(y);
  const isNear = handles.every(([, height]) => height >= lowest && height <= highest);
  return scatterLine({
    title: isLine ? "Data and fitted line" : "Data and fitted curve",
    x,
    y,
    hollow: all.hollow,
    ...(line && { line }),
    ...(reference && { reference: { ...reference, name: isLine ? "lowest loss" : "curve with the lowest loss" } }),
    ...(errors !== "none" && predicted.every(isDrawable) && { residuals: { predicted, form: errors } }),
    ...(isLine && isNear && { handles }),
    xName: features[0]!,
    yName: target,
    pointsName: "rows",
    lineName: isLine ? "fitted line" : "fitted curve",
  });
}

/** The lowest and the highest drawn target, and half of their distance beyond them. */
function heightsAround(targets: ArrayLike<number>): readonly [number, number] {
  const all = Array.from(targets);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const free = (high - low) / 2;
  return [low - free, high + free];
}

/** The part of a line near the points; null where less than two of its points are. */
function insidePicture(x: Float64Array, y: Float64Array, targets: ArrayLike<number>) {
  const [low, high] = heightsAround(targets);
  const near = Array.from(x.keys()).filter((i) => y[i]! >= low && y[i]! <= high);
  return near.length < 2 ? null : { x: near.map((i) => x[i]!), y: near.map((i) => y[i]!) };
}

/** Predictions of a regression with several features. */
export function predictionSpec(model: FittedRegression, { rows, heldOut, target }: Picture): Spec {
  const some = shownRows(heldOut ?? rows);
  return predictedVsActual({
    title: heldOut === null ? "Predictions of the training rows" : "Predictions of the held-out rows",
    actual: some.y as ArrayLike<number>,
    predicted: model.predict(some.X),
    residuals: true,
    xName: `${target} (actual)`,
    yName: `${target} (predicted)`,
  });
}
