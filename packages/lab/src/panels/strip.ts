// Small pictures of the probability of each class, and of the output of each hidden unit, over the same two features.

import { type FittedClassifier, type FittedRegression, hiddenOutputs, type Matrix, type NetworkShape } from "downhill";
import type { Picture } from "../scenes/modelScene.ts";
import { columnOf, firstRows } from "../scenes/pictureRows.ts";
import { gridRowsOf, pictureGrid, type ShownField } from "../scenes/planeScene.ts";
import { classOrder } from "../state/classOrder.ts";
import { THUMBNAIL_CELLS, type Thumbnail } from "./thumbnail.ts";

const MOST = 96; // small pictures

/** A field with the key of its small picture. */
export interface StripField extends ShownField {
  readonly id: string;
  readonly isDead: boolean;
}

/** The fields of a classifier: its classes, if there are more than two, and the hidden units of a network. */
export function stripFields(model: FittedClassifier, rows: Picture["rows"]): StripField[] {
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
  const training = firstRows(rows).X;
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

/** The small pictures of the fields. */
export function thumbnailsOf(fields: readonly StripField[], picture: Picture): Thumbnail[] {
  const rows = gridRowsOf(pictureGrid(picture, THUMBNAIL_CELLS), picture.rows.X, picture.shown);
  return fields.map(({ id, name, isProbability, isDead, values }) => {
    const field = values(rows);
    const range = [Math.min(...field), Math.max(...field)] as const;
    const bound = Math.max(Math.abs(range[0]), Math.abs(range[1]), 1e-300);
    const share = (value: number): number => (isProbability ? value : 0.5 + value / bound / 2);
    return { id, name, range, isDead, levels: Uint8Array.from(field, (value) => Math.round(255 * share(value))) };
  });
}
