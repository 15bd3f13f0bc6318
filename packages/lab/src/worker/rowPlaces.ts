// Where the rows of the data are in each chart that shows them.

import type { FittedClassifier, FittedRegression } from "downhill";
import type { RowChart } from "../panels/pointing.ts";
import { thresholdPlaces } from "../scenes/curveScenes.ts";
import { lastOutputs } from "../scenes/layerScene.ts";
import { isOverOne, type Picture } from "../scenes/modelScene.ts";
import { columnOf, shownRow, shownRows } from "../scenes/pictureRows.ts";
import { classHeights } from "../scenes/planeScene.ts";
import { simplexPlaces } from "../scenes/simplexScene.ts";
import type { TableRows, TableRun } from "../state/labRun.ts";

export type RowModel = FittedRegression | FittedClassifier;

/** A row of the training, or a held-out one, by its number among those that pictures show. */
export interface PointedRow {
  readonly isHeldOut: boolean;
  readonly number: number;
}

/** Rows in a chart: x and y of each row, in the units of the axes. Without y, a row has only a horizontal place. */
export interface RowPlaces {
  readonly isHeldOut: boolean;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number> | null;
}

/** The columns on the axes of the picture of the model. */
export const shownColumns = (model: RowModel, { features, isCurve, shown }: Picture): readonly number[] =>
  features.length === 1 || isCurve ? [0] : "classes" in model ? [...new Set(shown)] : [];

/** The rows of a chart, those of the training first. Some charts have the held-out rows alone, if there are some. */
export function rowPlaces(chart: RowChart, lab: TableRun, model: RowModel, picture: Picture): RowPlaces[] {
  const { train, heldOut } = lab;
  const both = [
    { rows: shownRows(train) as TableRows, isHeldOut: false },
    ...(heldOut === null ? [] : [{ rows: shownRows(heldOut) as TableRows, isHeldOut: true }]),
  ];
  const hasBoth =
    chart === "model" ? shownColumns(model, picture).length > 0 : chart === "simplex" || chart === "layer";
  return (hasBoth ? both : both.slice(-1)).flatMap(({ rows, isHeldOut }) => {
    const places = placesOf(chart, lab, model, picture, rows);
    return places === null ? [] : [{ isHeldOut, ...places }];
  });
}

function placesOf(
  chart: RowChart,
  lab: TableRun,
  model: RowModel,
  picture: Picture,
  rows: TableRows,
): Pick<RowPlaces, "x" | "y"> | null {
  if (chart === "model") return picture.field !== null && isOverOne(picture) ? null : inPicture(model, picture, rows);
  if (!("classes" in model)) {
    if (chart !== "errors" && chart !== "residuals") return null;
    const predicted = model.predict(rows.X) as Float64Array;
    const errors = Float64Array.from(rows.y as Float64Array, (value, i) => value - predicted[i]!);
    return chart === "errors" ? { x: errors, y: null } : { x: predicted, y: errors };
  }
  switch (chart) {
    case "roc":
    case "precision":
      return ofShown(thresholdPlaces(chart, lab, model), rows.X.rows);
    case "simplex":
      return simplexPlaces(model, rows.X);
    case "layer": {
      const outputs = lastOutputs(model)?.(rows.X);
      return outputs === undefined ? null : { x: columnOf(outputs, 0), y: columnOf(outputs, 1) };
    }
    default:
      return null;
  }
}

/** Of the places of all rows, those of the rows that pictures show. */
function ofShown(all: { readonly x: Float64Array; readonly y: Float64Array } | null, count: number) {
  if (all === null) return null;
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => values[shownRow(values.length, i)]!);
  return { x: pick(all.x), y: pick(all.y) };
}

/** The places in the picture of the model. */
function inPicture(model: RowModel, picture: Picture, { X, y }: TableRows): Pick<RowPlaces, "x" | "y"> {
  const numbers = y as Float64Array;
  const [first, second = first] = shownColumns(model, picture);
  if (first === undefined) return { x: numbers, y: model.predict(X) as ArrayLike<number> };
  if (!("classes" in model)) return { x: columnOf(X, 0), y: numbers };
  if (picture.features.length > 1) return { x: columnOf(X, first), y: columnOf(X, second!) };
  return { x: columnOf(X, 0), y: classHeights(model, { X, y }).map(({ at, shift }) => at + shift) };
}

/** The row with this number among those of a chart; the numbers begin again after the last one. Null for a chart without rows. */
export function numberedRow(parts: readonly RowPlaces[], row: number): PointedRow | null {
  const all = parts.reduce((sum, { x }) => sum + x.length, 0);
  let number = ((row % all) + all) % all;
  for (const { isHeldOut, x } of parts) {
    if (number < x.length) return { isHeldOut, number };
    number -= x.length;
  }
  return null;
}

/** The nearest row within reach; null for none. @param reach  the distances on both axes up to which a row is read */
export function nearestRow(
  parts: readonly RowPlaces[],
  at: readonly [number, number],
  reach: readonly [number, number],
): PointedRow | null {
  let best: PointedRow | null = null;
  let least = 1;
  for (const { isHeldOut, x, y } of parts) {
    for (let number = 0; number < x.length; number++) {
      const up = y === null ? 0 : (y[number]! - at[1]) / reach[1];
      const own = ((x[number]! - at[0]) / reach[0]) ** 2 + up ** 2;
      if (own < least) [best, least] = [{ isHeldOut, number }, own];
    }
  }
  return best;
}
