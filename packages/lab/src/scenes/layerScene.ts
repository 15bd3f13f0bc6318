// The rows as the last hidden layer of a network sees them, if it has two units: the last layer parts them with straight lines.

import type { Guides, Spec } from "@downhill/plots";
import { type FittedClassifier, hiddenOutputs, type Matrix, type NetworkShape, softmaxRegression } from "downhill";
import type { TableRows } from "../state/labRun.ts";
import type { FittedAt } from "../training/fittedAt.ts";
import type { Cells, Picture } from "./modelScene.ts";
import { meansOf, namesOf, shownRows } from "./pictureRows.ts";
import { pictureGrid, planeSpec } from "./planeScene.ts";

/** A function with the two outputs of the last hidden layer for rows; null for other models. */
export function lastOutputs(model: FittedClassifier): ((rows: Matrix) => Matrix) | null {
  if (model.kind !== "network") return null;
  const { hidden = [] } = model.settings as NetworkShape;
  return hidden.at(-1) === 2 ? (rows) => hiddenOutputs(model, rows, hidden.length) : null;
}

/** The spec of the picture; null for other models. */
export function layerSpec(fitted: FittedAt, params: Float64Array, picture: Picture, cells: Cells): Spec | null {
  const data = fitted.data(params);
  const outputs = lastOutputs(fitted.model(params) as FittedClassifier);
  if (outputs === null || data.classes === null) return null;
  const { hidden = [] } = data.settings as NetworkShape;
  const seen = (rows: TableRows): TableRows => {
    const { X, y } = shownRows(rows);
    return { X: outputs(X), y: y as TableRows["y"] };
  };
  const lastLayer = softmaxRegression().fitted({
    ...data,
    ...{ kind: "softmax", settings: {}, features: 2, names: null, scaling: null },
    params: params.slice(-3 * data.classes.length),
  });
  const unit = (k: number): string => (hidden.length > 1 ? `unit ${hidden.length}.${k}` : `unit ${k}`);
  const layer: Picture = {
    ...picture,
    rows: seen(picture.rows),
    heldOut: picture.heldOut && seen(picture.heldOut),
    features: [unit(1), unit(2)],
    shown: [0, 1],
    kinks: [],
    bentGrid: bentGrid(picture, outputs),
  };
  return { ...planeSpec(lastLayer, layer, cells, null), title: "Predicted class, from the last hidden layer" };
}

const LINES = 9;
const POINTS = 33;

/** Straight lines over two features, through the hidden layers; the other features have their mean. */
function bentGrid(picture: Picture, outputs: (rows: Matrix) => Matrix): Guides {
  const { X } = picture.rows;
  const { columns } = X;
  const { x1, x2 } = pictureGrid(picture, LINES);
  const share = ([low, high]: readonly [number, number], part: number): number => low + part * (high - low);
  const means = meansOf(X);
  const data = new Float64Array(2 * LINES * POINTS * columns);
  for (let row = 0; row < 2 * LINES * POINTS; row++) {
    const along = (row % POINTS) / (POINTS - 1);
    const line = (Math.floor(row / POINTS) % LINES) / (LINES - 1);
    const isUp = row >= LINES * POINTS;
    data.set(means, row * columns);
    data[row * columns + picture.shown[0]] = share(x1, isUp ? line : along);
    data[row * columns + picture.shown[1]] = share(x2, isUp ? along : line);
  }
  const bent = outputs({ data, rows: 2 * LINES * POINTS, columns, ...namesOf(X) }).data;
  const at = (row: number): readonly [number, number] => [bent[2 * row]!, bent[2 * row + 1]!];
  const lines = Array.from({ length: 2 * LINES }, (_, line) =>
    Array.from({ length: POINTS }, (__, k) => at(line * POINTS + k)),
  );
  return { name: "grid of the features", lines };
}
