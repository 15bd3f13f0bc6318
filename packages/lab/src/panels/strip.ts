// Small pictures of the probability of each class, and of the output of each hidden unit, over the same two features.

import { type FittedClassifier, type FittedRegression, hiddenOutputs, type Matrix, type NetworkShape } from "downhill";
import { rowsOverOne } from "../scenes/lineScene.ts";
import { isOverOne, type Picture } from "../scenes/modelScene.ts";
import { columnOf, shownRows } from "../scenes/pictureRows.ts";
import { gridRowsOf, pictureGrid, type ShownField } from "../scenes/planeScene.ts";
import { classOrder } from "../state/classOrder.ts";
import { THUMBNAIL_CELLS, type Thumbnail } from "./thumbnail.ts";

const MOST = 96; // small pictures

/** A field with the key of its small picture. */
export interface StripField extends ShownField {
  readonly id: string;
  readonly isDead: boolean;
}

/** The fields of a model: its classes, if there are more than two, and the hidden units of a network. */
export function stripFields(model: FittedClassifier | FittedRegression, rows: Picture["rows"]): StripField[] {
  if (!("classes" in model)) return unitFields(model, rows).slice(0, MOST);
  const classes = model.classes.length > 2 && model.kind !== "svm" ? model.classes : [];
  const fields = classOrder(classes).map((k): StripField => {
    const values = (X: Matrix): Float64Array => columnOf(model.probabilities(X), k);
    return { id: `class ${k}`, name: String(classes[k]), isProbability: true, isDead: false, values };
  });
  return [...fields, ...unitFields(model, rows)].slice(0, MOST);
}

/** The fields of the hidden units of a network; none for another model. */
export function unitFields(model: FittedClassifier | FittedRegression, rows: Picture["rows"]): StripField[] {
  if (model.kind !== "network") return [];
  const { hidden, activation } = model.settings as Required<NetworkShape>;
  const training = shownRows(rows).X;
  return hidden.flatMap((count, l) => {
    const outputs = ofLastRows((X) => hiddenOutputs(model, X, l + 1));
    const trained = activation === "relu" ? outputs(training) : null;
    return Array.from({ length: count }, (_, k): StripField => {
      const name = hidden.length > 1 ? `unit ${l + 1}.${k + 1}` : `unit ${k + 1}`;
      const isDead = trained !== null && columnOf(trained, k).every((value) => value === 0);
      return { id: name, name, isProbability: false, isDead, values: (X) => columnOf(outputs(X), k) };
    });
  });
}

/** A function of rows that remembers its last result: all units of a layer are computed at once. */
function ofLastRows(compute: (rows: Matrix) => Matrix): (rows: Matrix) => Matrix {
  let last: { readonly rows: Matrix; readonly result: Matrix } | null = null;
  return (rows) => {
    if (last?.rows !== rows) last = { rows, result: compute(rows) };
    return last.result;
  };
}

/** The small pictures of the fields. Over one feature, the cells between 0 and the value have the colour of its sign. */
export function thumbnailsOf(fields: readonly StripField[], picture: Picture): Thumbnail[] {
  const isOne = isOverOne(picture);
  const rows = isOne
    ? rowsOverOne(picture, THUMBNAIL_CELLS).rows
    : gridRowsOf(pictureGrid(picture, THUMBNAIL_CELLS), picture.rows.X, picture.shown);
  return fields.map(({ id, name, isProbability, isDead, values }) => {
    const field = values(rows);
    const range = [Math.min(...field), Math.max(...field)] as const;
    const bound = Math.max(Math.abs(range[0]), Math.abs(range[1]), 1e-300);
    const share = (value: number): number => (isProbability ? value : 0.5 + value / bound / 2);
    const shares = Float64Array.from(field, share);
    const levels = isOne ? silhouette(shares, isProbability ? 0 : 0.5) : shares.map((value) => Math.round(255 * value));
    return { id, name, range, isDead, levels: Uint8Array.from(levels) };
  });
}

/** The cells of a curve, from the lower left corner on: a column for each share of the height. @param zero  the share of the value 0 */
function silhouette(shares: Float64Array, zero: number): number[] {
  const { length } = shares;
  return Array.from({ length: length * length }, (_, cell) => {
    const [share, height] = [shares[cell % length]!, (Math.floor(cell / length) + 0.5) / length];
    return height > zero && height < share ? 255 : height < zero && height > share ? 0 : 128;
  });
}
