// The parameters of a model of a table, layer by layer.

import { classOrder } from "../state/classOrder.ts";
import type { LabState } from "../state/labState.ts";
import { layersOf, widthsOf } from "../training/parameterNames.ts";

/** A layer as a table: a row for each output, with its weights and its intercept. */
export interface WeightTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** The numbers of the parameters. */
    readonly indices: readonly number[];
  }[];
}

/** The parameters, and the tables of their layers. */
export interface WeightsPart {
  readonly params: readonly number[];
  readonly layers: readonly WeightTable[];
  /** The names of the hidden units that do not learn. */
  readonly dead: readonly string[];
}

/** A model with more parameters has no table of them. */
export const MOST_WEIGHTS = 400;

/**
 * The tables of a model; null for too many parameters.
 *
 * @param outputs  the names of the outputs
 * @param dead  the names of the hidden units that do not learn
 */
export function weightsOf(
  state: LabState,
  features: readonly string[],
  outputs: readonly string[],
  params: Float64Array,
  dead: readonly string[],
): WeightsPart | null {
  if (params.length > MOST_WEIGHTS) return null;
  const layers = layersOf(widthsOf(state, features.length, params.length));
  const unit = (layer: number, k: number): string =>
    layers.length > 2 ? `unit ${layer + 1}.${k + 1}` : `unit ${k + 1}`;
  return {
    params: Array.from(params),
    dead,
    layers: layers.map((layer, l) => {
      const isLast = l === layers.length - 1;
      const inputs = Array.from({ length: layer.inputs }, (_, j) => (l === 0 ? features[j]! : unit(l - 1, j)));
      return {
        title: layers.length === 1 ? "Weights" : isLast ? "Output layer" : `Hidden layer ${l + 1}`,
        columns: [...inputs, "intercept"],
        rows: (isLast && layer.outputs === outputs.length
          ? classOrder(outputs)
          : Array.from({ length: layer.outputs }, (_, k) => k)
        ).map((k) => ({
          name: isLast ? (layer.outputs === 1 ? "score" : (outputs[k] ?? `output ${k + 1}`)) : unit(l, k),
          indices: [
            ...Array.from({ length: layer.inputs }, (_, j) => layer.from + k * layer.inputs + j),
            layer.from + layer.inputs * layer.outputs + k,
          ],
        })),
      };
    }),
  };
}
