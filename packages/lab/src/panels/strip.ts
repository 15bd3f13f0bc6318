// Small pictures of the probability of each class, and of the output of each hidden unit, over the same two features.

import type { FittedClassifier, Matrix } from "downhill";
import type { Picture } from "../scenes/modelScene.ts";
import { columnOf, firstRows } from "../scenes/pictureRows.ts";
import { gridRowsOf, pictureGrid, type ShownField } from "../scenes/planeScene.ts";
import type { LabState } from "../state/labState.ts";
import type { FittedAt } from "../training/fittedAt.ts";
import { layersOf, widthsOf } from "../training/parameterNames.ts";
import { THUMBNAIL_CELLS, type Thumbnail } from "./thumbnail.ts";

const MOST = 96; // small pictures

/** A field with the key of its small picture. */
export interface StripField extends ShownField {
  readonly id: string;
  readonly isDead: boolean;
}

/** The fields of a classifier: its classes, if there are more than two, and the hidden units of a network. */
export function stripFields(
  state: LabState,
  model: FittedClassifier,
  params: Float64Array,
  scaling: FittedAt["scaling"],
  rows: Picture["rows"],
): StripField[] {
  const classes = model.classes.length > 2 && model.kind !== "svm" ? model.classes : [];
  const fields = classes.map((label, k): StripField => {
    const values = (X: Matrix): Float64Array => columnOf(model.probabilities(X), k);
    return { id: `class ${k}`, name: String(label), isProbability: true, isDead: false, values };
  });
  if (state.model.name !== "network") return fields.slice(0, MOST);
  const { activation } = state.model.options;
  const layers = layersOf(widthsOf(state, model.features, params.length)).slice(0, -1);
  const training = firstRows(rows).X;
  const outputs = (X: Matrix, depth: number): Matrix => {
    let current = scaling === null ? X : standardized(X, scaling);
    for (const layer of layers.slice(0, depth)) current = layerOutput(current, layer, params, activations[activation]);
    return current;
  };
  const units = layers.flatMap(({ outputs: count }, l) => {
    const trained = activation === "relu" ? outputs(training, l + 1) : null;
    return Array.from({ length: count }, (_, k): StripField => {
      const name = layers.length > 1 ? `unit ${l + 1}.${k + 1}` : `unit ${k + 1}`;
      const isDead = trained !== null && columnOf(trained, k).every((value) => value === 0);
      return { id: name, name, isProbability: false, isDead, values: (X) => columnOf(outputs(X, l + 1), k) };
    });
  });
  return [...fields, ...units].slice(0, MOST);
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

const activations = {
  relu: (z: number) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid: (z: number) => 1 / (1 + Math.exp(-z)),
} as const;

const standardized = (X: Matrix, { shift, scale }: NonNullable<FittedAt["scaling"]>): Matrix => ({
  ...{ rows: X.rows, columns: X.columns },
  data: Float64Array.from(X.data, (value, at) => (value - shift[at % X.columns]!) / scale[at % X.columns]!),
});

function layerOutput(
  { data, rows, columns }: Matrix,
  { from, inputs, outputs }: ReturnType<typeof layersOf>[number],
  params: Float64Array,
  activation: (z: number) => number,
): Matrix {
  const result = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < outputs; k++) {
      let z = params[from + inputs * outputs + k]!;
      for (let j = 0; j < inputs; j++) z += params[from + k * inputs + j]! * data[i * columns + j]!;
      result[i * outputs + k] = activation(z);
    }
  return { data: result, rows, columns: outputs };
}
