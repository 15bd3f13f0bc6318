import { InputTypeError, requireSize, requireWithin, show } from "../core/check.ts";
import type { Matrix } from "../core/matrix.ts";
import { type Table, tableOf } from "../estimators/fit/table.ts";
import type { FittedTable } from "../estimators/fitted/fittedTable.ts";
import { scorer } from "../estimators/fitted/scorer.ts";
import type { SavedBody } from "../estimators/saved/savedFile.ts";
import { decodeTable } from "../estimators/saved/savedTable.ts";
import { type Activation, network } from "../predictors/network.ts";

/**
 * The outputs of the units of a hidden layer for each row: aˡ = activation(Wˡ aˡ⁻¹ + bˡ), where a⁰ is the row, standardized if the
 * fit standardized the columns.
 *
 * @param model  a fitted network
 * @param X  rows with the columns of the fit
 * @param layer  the number of the hidden layer, 1 for the first [1]
 * @returns  rows × units of the layer
 * @throws TypeError for another model; RangeError for a layer that the network does not have, and for an output that is not finite
 *
 * @example
 * ```ts
 * import { hiddenOutputs, networkRegression } from "downhill";
 *
 * const model = networkRegression({ hidden: [4], activation: "relu", epochs: 10 }).fit([[1], [2], [3]], [1, 4, 9]);
 * const outputs = hiddenOutputs(model, [[1.5], [2.5]]); // 2 rows × 4 units, none below 0
 * outputs.columns; // 4
 * ```
 */
export function hiddenOutputs<R>(model: Pick<FittedTable, "kind" | "toJSON">, X: Table<R>, layer = 1): Matrix {
  const functionName = "hiddenOutputs";
  if (model?.kind !== "network") {
    throw new InputTypeError(
      `${functionName}: model must be a fitted network, got ${show(model?.kind ?? model)}. Fit networkClassifier or networkRegression.`,
    );
  }
  const { features, names, scaling, params, settings } = decodeTable((model.toJSON() as { body: SavedBody }).body);
  const { hidden, activation } = settings as { hidden: readonly number[]; activation: Activation };
  requireSize(functionName, "layer", layer);
  requireWithin(functionName, "layer", layer, 1, hidden.length + 1);
  const units = hidden[layer - 1]!;
  // The network up to this layer; each of its scores is the output of a unit: the last weights are the unit matrix.
  const upToLayer = network(features, hidden.slice(0, layer), units, activation);
  const last = upToLayer.weights[layer]![0];
  const own = Float64Array.from({ length: upToLayer.size }, (_, i) =>
    i < last ? params[i]! : Number((i - last) % (units + 1) === 0),
  );
  return scorer(upToLayer, own, scaling, features)(functionName, tableOf(functionName, X, { count: features, names }));
}
