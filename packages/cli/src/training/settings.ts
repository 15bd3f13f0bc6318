// What a run resolved, for people and for JSON: each setting once, and whether it was chosen or is a default.

import { formatCount, formatNumber } from "@downhill/plots/format";
import type { FittedModel } from "downhill";
import { optimizerOf, VALIDATION_SHARE } from "../model/estimator.ts";
import type { TwoClasses } from "../model/twoClasses.ts";
import { isSmooth, type ModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";

/** One setting of a run. */
export interface Setting {
  /** As JSON and the option spell it. */
  readonly name: string;
  readonly value: string | number | boolean | readonly number[];
  /** What is printed before the words if they are not clear alone: "learning rate". */
  readonly label: string;
  /** The value as people read it, with its meaning if the value alone is not clear. */
  readonly words: string;
  /** Whether the user set it; else it is a default. */
  readonly isSet: boolean;
}

/** A setting as a phrase: "learning rate 0.01", "full batch". */
export const phraseOf = ({ label, words }: Setting): string => (label === "" ? words : `${label} ${words}`);

/** What is known once the first update is done. */
export interface Situation {
  readonly model: ModelName;
  readonly options: TrainOptions;
  readonly twoClasses: TwoClasses | null;
  readonly fitted: FittedModel;
  /** The rate of the first update that was observed. */
  readonly learningRate: number;
  /** The number of that update. */
  readonly update: number;
}

/** Whether a run ends once at most a billionth of its loss can still be gained: the smooth linear models in full batch. */
export function awaitsConvergence({ fitted }: Pick<Situation, "fitted">): boolean {
  const { kind, options, settings } = fitted as FittedModel & { settings: Record<string, unknown> };
  return isSmooth(kind, settings["loss"]) && options["batchSize"] === "full";
}

const byModel = (options: TrainOptions): boolean => optimizerOf(options) === undefined;

/** How the default l2 is computed; linear regression and factorization have a fixed one. */
const remarkOnL2 = (model: ModelName): string => (["linear", "factorization"].includes(model) ? "" : " (1/rows)");

/** The settings of a run, in the order they are shown. */
export function settingsOf(situation: Situation): Setting[] {
  const { model, options: set, fitted } = situation;
  const { options, settings } = fitted as { options: Record<string, unknown>; settings: Record<string, unknown> };
  const of: Of = (name, words, value, label = "") => ({ name, value, label, words, isSet: name in set });
  const number = (name: string, remark = "", label = name): Setting => {
    const value = options[name] as number;
    return of(name, formatNumber(value) + remark, value, label);
  };
  const optimizer = String(options["optimizer"]);
  const batchSize = options["batchSize"] as "full" | number;
  const plan = planOf(situation, of);
  const list: Setting[] = [
    of("optimizer", ["plain", "automatic"].includes(optimizer) ? `${optimizer} descent` : optimizer, optimizer),
    of("batchSize", batchSize === "full" ? "full batch" : `batches of ${formatCount(batchSize)}`, batchSize),
    plan.rate,
    of("epochs", plan.epochs, options["epochs"] as number),
  ];
  if (set.patience !== undefined) {
    const watched = options["watched"]; // of ratings, of which fewer than the share may be watched
    const share =
      typeof watched === "number"
        ? `${formatCount(watched)} training ratings`
        : `${100 * VALIDATION_SHARE} % of the training rows`;
    list.push(of("patience", `stops ${set.patience} epochs after the best loss on ${share}`, set.patience));
  }
  list.push(number("l2", set.l2 === undefined ? remarkOnL2(model) : ""));
  if (options["l1"] !== undefined && ["linear", "logistic", "softmax"].includes(model)) list.push(number("l1"));
  if (typeof options["standardize"] === "boolean") {
    const what = model === "factorization" ? "ratings" : "columns";
    const words = options["standardize"] ? `standardized ${what}` : `${what} as they are`;
    list.push(of("standardize", words, options["standardize"]));
  }
  const seed = of("seed", String(options["seed"]), options["seed"] as number, "seed");
  return [...list, ...modelSettings(settings, of), ...classWeights(set, of), ...positive(situation, of), seed];
}

type Of = (name: string, words: string, value: Setting["value"], label?: string) => Setting;

function modelSettings(settings: Record<string, unknown>, of: Of): Setting[] {
  const { hidden, activation, loss, rank, biases, penalty, scale } = settings;
  const list: Setting[] = [];
  if (Array.isArray(hidden)) list.push(of("hidden", hidden.join(", "), hidden as number[], "hidden layers"));
  if (typeof activation === "string") list.push(of("activation", activation, activation));
  if (typeof loss === "string") list.push(of("loss", loss === "hinge" ? "hinge loss" : "squared hinge loss", loss));
  if (typeof rank === "number") list.push(of("rank", String(rank), rank, "rank"));
  if (typeof biases === "boolean") list.push(of("biases", biases ? "with biases" : "without biases", biases));
  if (typeof penalty === "string") {
    list.push(of("penalty", penalty === "perRating" ? "penalty per rating" : "uniform penalty", penalty));
  }
  if (scale === null) list.push(of("scale", "predictions not clipped", "none"));
  if (Array.isArray(scale)) {
    const [low, high] = scale as [number, number];
    list.push(of("scale", `predictions clipped to ${formatNumber(low)} … ${formatNumber(high)}`, [low, high]));
  }
  return list;
}

const classWeights = ({ classWeights }: TrainOptions, of: Of): Setting[] =>
  classWeights === undefined ? [] : [of("classWeights", "classes weighted to balance", classWeights)];

function positive({ twoClasses }: Situation, of: Of): Setting[] {
  if (twoClasses === null) return [];
  const { classes, reason } = twoClasses;
  return [of("positive", `${classes[1]} is the positive class (${reason})`, classes[1])];
}

/** The setting of the learning rate, and the words on the number of epochs. */
function planOf(
  { model, options, fitted, learningRate, update }: Situation,
  of: Of,
): { rate: Setting; epochs: string } {
  const most = `${formatCount(fitted.options["epochs"] as number)} epochs`;
  const epochs = awaitsConvergence({ fitted })
    ? `at most ${most}; ends when at most a billionth of the loss can be gained`
    : `at most ${most}`;
  const value = formatNumber(learningRate);
  const rate = (words: string, label = "learning rate") => of("learningRate", words, learningRate, label);
  if (fitted.options["optimizer"] === "automatic") {
    const seen = update === 1 ? `the first is ${value}` : `${value} at update ${formatCount(update)}`;
    return { rate: rate(`chosen automatically at every update (${seen})`, "learning rate:"), epochs };
  }
  if (!byModel(options) || model === "network" || model === "factorization") return { rate: rate(value), epochs };
  const hinge = (fitted as { settings: Record<string, unknown> }).settings["loss"] === "hinge";
  const at = update === 1 ? "" : ` at update ${formatCount(update)}`;
  return { rate: rate(`${value}${at}, falling ${hinge ? "as 1/t, averaged" : "along a cosine"}`), epochs };
}
