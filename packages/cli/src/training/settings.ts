// The settings of a run for people and for JSON. Each setting occurs once, and records whether the user set it.

import { formatCount, formatNumber } from "@downhill/plots/format";
import type { EstimatorModel } from "downhill";
import type { SettingValue } from "../errors/errors.ts";
import { baseRate, optimizerOf } from "../model/estimator.ts";
import type { TwoClasses } from "../model/twoClasses.ts";
import { isConvex, type ModelName, type OptimizerName, optimizerNumbers, rateFree } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { type ScheduleChoice, type StartChoice, scheduleText } from "../options/values.ts";
import type { Evaluation } from "./evaluation.ts";
import { canFall } from "./outcomeMessages.ts";
import type { Threshold } from "./threshold.ts";

/** One setting of a run. */
export interface Setting extends SettingValue {
  /** A text before `words`, such as "learning rate", if these are not clear alone; else "". */
  readonly label: string;
  /** The value as people read it. */
  readonly words: string;
  /** Whether the user set it; else it is a default. */
  readonly isSet: boolean;
}

/** A setting as a phrase: "learning rate 0.01", "full batch". */
export const phraseOf = ({ label, words }: Setting): string => (label === "" ? words : `${label} ${words}`);

/** A run after its first step. */
export interface StartedRun {
  readonly model: ModelName;
  readonly options: TrainOptions;
  readonly twoClasses: TwoClasses | null;
  readonly evaluation: Evaluation;
  /** Whether the rows are sparse. */
  readonly isSparse: boolean;
  readonly fitted: EstimatorModel;
  /** The learning rate of the first step. */
  readonly learningRate: number;
  /** The number of the last update of the first step. */
  readonly update: number;
}

/**
 * The share of its value by which the loss can still fall when a run stops because it has converged. Null for a run that has no such
 * rule: only convex models in full batch without --stop-gradient have it, and the hinge only with l2.
 */
export function awaitedShare({ fitted, options: set }: Pick<StartedRun, "fitted" | "options">): number | null {
  if (set.stopGradient !== undefined) return null;
  const { kind, options, settings } = fitted as EstimatorModel & { settings: Record<string, unknown> };
  if (!isConvex(kind) || options["batchSize"] !== "full") return null;
  if (settings["loss"] !== "hinge") return 1e-9;
  return options["l2"] === 0 ? null : 1e-3;
}

/** What holds when a run converges, as a clause; null for a run without such a rule. */
export function goalOf(run: Pick<StartedRun, "fitted" | "options">): string | null {
  const { stopGradient } = run.options;
  if (stopGradient !== undefined) return `no entry of the gradient is above ${formatNumber(stopGradient)}`;
  const share = awaitedShare(run);
  return share === null ? null : canFall(share);
}

type MakeSetting = (name: string, words: string, value: Setting["value"], label?: string) => Setting;

/** The settings of a run, in the order of the output. */
export function settingsOf(run: StartedRun): Setting[] {
  const { model, options: set, fitted } = run;
  const { options, settings } = fitted as { options: Record<string, unknown>; settings: Record<string, unknown> };
  const setting: MakeSetting = (name, words, value, label = "") => ({ name, value, label, words, isSet: name in set });
  const number = (name: string, remark = ""): Setting => {
    const value = options[name] as number;
    return setting(name, formatNumber(value) + remark, value, name);
  };
  const optimizer = String(options["optimizer"]);
  const batchSize = options["batchSize"] as "full" | number;
  const list: Setting[] = [
    setting("optimizer", optimizer, optimizer, "optimizer"),
    setting("batchSize", batchSize === "full" ? "full batch" : `batches of ${formatCount(batchSize)}`, batchSize),
    learningRate(run, setting),
    ...updateRule(run, setting),
    setting("epochs", epochs(run), options["epochs"] as number),
  ];
  const ranks = options["localEpochs"];
  if (typeof ranks === "number") list.push(setting("localEpochs", `local epochs on ${ranks} ranks`, ranks));
  const { validation, patience } = options as { validation?: number; patience?: number };
  if (validation !== undefined && patience !== undefined) {
    const rows = `${formatCount(validation)} training ${model === "factorization" ? "ratings" : "rows"}`;
    list.push(setting("patience", `stops ${patience} epochs after the best validation loss (on ${rows})`, patience));
  }
  list.push(number("l2", set.l2 === undefined ? defaultL2(model, settings["loss"]) : ""));
  if (options["l1"] !== undefined && ["linear", "logistic", "softmax"].includes(model)) list.push(number("l1"));
  const isImplicit = settings["loss"] === "bpr" || (model === "factorization" && settings["loss"] === "logistic");
  if (typeof options["standardize"] === "boolean" && !isImplicit) {
    const data = model === "factorization" ? "ratings" : "columns";
    const done = run.isSparse ? "scaled, not centred" : "standardized";
    const words = options["standardize"] ? `${data} ${done}` : `${data} not ${run.isSparse ? "scaled" : done}`;
    list.push(setting("standardize", words, options["standardize"]));
  }
  if (set.start !== undefined) list.push(setting("start", startWords(set.start), set.start, "start"));
  const seed = setting("seed", String(options["seed"]), options["seed"] as number, "seed");
  if (isImplicit) list.push(setting("feedback", "implicit feedback", "implicit"), negatives(options, setting));
  const own = modelSettings(settings, setting).filter(
    ({ name }) => !(isImplicit && ["penalty", "scale"].includes(name)),
  );
  if (typeof options["duplicates"] === "string" && !isImplicit) own.push(duplicates(options["duplicates"], setting));
  if (set.trace === "running")
    own.push(setting("trace", "the loss of an epoch is the mean over its batches", "running"));
  return [...list, ...own, ...classSettings(run, setting), seed];
}

const startWords = (start: StartChoice): string =>
  typeof start === "string"
    ? start
    : `at ${formatCount(start.length)} given ${start.length === 1 ? "number" : "numbers"}`;

function negatives({ negatives }: Record<string, unknown>, setting: MakeSetting): Setting {
  const count = negatives as number;
  return setting("negatives", `${formatCount(count)} negative ${count === 1 ? "item" : "items"} per pair`, count);
}

const duplicateWords: Readonly<Record<string, string>> = {
  mean: "the mean of repeated ratings",
  last: "the last of repeated ratings",
  error: "no repeated ratings",
};

const duplicates = (rule: string, setting: MakeSetting): Setting => setting("duplicates", duplicateWords[rule]!, rule);

/** The formula of the default l2; linear regression (except for counts) and factorization have a constant. */
const defaultL2 = (model: ModelName, loss: unknown): string =>
  loss === "poisson" ? " (mean target/rows)" : ["linear", "factorization"].includes(model) ? "" : " (1/rows)";

function epochs({ fitted, options }: StartedRun): string {
  const max = `${formatCount(fitted.options["epochs"] as number)} epochs`;
  const goal = goalOf({ fitted, options });
  return goal === null ? `at most ${max}` : `stops when ${goal}, or after ${max}`;
}

const orderWords = {
  sequential: "rows in the same order in each epoch",
  replacement: "rows drawn with replacement",
} as const;

/** The settings of an optimizer that the options name, beside its learning rate, and the order of the rows. */
function updateRule({ options: set }: StartedRun, setting: MakeSetting): Setting[] {
  const { schedule, warmUp, order, stopGradient } = set;
  const list: Setting[] = [];
  if (schedule !== undefined) list.push(setting("schedule", scheduleWords(schedule), scheduleText(schedule)));
  if (warmUp !== undefined)
    list.push(setting("warmUp", `rising over the first ${formatCount(warmUp)} updates`, warmUp, "learning rate"));
  for (const name of set.optimizer === undefined ? [] : optimizerNumbers[set.optimizer]) {
    const value = set[name];
    if (value !== undefined) list.push(setting(name, formatNumber(value), value, name));
  }
  if (order !== undefined) list.push(setting("order", orderWords[order], order));
  if (stopGradient !== undefined)
    list.push(setting("stopGradient", formatNumber(stopGradient), stopGradient, "largest gradient at the end"));
  return list;
}

/** "cosine schedule, updates 1,000, last 0.001". */
const scheduleWords = ({ schedule: name, ...numbers }: ScheduleChoice): string =>
  [
    `${name} schedule`,
    ...Object.entries(numbers).map(([key, value]) => `${key} ${formatNumber(value as number)}`),
  ].join(", ");

function learningRate({ options, fitted, learningRate: first, update }: StartedRun, setting: MakeSetting): Setting {
  const value = formatNumber(first);
  const at = update === 1 ? "" : ` at update ${formatCount(update)}`;
  const optimizer = fitted.options["optimizer"] as OptimizerName;
  if (rateFree.includes(optimizer)) {
    const steps =
      optimizer === "automatic" && first === 1
        ? "1, and less after a step that was too long"
        : `chosen at every update, ${value} first`;
    return setting("learningRate", steps, first, "learning rate:");
  }
  const base = baseRate(options);
  const isChanged = (options.schedule ?? options.warmUp) !== undefined;
  if (base !== undefined && isChanged) return setting("learningRate", formatNumber(base), base, "first learning rate");
  const isConstant = optimizerOf(options) !== undefined || options.feedback === "implicit";
  if (isConstant) return setting("learningRate", value, first, "learning rate");
  const when = fitted.settings["loss"] === "hinge" ? "" : " in the second half";
  return setting("learningRate", `${value}${at}, decreasing along a cosine${when}`, first, "learning rate");
}

const lossWords: Readonly<Record<string, string>> = {
  hinge: "hinge loss",
  squaredHinge: "squared hinge loss",
  huber: "Huber loss",
  absolute: "absolute loss",
  quantile: "quantile loss",
  poisson: "Poisson loss",
  bpr: "BPR loss",
  logistic: "logistic loss",
};

function modelSettings(settings: Record<string, unknown>, setting: MakeSetting): Setting[] {
  const { hidden, activation, loss, delta, quantile, width, rank, biases, penalty, scale } = settings;
  const list: Setting[] = [];
  if (Array.isArray(hidden)) list.push(setting("hidden", hidden.join(", "), hidden as number[], "hidden units"));
  if (typeof activation === "string") list.push(setting("activation", activation, activation, "activation"));
  const words = lossWords[String(loss)];
  if (typeof loss === "string" && words !== undefined) {
    const smoothed =
      typeof width === "number" ? `, smoothed in an interval of width ${formatNumber(width)} around 0` : "";
    list.push(setting("loss", words + smoothed, loss));
  }
  if (typeof delta === "number") list.push(setting("delta", formatNumber(delta), delta, "delta"));
  if (typeof quantile === "number") list.push(setting("quantile", formatNumber(quantile), quantile, "quantile"));
  if (typeof rank === "number") list.push(setting("rank", String(rank), rank, "rank"));
  if (typeof biases === "boolean") list.push(setting("biases", biases ? "with biases" : "without biases", biases));
  if (typeof penalty === "string") {
    list.push(setting("penalty", penalty === "perRating" ? "penalty per rating" : "uniform penalty", penalty));
  }
  if (scale === null) list.push(setting("scale", "predictions not clipped", "none"));
  if (Array.isArray(scale)) {
    const [low, high] = scale as [number, number];
    list.push(setting("scale", `predictions clipped to ${formatNumber(low)} … ${formatNumber(high)}`, [low, high]));
  }
  return list;
}

function classSettings(
  { options: { classWeights, threshold: goal }, twoClasses, evaluation: { threshold } }: StartedRun,
  setting: MakeSetting,
): Setting[] {
  const list: Setting[] = [];
  if (classWeights !== undefined) list.push(setting("classWeights", classWeights, classWeights, "class weights"));
  if (twoClasses !== null) {
    const { classes, reason } = twoClasses;
    list.push(setting("positive", `${classes[1]} (${reason})`, classes[1], "positive class"));
    if (threshold !== null)
      list.push(setting("threshold", thresholdWords(goal!, threshold), threshold.threshold, "threshold"));
  }
  return list;
}

/** The threshold, and how it was chosen. */
function thresholdWords(goal: NonNullable<TrainOptions["threshold"]>, { threshold, value }: Threshold): string {
  if (typeof goal === "number" || value === null) return formatNumber(threshold);
  const found =
    goal === "f1"
      ? `for the largest F1, ${formatNumber(value)}`
      : `for the lowest mean cost of a row, ${formatNumber(value)}`;
  return `${formatNumber(threshold)} (${found}, by cross-validation on the training rows)`;
}
