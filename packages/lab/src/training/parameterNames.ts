// The names of the parameters of a model, in their order.

import type { FittedFactorization, Label } from "downhill";
import type { LabRun } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";
import type { AnyFitted } from "./fittedAt.ts";

/** A layer of linear maps: its weights are those of the first output, then those of the second one, and so on; then the intercepts. */
export interface Layer {
  readonly from: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** The layers of a model with these numbers of inputs, hidden units and outputs. */
export function layersOf(widths: readonly number[]): Layer[] {
  let from = 0;
  return widths.slice(1).map((outputs, l) => {
    const layer = { from, inputs: widths[l]!, outputs };
    from += (layer.inputs + 1) * outputs;
    return layer;
  });
}

/** The numbers of inputs, hidden units and outputs of a model of a table with so many parameters. */
export function widthsOf({ model }: LabState, features: number, size: number): number[] {
  const hidden = model.name === "network" ? model.options.hidden : [];
  const last = hidden.at(-1) ?? features;
  const before = layersOf([features, ...hidden]).reduce((sum, layer) => sum + (layer.inputs + 1) * layer.outputs, 0);
  return [features, ...hidden, (size - before) / (last + 1)];
}

/** The names of the parameters of a run. @param model  a fitted model of the run */
export function parameterNames(state: LabState, run: LabRun, model: AnyFitted, size: number): string[] {
  if (run.holds === "ratings") return ratingNames(model as FittedFactorization, state);
  const widths = widthsOf(state, run.features.length, size);
  const classes = widths.at(-1)! > 1 ? (k: number) => ` for class ${k + 1}` : () => "";
  const layers = layersOf(widths);
  return layers.flatMap(({ inputs, outputs }, l) => {
    const isLast = l === layers.length - 1;
    const unit = (k: number): string => (isLast ? classes(k) : ` to unit ${l > 0 ? `${l + 1}.` : ""}${k + 1}`);
    const input = (j: number): string => (l === 0 ? run.features[j]! : `unit ${l > 1 ? `${l}.` : ""}${j + 1}`);
    const weights = Array.from({ length: inputs * outputs }, (_, at) => {
      return `weight of ${input(at % inputs)}${unit(Math.floor(at / inputs))}`;
    });
    return [...weights, ...Array.from({ length: outputs }, (_, k) => `intercept${unit(k)}`)];
  });
}

function ratingNames({ users, items }: FittedFactorization, { model }: LabState): string[] {
  const options = model.name === "factorization" ? model.options : { rank: 1, biases: false };
  const rows = (kind: string, labels: readonly Label[]): string[] =>
    labels.flatMap((label) => [
      ...Array.from({ length: options.rank }, (_, k) => `${kind} ${label}: factor ${k + 1}`),
      ...(options.biases ? [`${kind} ${label}: bias`] : []),
    ]);
  return [...rows("user", users), ...rows("item", items)];
}
