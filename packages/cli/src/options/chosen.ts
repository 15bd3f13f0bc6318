// What the user chose for a training run. What is left out stays undefined: the library then resolves it, and the run
// prints what it resolved.
import { UsageError } from "../errors.ts";
import {
  adaptive,
  isSmooth,
  type ModelName,
  modelNames,
  type OptimizerName,
  optimizerNames,
  ownersOf,
  proximal,
} from "../model/names.ts";
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
 * @throws UsageError for an option that the model does not have, an optimizer that wants a rate, or none, or full batches,
 * or l1 with an optimizer that cannot follow it
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
  const { optimizer, l1 = 0 } = chosen;
  if (optimizer === undefined) return;
  if (optimizer === "automatic") requireAutomatic(chosen, model);
  else requireRate(optimizer, chosen, model);
  if (l1 > 0 && !proximal.includes(optimizer)) {
    throw new UsageError(
      `${who}: --optimizer must be automatic, plain, momentum or nesterov with --l1, got ${optimizer}. ` +
        "Choose one of these.",
    );
  }
}

function requireAutomatic({ learningRate, batchSize, loss }: Chosen, model: ModelName): void {
  if (learningRate !== undefined) {
    throw new UsageError(
      `${who}: --learning-rate must be left out with --optimizer automatic, which finds its own, got ${learningRate}. ` +
        "Leave out one of them.",
    );
  }
  if (batchSize === "full" || (batchSize === undefined && isSmooth(model, loss))) return;
  const got = batchSize ?? `none, which for a ${model === "svm" ? "hinge" : model} means mini-batches`;
  throw new UsageError(
    `${who}: --batch-size must be full with --optimizer automatic, got ${got}. Add --batch-size full.`,
  );
}

function requireRate(optimizer: OptimizerName, { learningRate, loss }: Chosen, model: ModelName): void {
  const plainByItself = model !== "network" && !isSmooth(model, loss);
  const own = optimizer === "plain" ? plainByItself : adaptive.includes(optimizer);
  if (learningRate !== undefined || own) return;
  const where = optimizer === "plain" ? ` and --model ${model}` : "";
  throw new UsageError(
    `${who}: --learning-rate must be given with --optimizer ${optimizer}${where}, got none. ` +
      "Start with --learning-rate 0.01.",
  );
}
