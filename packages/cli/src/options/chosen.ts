// What the user chose for a training run. What is left out stays undefined: the library then resolves it, and the run
// prints what it resolved.
import { UsageError } from "../errors.ts";
import { adaptive, type ModelName, modelNames, type OptimizerName, optimizerNames, ownersOf } from "../model/names.ts";
import { atLeastZero, positive, reader, share, wholeAbove, wholeFromZero } from "./values.ts";

export interface Chosen {
  readonly target?: string;
  readonly model?: ModelName;
  readonly drop?: readonly string[];
  readonly user?: string;
  readonly item?: string;
  readonly rating?: string;
  readonly batchSize?: "full" | number;
  readonly optimizer?: OptimizerName;
  readonly learningRate?: number;
  readonly epochs?: number;
  readonly patience?: number;
  readonly l2?: number;
  readonly l1?: number;
  readonly seed?: number;
  readonly holdOut?: number;
  readonly standardize?: boolean;
  readonly classWeights?: "balanced";
  readonly hidden?: readonly number[];
  readonly activation?: "relu" | "tanh" | "sigmoid";
  readonly loss?: "hinge" | "squaredHinge";
  readonly rank?: number;
  readonly penalty?: "perRating" | "uniform";
  readonly biases?: boolean;
}

/** The options as commander found them. */
export type Raw = Readonly<Record<string, string | boolean | undefined>>;

const who = "train";

/** "--batch-size" of "batchSize". */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * The choices of a command line.
 *
 * @throws UsageError for a value that its option does not take
 */
export function readChosen(raw: Raw): Chosen {
  const read = reader(who);
  const all: Record<keyof Chosen, (text: string, flag: string) => unknown> = {
    target: (text) => text,
    model: (text, flag) => read.oneOf(flag, text, modelNames),
    drop: (text, flag) => read.names(flag, text),
    user: (text) => text,
    item: (text) => text,
    rating: (text) => text,
    batchSize: (text, flag) => (text === "full" ? text : read.number(flag, text, batch)),
    optimizer: (text, flag) => read.oneOf(flag, text, optimizerNames),
    learningRate: (text, flag) => read.number(flag, text, positive),
    epochs: (text, flag) => read.number(flag, text, wholeAbove),
    patience: (text, flag) => read.number(flag, text, wholeAbove),
    l2: (text, flag) => read.number(flag, text, atLeastZero),
    l1: (text, flag) => read.number(flag, text, atLeastZero),
    seed: (text, flag) => read.number(flag, text, wholeFromZero),
    holdOut: (text, flag) => read.number(flag, text, share),
    standardize: () => undefined,
    classWeights: (text, flag) => read.oneOf(flag, text, ["balanced"]),
    hidden: (text, flag) => read.sizes(flag, text),
    activation: (text, flag) => read.oneOf(flag, text, ["relu", "tanh", "sigmoid"]),
    loss: (text, flag) => read.oneOf(flag, text, ["hinge", "squaredHinge"]),
    rank: (text, flag) => read.number(flag, text, wholeAbove),
    penalty: (text, flag) => read.oneOf(flag, text, ["perRating", "uniform"]),
    biases: () => undefined,
  };
  const chosen: Record<string, unknown> = {};
  for (const [name, readOne] of Object.entries(all)) {
    const value = raw[name];
    if (value !== undefined) chosen[name] = typeof value === "string" ? readOne(value, flagOf(name)) : value;
  }
  return chosen;
}

const batch = { ...wholeAbove, words: "full or a whole number of at least 1" };

/**
 * @throws UsageError for an option that the model does not have, an optimizer that wants a rate, or l1 with an optimizer
 * that cannot follow it
 */
export function requireFitting(chosen: Chosen, model: ModelName, byDefault: boolean): void {
  for (const name of Object.keys(chosen)) {
    const owners = ownersOf[name];
    if (owners === undefined || owners.includes(model)) continue;
    const flag = name === "biases" || name === "standardize" ? `--[no-]${name}` : flagOf(name);
    throw new UsageError(
      `${who}: ${flag} must go with --model ${owners.join(" or ")}, got ${model}${byDefault ? ", the model of this target" : ""}. ` +
        `Leave it out, or choose the model.`,
    );
  }
  const { optimizer, learningRate, l1 = 0 } = chosen;
  if (optimizer === undefined) return;
  const own = optimizer === "plain" ? model !== "network" : adaptive.includes(optimizer);
  if (learningRate === undefined && !own) {
    throw new UsageError(
      `${who}: --learning-rate must be given with --optimizer ${optimizer}${optimizer === "plain" ? " and a network" : ""}, ` +
        "got none. Start with --learning-rate 0.01.",
    );
  }
  if (l1 > 0 && adaptive.includes(optimizer)) {
    throw new UsageError(
      `${who}: --optimizer must be plain, momentum or nesterov with --l1, got ${optimizer}. Choose one of these.`,
    );
  }
}
