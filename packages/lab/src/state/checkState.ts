// Checks a state. A value that is not allowed is reported, and never changed.

import { columnKinds, fileFields, generators, kindEntry, tableFields } from "./dataFields.ts";
import { drawnProblems } from "./drawnPoints.ts";
import type { Fields, Variants } from "./field.ts";
import { classCount, holdsOf, modelsFor } from "./holdsOf.ts";
import { heldOutField, type LabState, rateFree } from "./labState.ts";
import { descentFields, models, optimizers, schedules, seedFields, viewFields } from "./trainingFields.ts";

/** A value of the state that is not allowed. */
export interface Problem {
  /** The path of the value, such as "data.generator.options.noise". */
  readonly path: string;
  /** What is wrong and what is allowed, as a sentence. */
  readonly text: string;
}

/** A value in a sentence: short, and texts in quotes. */
export const shown = (value: unknown): string => {
  const text = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
};

function fieldProblems(path: string, fields: Fields, values: unknown, others: readonly string[] = []): Problem[] {
  if (typeof values !== "object" || values === null)
    return [{ path, text: `${path} must be an object, got ${shown(values)}.` }];
  const own = values as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(own).filter((name) => !(Object.hasOwn(fields, name) || others.includes(name)));
  return [
    ...unknown.map((name) => ({ path: `${path}.${name}`, text: `${name} is not a setting of ${path}.` })),
    ...Object.entries(fields).flatMap(([name, field]) =>
      field.allows(own[name])
        ? []
        : [{ path: `${path}.${name}`, text: `${name} must be ${field.rule}, got ${shown(own[name])}.` }],
    ),
  ];
}

function choiceProblems(path: string, variants: Variants, value: unknown): Problem[] {
  const { name, options } = (value ?? {}) as { readonly name?: unknown; readonly options?: unknown };
  if (typeof name !== "string" || !Object.hasOwn(variants, name)) {
    return [{ path, text: `${path} must be one of ${Object.keys(variants).join(", ")}, got ${shown(name)}.` }];
  }
  return fieldProblems(`${path}.options`, variants[name]!, options);
}

const kindProblems = (kinds: unknown): Problem[] =>
  (Array.isArray(kinds) ? kinds : [])
    .filter((entry) => typeof entry !== "string" || kindEntry(entry) === null)
    .map((entry) => ({
      path: "data.kinds",
      text: `kinds must have a column and one of ${columnKinds.join(", ")}, such as zip:category, got ${shown(entry)}.`,
    }));

function dataProblems(data: LabState["data"]): Problem[] {
  switch (data?.kind) {
    case "generated":
      return choiceProblems("data.generator", generators, data.generator);
    case "table":
      return fieldProblems("data", tableFields, data, ["kind"]);
    case "file":
      return [...fieldProblems("data", fileFields, data, ["kind"]), ...kindProblems(data.kinds)];
    case "drawn":
      return drawnProblems(data).map((text) => ({ path: "data.points", text }));
    default:
      return [{ path: "data.kind", text: "data.kind must be one of generated, table, file, drawn." }];
  }
}

/** The rules that join several values; only for a state whose values are allowed one by one. */
function jointProblems({ data, model, descent }: LabState): Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, text: string) => problems.push({ path, text });
  const able = modelsFor(holdsOf(data));
  if (!able.includes(model.name)) {
    report(
      "model",
      `The model ${model.name} cannot learn from ${holdsOf(data)}. Choose ${able.join(", ")}, or other data.`,
    );
  }
  if (model.name === "logistic" && classCount(data) > 2) {
    report(
      "model",
      `The model logistic needs two classes, and the data have ${classCount(data)}. Choose softmax, svm or network.`,
    );
  }
  const { optimizer, schedule, learningRate, batchSize, l1, warmUp } = descent;
  const isFree = rateFree.includes(optimizer.name);
  if (isFree !== (learningRate === "auto")) {
    report(
      "descent.learningRate",
      isFree
        ? `The optimizer ${optimizer.name} computes its learning rate. Set the learning rate to auto, or choose another optimizer.`
        : `The optimizer ${optimizer.name} needs a learning rate. Set a number, or choose the optimizer auto.`,
    );
  }
  if (isFree && (schedule.name !== "constant" || warmUp > 0)) {
    report(
      "descent.schedule",
      `The optimizer ${optimizer.name} has no schedule. Choose the schedule constant without a warm-up.`,
    );
  }
  if (optimizer.name === "automatic" && batchSize !== "full") {
    report("descent.batchSize", "The optimizer automatic needs the batch full. Choose full, or another optimizer.");
  }
  if (l1 > 0 && !["linear", "logistic", "softmax"].includes(model.name)) {
    report("descent.l1", `The model ${model.name} has no l1 penalty. Set l1 to 0.`);
  }
  if (l1 > 0 && !["auto", "automatic", "plain", "momentum", "nesterov"].includes(optimizer.name)) {
    report(
      "descent.l1",
      `The optimizer ${optimizer.name} does not work with l1. Set l1 to 0, or choose plain, momentum or nesterov.`,
    );
  }
  const { generator } = data.kind === "generated" ? data : { generator: null };
  if (
    generator?.name === "ratings" &&
    generator.options.rank > Math.min(generator.options.users, generator.options.items)
  ) {
    report(
      "data.generator.options.rank",
      "The rank of the ratings must not be larger than the numbers of users and items.",
    );
  }
  if (generator?.name === "ravine" && generator.options.features >= generator.options.n) {
    report("data.generator.options.features", "The number of features must be smaller than the number of rows, n.");
  }
  if (generator?.name === "ravine" && generator.options.features === 1 && generator.options.condition > 1) {
    report(
      "data.generator.options.condition",
      "The condition of one feature must be 1. Set condition to 1, or more features.",
    );
  }
  return problems;
}

/** The problems of a state; an empty list if a run can be made of it. */
export function checkState(state: LabState): Problem[] {
  const { optimizer, schedule, ...descent } = (state.descent ?? {}) as LabState["descent"];
  const problems = [
    ...dataProblems(state.data),
    ...choiceProblems("model", models, state.model),
    ...choiceProblems("descent.optimizer", optimizers, optimizer),
    ...choiceProblems("descent.schedule", schedules, schedule),
    ...fieldProblems("descent", descentFields, descent),
    ...fieldProblems("seeds", seedFields, state.seeds),
    ...fieldProblems("view", viewFields, state.view),
    ...(heldOutField.allows(state.heldOut)
      ? []
      : [{ path: "heldOut", text: `heldOut must be ${heldOutField.rule}, got ${shown(state.heldOut)}.` }]),
  ];
  return problems.length > 0 ? problems : jointProblems(state);
}
