// The outputs of the hidden units of a network, computed by the library.

import { type FittedData, type Matrix, type NetworkShape, networkClassifier } from "downhill";
import { layersOf } from "./parameterNames.ts";

/**
 * The outputs of the units of a hidden layer: rows × units.
 *
 * @param layer  the number of the layer, 1 for the first
 */
export function hiddenUnits(data: FittedData, layer: number): (rows: Matrix) => Matrix {
  const { hidden, activation } = data.settings as Required<NetworkShape>;
  const units = hidden[layer - 1]!;
  const upTo = hidden.slice(0, layer);
  const { from } = layersOf([data.features, ...upTo, units]).at(-1)!;
  // The network up to this layer; each of its scores is the output of a unit, because its last weights are the unit matrix.
  const params = new Float64Array(from + units * (units + 1));
  params.set(data.params.subarray(0, from));
  for (let unit = 0; unit < units; unit++) params[from + unit * (units + 1)] = 1;
  const classes = Array.from({ length: units }, (_, unit) => unit);
  const network = networkClassifier({ hidden: upTo, activation }).fitted({ ...data, classes, params });
  return (rows) => network.scores(rows);
}
