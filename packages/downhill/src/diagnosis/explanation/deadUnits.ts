import { InputTypeError } from "../../core/check.ts";
import { allocate } from "../../kernels/arena.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { requireParameters } from "../curvature/hessianTimes.ts";
import { countText } from "../numberText.ts";
import { randomStart, useTanh } from "../verdict/remedies.ts";
import type { Finding } from "./finding.ts";
import { type ScoredRows, scoredRows } from "./scoredRows.ts";

/** The hidden units of one layer. */
export interface LayerUnits {
  /** The number of units that are 0 for every row. */
  readonly dead: number;
  /** The number of all units of the layer. */
  readonly units: number;
}

/**
 * Counts the ReLU units of each hidden layer that are 0 for every row with a weight above 0: max over the rows of z ≤ 0. No
 * gradient reaches such a unit, so gradient descent without a penalty never changes it again. The list is empty for problems
 * without ReLU units.
 *
 * @throws RangeError when the number of parameters is wrong
 *
 * @example
 * ```ts
 * import { column, deadUnits, dense, halfSquared, network, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 });
 * const problem = risk({ predictor: network(1, [2], 1), loss: halfSquared(), inputs, targets: column(new Float64Array(3)) });
 * const params = [1, -1, 0, 0, 1, 1, 0]; // z = x and z = −x, which is below 0 for each row
 * deadUnits(problem, params); // [{ dead: 1, units: 2 }]
 * ```
 */
export function deadUnits(
  problem: Problem,
  params: ArrayLike<number>,
  { kernels = wasmKernels }: { readonly kernels?: BindKernels } = {},
): LayerUnits[] {
  requireParameters("deadUnits", "params", params, problem);
  const { objective, memory } = allocate(kernels, problem.elementType, (arena) => ({
    objective: problem.bind(arena),
    memory: arena.memory,
  }));
  const { spec, chunks } = objective;
  if (chunks) {
    throw new InputTypeError(
      "deadUnits: problem must have all rows in memory, got stored rows. Pass the problem of some of the rows.",
    );
  }
  const rows = scoredRows(problem, spec, memory.buffer, params);
  return rows ? unitsOf(signsOf(rows)) : [];
}

/** The sign of the inputs of each hidden unit: 1 if one of them is above 0, 0 if all are 0 as after a start at zeros, otherwise −1. */
function signsOf(rows: ScoredRows): Int8Array[] {
  if (rows.activation !== "relu" || rows.n === 0) return [];
  const signs = rows
    .layersOf(0)
    .slice(0, -1)
    .map(({ length }) => new Int8Array(length));
  for (let i = 0; i < rows.n && signs.some((layer) => layer.some((sign) => sign < 1)); i++) {
    if (rows.weights?.[i] === 0) continue;
    const layers = rows.layersOf(i);
    for (let l = 0; l < signs.length; l++) {
      const [own, inputs] = [signs[l]!, layers[l]!];
      for (let u = 0; u < own.length; u++) {
        if (inputs[u]! > 0) own[u] = 1;
        else if (inputs[u]! < 0 && own[u] === 0) own[u] = -1;
      }
    }
  }
  return signs;
}

const unitsOf = (signs: readonly Int8Array[]): LayerUnits[] =>
  signs.map((layer) => ({ dead: layer.filter((sign) => sign < 1).length, units: layer.length }));

/** The finding of dead units, if there are any. */
export function deadUnitsFinding(rows: ScoredRows): Finding[] {
  const signs = signsOf(rows);
  const layers = unitsOf(signs);
  const atZeros = !signs.some((layer) => layer.some(Boolean));
  const dead = layers.reduce((sum, layer) => sum + layer.dead, 0);
  if (dead === 0) return [];
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  const perLayer =
    layers.length === 1
      ? ""
      : ` (${layers.map((layer, l) => `${layer.dead} of ${layer.units} in layer ${l + 1}`).join(", ")})`;
  return [
    {
      code: "deadUnits",
      sentence:
        `${dead} of ${countText(units, "hidden unit")} ${dead === 1 ? "is" : "are"} 0 for every row${perLayer}. ` +
        `No gradient reaches the weights of such a unit, so ${rows.l2 > 0 ? "only the penalty changes" : "training does not change"} them.${atZeros ? " All units stay equal, with any activation." : ""}`,
      numbers: { dead, units, ...Object.fromEntries(layers.map((layer, l) => [`layer${l + 1}`, layer.dead])) },
      remedies: dead > units / 2 ? [atZeros ? randomStart : useTanh] : [],
    },
  ];
}
