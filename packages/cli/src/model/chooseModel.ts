// Chooses a model for a target, or checks the model that the user requested.

import { formatCount, formatNumber } from "@downhill/plots/format";
import type { ColumnKind } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { linearLosses, type TableModelName, type Task } from "../options/modelNames.ts";
import { shellWord } from "../terminal/shellWord.ts";
import type { TargetFacts } from "./targetFacts.ts";

/** A model for a target, and the reason for the choice. */
export interface ModelChoice {
  readonly model: TableModelName;
  readonly task: Exclude<Task, "ratings">;
  /** The reason, as a sentence about the target. */
  readonly reason: string;
  /** The option that predicts numbers instead of classes, or classes instead of numbers; "" if it is not possible. */
  readonly otherwise: string;
}

/** The model that the user requested with --model, and the kind of the target with --column. */
export interface ModelRequest {
  readonly model?: TableModelName | undefined;
  /** The loss of --loss. */
  readonly loss?: string | undefined;
  readonly kind?: ColumnKind | undefined;
}

/** The column to predict, after it was read. */
export interface Target {
  readonly name: string;
  readonly kind: ColumnKind;
}

const contentOf = (kind: ColumnKind): string => (kind === "boolean" ? "true and false" : "text");

const MAX_CLASSES = 20;
const MAX_CODE = 20; // 2019, 2020, 2021 are consecutive too, but they are years
const ROWS_PER_CLASS = 5;

/**
 * Whether the values of a target are codes of classes: at most 20 different whole numbers, each in 5 rows on average, that
 * are two numbers or consecutive numbers within ±20. 0 and 1, and −1 and 1, are always codes.
 */
function areCodes({ rows, distinct, integers, smallest, largest }: TargetFacts): boolean {
  if (!integers || distinct > MAX_CLASSES) return false;
  if (distinct === 2 && largest === 1 && (smallest === 0 || smallest === -1)) return true;
  if (rows < ROWS_PER_CLASS * distinct) return false;
  const consecutive = largest - smallest === distinct - 1;
  return distinct === 2 || (consecutive && smallest >= -MAX_CODE && largest <= MAX_CODE);
}

/**
 * The model that the user requested, or a model that suits the target: logistic for two classes, softmax for more classes,
 * linear for numbers, and for a loss that only linear has. Text, truth values, and whole numbers that are codes are classes. A network predicts classes or
 * numbers by the same rule.
 *
 * @throws UsageError if the requested model cannot predict the target
 */
export function chooseModel(request: ModelRequest, column: Target, facts: TargetFacts): ModelChoice {
  const { name, kind } = column;
  const classes = kind !== "number" || (request.kind !== "number" && areCodes(facts));
  const byLoss = request.model === undefined && kind === "number" && isLinearLoss(request.loss);
  const model = request.model ?? (classes && !byLoss ? classifierOf(facts) : "linear");
  requireSuitable({ ...request, model }, column, facts);
  const task = model === "linear" || (model === "network" && !classes) ? "regression" : "classification";
  if (byLoss) return { model, task, reason: `--loss ${request.loss} predicts numbers`, otherwise: "" };
  const reason = `${name} has ${valuesOf(kind, facts)}`;
  return { model, task, reason, otherwise: kind === "number" ? otherwiseOf(request, { task, name }, facts) : "" };
}

const isLinearLoss = (loss: string | undefined): boolean => linearLosses.some((own) => own === loss);

const classifierOf = ({ distinct }: TargetFacts) => (distinct === 2 ? "logistic" : "softmax");

/** Whether numbers can be classes at all. A few different fractions can, but only if the user requests a classifier. */
const mayBeClasses = ({ integers, distinct }: TargetFacts): boolean => integers || distinct <= MAX_CLASSES;

function requireSuitable(
  { model, kind: requested }: ModelRequest & { readonly model: TableModelName },
  { name, kind }: Target,
  facts: TargetFacts,
): void {
  const fail = (predicts: string, target: string, advice: string): never => {
    throw new UsageError(`train: --model ${model} predicts ${predicts}, but ${show(name)} ${target}. ${advice}.`);
  };
  if (model === "linear" && kind !== "number") {
    fail("numbers", `contains ${contentOf(kind)}`, "Use --model logistic, softmax, network or svm");
  }
  if (model === "logistic" && facts.distinct !== 2) {
    fail("two classes", `has ${facts.distinct} different values`, "Use --model softmax, network or svm");
  }
  if (model === "linear" || model === "network" || kind !== "number") return;
  if (requested === "number") {
    fail("classes", "is a number because of --column", "Use --model linear or network, or leave out --column");
  }
  if (!mayBeClasses(facts)) fail("classes", "contains fractional numbers", "Use --model linear or network");
}

function otherwiseOf(
  { model, kind: requested }: ModelRequest,
  { task, name }: { readonly task: ModelChoice["task"]; readonly name: string },
  facts: TargetFacts,
): string {
  if (requested !== undefined) return "";
  const [other, kind] = task === "classification" ? ["numbers", "number"] : ["classes", "category"];
  if (model === "network") return `to predict ${other}: --column ${shellWord(`${name}:${kind}`)}`;
  if (model !== undefined) return "";
  if (task === "classification") return `to predict ${other}: --model linear`;
  return mayBeClasses(facts) ? `to predict ${other}: --model ${classifierOf(facts)}` : "";
}

/** "3 different values, all text", "10 different values in 1,797 rows, all whole numbers from 0 to 9". */
function valuesOf(kind: ColumnKind, { rows, distinct, integers, smallest, largest }: TargetFacts): string {
  const count = `${distinct > 10_000 ? "more than 10,000" : formatCount(distinct)} different values`;
  if (kind !== "number") return `${count}, ${kind === "boolean" ? "true and false" : "all text"}`;
  const range = integers
    ? `all whole numbers from ${smallest} to ${largest}`
    : `from ${formatNumber(smallest)} to ${formatNumber(largest)}`;
  return `${count} in ${formatCount(rows)} rows, ${range}`;
}
