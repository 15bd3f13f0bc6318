// What the command keeps beside the library's model, checked: its table's columns must be those of the model.
import type { FittedModel, Label } from "downhill";
import { isFormat } from "../table/columns/numberText.ts";
import { featureNames } from "../table/encoding/features.ts";
import { isClassifier, isFactorization } from "./metrics.ts";
import type { TableSpec } from "./modelFile.ts";

/** A rule that a member breaks, and what it is instead. */
export interface Fault {
  readonly rule: string;
  readonly got: unknown;
}

type Members = Readonly<Record<string, unknown>>;

const tasks = ["regression", "classification", "ratings"];
const kinds = ["number", "boolean", "text"];

/** The first fault of a file's members, or null when they suit the model. */
export function faultOf({ task, table, run }: Members, fitted: FittedModel): Fault | null {
  if (!tasks.includes(task as string)) return { rule: `a task of ${tasks.join(", ")}`, got: task };
  if (task !== taskOf(fitted)) return { rule: `the task of a ${fitted.kind} model, ${taskOf(fitted)}`, got: task };
  if (!isObject(run)) return { rule: "a run that is an object", got: run };
  const answer = run["commonAnswer"];
  if (!isAnswer(answer, fitted))
    return { rule: "the most frequent class, or the mean, of its training rows", got: answer };
  if (!isObject(table)) return { rule: "a table that is an object", got: table };
  return isFactorization(fitted) ? ratingsFault(table) : tableFault(table, fitted.names);
}

const taskOf = (fitted: FittedModel): string =>
  isFactorization(fitted) ? "ratings" : isClassifier(fitted) ? "classification" : "regression";

const isAnswer = (value: unknown, fitted: FittedModel): boolean =>
  isClassifier(fitted) ? fitted.classes.includes(value as Label) : Number.isFinite(value);

function ratingsFault({ user, item, rating, features }: Members): Fault | null {
  if (features !== undefined) return { rule: "the columns of ratings alone", got: features };
  const columns = [user, item, rating];
  const at = columns.findIndex((column, i) => !isColumn(column, i < 2));
  if (at >= 0)
    return { rule: `a name and a kind for the column of its ${["users", "items", "ratings"][at]}`, got: columns[at] };
  const names = (columns as { name: string }[]).map(({ name }) => name);
  return new Set(names).size === 3 ? null : { rule: "three different columns", got: names.join(", ") };
}

function tableFault({ features, target }: Members, names: readonly string[] | null): Fault | null {
  if (!isColumn(target, true)) return { rule: "a name and a kind for its target", got: target };
  if (!Array.isArray(features)) return { rule: "a list of its columns", got: features };
  const odd = features.findIndex((column) => !isColumn(column, true) || !hasCategories(column));
  if (odd >= 0)
    return { rule: "a name, a kind and, for text, different categories for each column", got: features[odd] };
  const own = featureNames(features as TableSpec["features"]);
  const at = own.findIndex((name, j) => name !== names?.[j]);
  if (own.length !== names?.length || at >= 0) {
    return { rule: `the columns of its model (${names?.length ?? 0})`, got: at < 0 ? own.length : own[at] };
  }
  return features.some(({ name }) => name === target.name)
    ? { rule: "a target that is no feature", got: target.name }
    : null;
}

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isColumn(value: unknown, withKind: boolean): value is { name: string; kind: string } {
  if (!isObject(value) || typeof value["name"] !== "string") return false;
  if (value["format"] !== undefined && !isFormat(value["format"])) return false;
  return !withKind || kinds.includes(value["kind"] as string);
}

function hasCategories({ kind, categories }: { kind: string; categories?: unknown }): boolean {
  if (kind !== "text") return true;
  if (!Array.isArray(categories) || categories.some((category) => typeof category !== "string")) return false;
  return new Set(categories).size === categories.length;
}
