// Which model suits a target, and whether a chosen one can learn it.

import { formatCount, formatNumber } from "@downhill/plots/format";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import type { ModelName, Task } from "../options/modelNames.ts";
import type { Column } from "../table/columns/column.ts";
import type { TargetFacts } from "../table/encoding/labels.ts";
import { shellWord } from "../terminal/shellWord.ts";

type TableModel = Exclude<ModelName, "factorization">;

/** A model for a target, and why. */
export interface Choice {
  readonly model: TableModel;
  readonly task: Exclude<Task, "ratings">;
  /** In words, for the run's first lines. */
  readonly reason: string;
  /** The option that gives numbers instead of classes, or classes instead of numbers; empty if there is no choice. */
  readonly otherwise: string;
}

/** What the user chose: a model, and whether the target's column holds numbers or categories. */
export interface ModelRequest {
  readonly model?: TableModel | undefined;
  readonly kind?: "number" | "category" | undefined;
}

const MOST_CLASSES = 20;
const LARGEST_CODE = 20; // 2019, 2020, 2021 also follow each other without a gap, but they are years
const ROWS_PER_CLASS = 5;

/**
 * Whether whole numbers are codes of classes: each occurs at least 5 times on average, and they are two, or at most 20
 * that follow each other without a gap and lie within ±20. 0 and 1, and −1 and 1, always are.
 */
function areCodes({ rows, distinct, whole, smallest, largest }: TargetFacts): boolean {
  if (!whole || distinct > MOST_CLASSES) return false;
  if (distinct === 2 && largest === 1 && (smallest === 0 || smallest === -1)) return true;
  if (rows < ROWS_PER_CLASS * distinct) return false;
  const consecutive = largest - smallest === distinct - 1;
  return distinct === 2 || (consecutive && smallest >= -LARGEST_CODE && largest <= LARGEST_CODE);
}

/**
 * The model that the user chose, or else a model for the target. Text, true and false, and whole numbers that are codes are
 * classes: the model is logistic for two classes and softmax for more. Other numbers make it linear. The same rule decides
 * whether a network predicts classes or numbers.
 *
 * @throws UsageError when the model cannot learn such a target
 */
export function chooseModel(request: ModelRequest, column: Column, facts: TargetFacts): Choice {
  const { name, kind } = column;
  const classes = kind !== "number" || (request.kind !== "number" && areCodes(facts));
  const model = request.model ?? (classes ? classifierOf(facts) : "linear");
  requireSuiting(model, request, column, facts);
  const task = model === "linear" || (model === "network" && !classes) ? "regression" : "classification";
  const reason = `${name} has ${valuesOf(kind, facts)}`;
  return { model, task, reason, otherwise: kind === "number" ? otherwiseOf(request, task, name, facts) : "" };
}

const classifierOf = ({ distinct }: TargetFacts) => (distinct === 2 ? "logistic" : "softmax");

/** A few different fractions may be codes too, but they are classes only if the user chooses a classifier. */
const mayBeClasses = ({ whole, distinct }: TargetFacts): boolean => whole || distinct <= MOST_CLASSES;

function requireSuiting(model: TableModel, request: ModelRequest, { name, kind }: Column, facts: TargetFacts): void {
  const refuse = (target: string, advice: string): never => {
    throw new UsageError(`train: --model must suit a target of ${target} (${show(name)}), got ${model}. ${advice}`);
  };
  if (model === "linear" && kind !== "number") {
    refuse(kind === "text" ? "text" : "true and false", "Choose logistic, softmax, network or svm.");
  }
  if (model === "logistic" && facts.distinct !== 2) {
    refuse(`${facts.distinct} different values`, "Choose softmax, network or svm.");
  }
  if (model === "linear" || model === "network" || kind !== "number") return;
  if (request.kind === "number")
    refuse("numbers, as --column says", "Choose linear or network, or leave out --column.");
  if (!mayBeClasses(facts)) refuse("fractional numbers", "Choose linear or network.");
}

function otherwiseOf(
  { model, kind: chosen }: ModelRequest,
  task: Choice["task"],
  name: string,
  facts: TargetFacts,
): string {
  if (chosen !== undefined) return "";
  const [other, kind] = task === "classification" ? ["numbers", "number"] : ["classes", "category"];
  if (model === "network") return `for ${other}: --column ${shellWord(`${name}:${kind}`)}`;
  if (model !== undefined) return "";
  if (task === "classification") return `for ${other}: --model linear`;
  return mayBeClasses(facts) ? `for ${other}: --model ${classifierOf(facts)}` : "";
}

/** "3 different values, text", "10 different values in 1,797 rows, whole numbers from 0 to 9". */
function valuesOf(kind: Column["kind"], { rows, distinct, whole, smallest, largest }: TargetFacts): string {
  const count = `${distinct > 10_000 ? "more than 10,000" : formatCount(distinct)} different values`;
  if (kind !== "number") return `${count}, ${kind === "text" ? "text" : "true and false"}`;
  const range = whole
    ? `whole numbers from ${smallest} to ${largest}`
    : `from ${formatNumber(smallest)} to ${formatNumber(largest)}`;
  return `${count} in ${formatCount(rows)} rows, ${range}`;
}
