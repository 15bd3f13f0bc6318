// Checks the members of a model file that the command adds to the library's model.
import type { EstimatorModel, Label } from "downhill";
import { isFormat } from "../table/columns/numberText.ts";
import { featureNames } from "../table/encoding/features.ts";
import { isClassifier, isFactorization } from "./metrics.ts";
import type { TableSpec } from "./modelFile.ts";

/** The rule that a member does not satisfy, and the value of the member. */
export interface Fault {
  readonly rule: string;
  readonly got: unknown;
}

type Members = Readonly<Record<string, unknown>>;

const tasks = ["regression", "classification", "ratings"];
const kinds = ["number", "boolean", "text"];

/** The first fault of the members, or null if they fit the model. */
export function faultOf({ task, table, run }: Members, fitted: EstimatorModel): Fault | null {
  if (!tasks.includes(task as string)) {
    return { rule: "its task must be regression, classification or ratings", got: task };
  }
  if (task !== taskOf(fitted)) {
    return { rule: `the task of its ${fitted.kind} model must be ${taskOf(fitted)}`, got: task };
  }
  if (!isObject(run)) return { rule: "its run must be an object", got: run };
  const answer = run["commonAnswer"];
  if (!isAnswer(answer, fitted)) {
    return { rule: "its commonAnswer must be a class of the model, or a number", got: answer };
  }
  if (!isObject(table)) return { rule: "its table must be an object", got: table };
  return isFactorization(fitted) ? ratingsFault(table) : tableFault(table, fitted.names);
}

const taskOf = (fitted: EstimatorModel): string =>
  isFactorization(fitted) ? "ratings" : isClassifier(fitted) ? "classification" : "regression";

const isAnswer = (value: unknown, fitted: EstimatorModel): boolean =>
  isClassifier(fitted) ? fitted.classes.includes(value as Label) : Number.isFinite(value);

function ratingsFault({ user, item, rating, features }: Members): Fault | null {
  if (features !== undefined) return { rule: "the table of a factorization must have no features", got: features };
  const columns = [user, item, rating];
  const at = columns.findIndex((column, i) => !isColumn(column, i < 2));
  if (at >= 0) {
    return { rule: `its column of ${["users", "items", "ratings"][at]} must have a name and a kind`, got: columns[at] };
  }
  const names = (columns as { name: string }[]).map(({ name }) => name);
  return new Set(names).size === 3
    ? null
    : { rule: "its three columns must have different names", got: names.join(", ") };
}

function tableFault({ features, target }: Members, names: readonly string[] | null): Fault | null {
  if (!isColumn(target, true)) return { rule: "its target must have a name and a kind", got: target };
  if (!Array.isArray(features)) return { rule: "its features must be a list", got: features };
  const odd = features.findIndex((column) => !isColumn(column, true) || !hasCategories(column));
  if (odd >= 0) {
    return {
      rule: "each feature must have a name, a kind and, if it is text, different categories",
      got: features[odd],
    };
  }
  const own = featureNames(features as TableSpec["features"]);
  const at = own.findIndex((name, j) => name !== names?.[j]);
  if (own.length !== names?.length || at >= 0) {
    return {
      rule: `its features must be the ${names?.length ?? 0} features of its model`,
      got: at < 0 ? own.length : own[at],
    };
  }
  return features.some(({ name }) => name === target.name)
    ? { rule: "its target must not be a feature", got: target.name }
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
