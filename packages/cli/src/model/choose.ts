// Which model suits a target, and whether a chosen one can learn it.
import { show, UsageError } from "../errors.ts";
import type { Column } from "../table/column.ts";
import type { TargetFacts } from "../table/labels.ts";
import type { ModelName, Task } from "./names.ts";

/** A model for a target, and why. */
export interface Choice {
  readonly model: Exclude<ModelName, "factorization">;
  readonly task: Exclude<Task, "ratings">;
  /** In words, for the run's first lines. */
  readonly reason: string;
}

const MOST_CLASSES = 20;

/**
 * The model asked for, or by the target: two values → logistic; text, true and false, or at most 20 whole numbers →
 * softmax; else linear. A network and an SVM follow the same rule in what they predict.
 *
 * @throws UsageError when the model cannot learn such a target
 */
export function chooseModel(
  asked: Exclude<ModelName, "factorization"> | undefined,
  { name, kind }: Column,
  { distinct, whole }: TargetFacts,
): Choice {
  const classes = distinct === 2 || kind !== "number" || (whole && distinct <= MOST_CLASSES);
  const values = kind === "number" ? `${whole ? "whole " : ""}numbers` : kind === "text" ? "text" : "true and false";
  const reason = `${name} has ${distinct > 10_000 ? "many" : distinct} different values, ${values}`;
  const model = asked ?? (distinct === 2 ? "logistic" : classes ? "softmax" : "linear");
  if (model === "linear") {
    if (kind === "number") return { model, task: "regression", reason };
    throw unfit(model, `a target of ${values} (${show(name)})`, "Choose logistic, softmax, network or svm.");
  }
  if (model === "logistic" && distinct !== 2) {
    throw unfit(model, `a target of ${distinct} different values (${show(name)})`, "Choose softmax, network or svm.");
  }
  if (model !== "network" && !classes && !whole) {
    throw unfit(model, `a target of fractional numbers (${show(name)})`, "Choose linear or network.");
  }
  const task = model === "network" && !classes ? "regression" : "classification";
  return { model, task, reason };
}

const unfit = (model: string, target: string, advice: string): UsageError =>
  new UsageError(`train: --model must suit ${target}, got ${model}. ${advice}`);
