// Changes of the settings: what follows from a change, and whether the present run can go on with it.

import type { Remedy } from "downhill";
import { generators, type TableName } from "../state/dataFields.ts";
import type { Choice } from "../state/field.ts";
import { initialChoice } from "../state/field.ts";
import { classCount, holdsOf, modelsFor } from "../state/holdsOf.ts";
import { type LabState, rateFree } from "../state/labState.ts";
import { models, optimizers, schedules } from "../state/trainingFields.ts";
import { optimizerNames } from "./labels.ts";

/** A state with sentences about the settings that had to follow a change. */
export interface Changed {
  readonly state: LabState;
  readonly notes: readonly string[];
}

const FIRST_RATE = 0.1;

/** The models that can learn from the data, the first as the suggestion. */
export const ableModels = (data: LabState["data"]): readonly LabState["model"]["name"][] =>
  modelsFor(holdsOf(data)).filter((name) => name !== "logistic" || classCount(data) <= 2);

/**
 * Other data; a model that cannot learn from them is replaced.
 *
 * @param isFirst  whether the first of the able models is chosen in any case
 */
export function withData(state: LabState, data: LabState["data"], isFirst = false): Changed {
  const able = ableModels(data);
  const name = able[0]!;
  if (state.model.name === name || (!isFirst && able.includes(state.model.name)))
    return { state: { ...state, data }, notes: [] };
  const model = initialChoice(models, name) as LabState["model"];
  const holds = classCount(data) > 2 ? "more than two classes" : holdsOf(data);
  return {
    state: { ...state, data, model },
    notes: [`The model has changed too, because these data have ${holds} to predict.`],
  };
}

/** The data of a generator with its first options. */
export const generatedData = (name: keyof typeof generators): LabState["data"] => ({
  kind: "generated",
  generator: initialChoice(generators, name) as Choice<typeof generators>,
});

/** A table that comes with the page, with all its features. */
export const tableData = (table: TableName): LabState["data"] => ({ kind: "table", table, features: [] });

/** A start of numbers belongs to its data and its model; with others it is chosen automatically. */
export function withFittingStart(from: LabState, to: LabState): Changed {
  const { start } = to.descent;
  const isOther = JSON.stringify([from.data, from.model]) !== JSON.stringify([to.data, to.model]);
  if (!Array.isArray(start) || !isOther || String(from.descent.start) !== String(start))
    return { state: to, notes: [] };
  return {
    state: { ...to, descent: { ...to.descent, start: "auto" } },
    notes: ["The start is automatic again, because its numbers belonged to other data or to another model."],
  };
}

/** Another model with its first options. */
export const withModel = (state: LabState, name: LabState["model"]["name"]): LabState => ({
  ...state,
  model: initialChoice(models, name) as LabState["model"],
});

/** Another optimizer. One that computes its learning rate has no learning rate and no schedule; the others need a rate. */
export function withOptimizer(state: LabState, name: keyof typeof optimizers, best: number | null): Changed {
  const { descent } = state;
  const optimizer = initialChoice(optimizers, name) as LabState["descent"]["optimizer"];
  if (rateFree.includes(name)) {
    const schedule = initialChoice(schedules, "constant");
    const batchSize = name === "automatic" ? "full" : descent.batchSize;
    const notes =
      batchSize === descent.batchSize
        ? []
        : ["The batch is now full, because this optimizer compares gradients of the same rows."];
    return {
      state: { ...state, descent: { ...descent, optimizer, schedule, batchSize, warmUp: 0, learningRate: "auto" } },
      notes,
    };
  }
  const learningRate = descent.learningRate === "auto" ? (best ?? FIRST_RATE) : descent.learningRate;
  return { state: { ...state, descent: { ...descent, optimizer, learningRate } }, notes: [] };
}

/** Another learning rate. */
export const withRate = (state: LabState, learningRate: number): LabState => ({
  ...state,
  descent: { ...state.descent, learningRate },
});

/** The part of the state that needs a new run when it changes. */
const fixedPart = ({ data, model, descent, heldOut, seeds }: LabState): string => {
  const { optimizer, order, start, patience } = descent;
  return JSON.stringify([data, model, heldOut, seeds, optimizer.name, order, start, patience]);
};

/** Whether a run with the first state can go on with the second. */
export const canGoOn = (from: LabState, to: LabState): boolean =>
  fixedPart(from) === fixedPart(to) && !rateFree.includes(to.descent.optimizer.name);

/** Whether two states have the same model of the same table, or of drawn points of which some may be other ones. */
export function hasSameModel(from: LabState, to: LabState): boolean {
  const isEdited = to.data.kind === "drawn" && holdsOf(from.data) === to.data.holds;
  return isEqual(from.model, to.model) && (isEdited || isEqual(from.data, to.data));
}

const isEqual = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether the second state has fewer epochs than the first one, and no more than the run has done. */
export const isShorter = (from: LabState, to: LabState, epoch: number): boolean =>
  to.descent.epochs !== from.descent.epochs && to.descent.epochs <= epoch;

/** Whether two states give the same run. */
export const isSameRun = ({ view: _, ...a }: LabState, { view: __, ...b }: LabState): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The difference between the settings of two states in a few words. */
export function difference(from: LabState, to: LabState): string {
  const parts: string[] = [];
  const [a, b] = [from.descent, to.descent];
  if (a.optimizer.name !== b.optimizer.name) parts.push(optimizerNames[b.optimizer.name]);
  if (a.learningRate !== b.learningRate) parts.push(`learning rate ${b.learningRate}`);
  if (JSON.stringify(a.schedule) !== JSON.stringify(b.schedule)) parts.push(`schedule ${b.schedule.name}`);
  if (a.batchSize !== b.batchSize) parts.push(`batch ${b.batchSize}`);
  for (const name of ["l2", "l1", "epochs", "warmUp", "stopGradient", "patience", "order", "start"] as const)
    if (String(a[name]) !== String(b[name])) parts.push(`${name} ${b[name]}`);
  if (a.optimizer.name === b.optimizer.name && JSON.stringify(a.optimizer) !== JSON.stringify(b.optimizer))
    parts.push("options of the optimizer");
  if (JSON.stringify(from.model) !== JSON.stringify(to.model)) parts.push("model");
  if (JSON.stringify(from.data) !== JSON.stringify(to.data)) parts.push("data");
  if (JSON.stringify(from.seeds) !== JSON.stringify(to.seeds)) parts.push("seed");
  if (from.heldOut !== to.heldOut) parts.push(`held-out share ${to.heldOut}`);
  return parts.join(", ");
}

/** The state after a remedy; null where the page has no setting for it. */
export function withRemedy(state: LabState, { options }: Remedy, best: number | null): LabState | null {
  const { learningRate, optimizer, standardize, batchSize, l2, start, epochs, activation, classWeights } = options;
  if (classWeights !== undefined) return null;
  let next = state;
  if (optimizer !== undefined) {
    const spec = optimizer === "default" ? { optimizer: "auto" } : optimizer;
    if (!Object.hasOwn(optimizers, spec.optimizer)) return null;
    const name = spec.optimizer as keyof typeof optimizers;
    next = withOptimizer(next, name, best).state;
    const rate = (spec as Readonly<Record<string, unknown>>)["rate"];
    if (typeof rate === "number") next = withRate(next, rate);
  }
  if (learningRate !== undefined) next = withRate(next, learningRate);
  const change = {
    ...(batchSize !== undefined && { batchSize }),
    ...(l2 !== undefined && { l2 }),
    ...(start !== undefined && { start }),
    ...(epochs !== undefined && { epochs }),
  };
  next = { ...next, descent: { ...next.descent, ...change } };
  const ofModel = { ...(standardize !== undefined && { standardize }), ...(activation && { activation }) };
  return { ...next, model: { ...next.model, options: { ...next.model.options, ...ofModel } } as LabState["model"] };
}
