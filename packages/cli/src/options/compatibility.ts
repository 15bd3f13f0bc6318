// Checks that the options of `downhill train` fit the model and each other.
import { UsageError } from "../errors/errors.ts";
import { forAll } from "../errors/severalErrors.ts";
import {
  adaptive,
  implicitLosses,
  isConvex,
  linearLosses,
  type ModelName,
  type OptimizerName,
  optimizerNames,
  optimizerNumbers,
  proximal,
  rateFree,
  svmLosses,
} from "./modelNames.ts";
import { flagOf, type OptionTable } from "./option.ts";
import { type TrainOptions, trainOptions } from "./trainOptions.ts";

/**
 * Checks the options against the model and against each other.
 *
 * @param byDefault  whether the model was chosen from the target, not by --model
 * @throws UsageError for an option that the model or its loss does not have; for an optimizer that needs a learning rate, chooses its own,
 * or works only in full batch; for a schedule without a learning rate, and a number that the optimizer does not have; for --l1 with an optimizer that does not support it; for --local-epochs and --order replacement in full batch
 */
export function requireCompatible(options: TrainOptions, model: ModelName, byDefault: boolean): void {
  forAll(Object.keys(options), (name) => {
    const { models, helpOff } = (trainOptions as OptionTable)[name]!;
    if (models === undefined || models.includes(model)) return;
    const flag = helpOff === undefined ? flagOf(name) : flagOf(name).replace("--", "--[no-]");
    throw new UsageError(
      `train: the model ${model}${suits(byDefault)} has no option ${flag}. ` +
        `Leave out ${flag}, or use --model ${alternatives(models)}.`,
    );
  });
  requireLoss(options, model, byDefault);
  if (model === "factorization") requireFeedback(options);
  if (options.localEpochs) requireBatches("--local-epochs", options, model);
  if (options.order === "replacement") requireBatches("--order replacement", options, model);
  requireOptimizerNumbers(options);
  requireRateToChange(options);
  const { optimizer, l1 = 0 } = options;
  if (optimizer === undefined) return;
  if (rateFree.includes(optimizer)) requireNoRate(optimizer, options);
  if (optimizer === "automatic") requireFullBatch(options, model);
  else requireLearningRate(optimizer, options, model);
  if (l1 > 0 && !proximal.includes(optimizer)) {
    throw new UsageError(
      `train: --l1 does not work with --optimizer ${optimizer}. Use --optimizer ${alternatives(proximal)}, or leave out --l1.`,
    );
  }
}

const suits = (byDefault: boolean): string => (byDefault ? ", which suits this target," : "");

const losses: Readonly<Record<"linear" | "svm" | "factorization", readonly string[]>> = {
  linear: linearLosses,
  svm: svmLosses,
  factorization: implicitLosses,
};

/** @throws UsageError for options of ratings with implicit feedback, and for options of implicit feedback with ratings */
function requireFeedback(options: TrainOptions): void {
  const isImplicit = options.feedback === "implicit";
  const others = isImplicit
    ? (["rating", "penalty", "scale", "standardize", "duplicates"] as const)
    : (["loss", "negatives"] as const);
  forAll(others, (name) => {
    if (options[name] === undefined) return;
    throw new UsageError(
      isImplicit
        ? `train: ${flagOf(name)} does not work with --feedback implicit, which has no ratings. Leave out ${flagOf(name)}.`
        : `train: ${flagOf(name)} of a factorization works only with --feedback implicit. Add --feedback implicit, or leave out ${flagOf(name)}.`,
    );
  });
}

/** @throws UsageError for a loss of another model, and for --delta or --quantile without its loss, or the reverse */
function requireLoss({ loss, delta, quantile }: TrainOptions, model: ModelName, byDefault: boolean): void {
  const own = losses[model as keyof typeof losses] ?? [];
  if (loss !== undefined && !own.includes(loss)) {
    const other = Object.entries(losses).find(([, names]) => names.includes(loss))![0];
    throw new UsageError(
      `train: the model ${model}${suits(byDefault)} has no --loss ${loss}. Use --loss ${alternatives(own)}, or use --model ${other}.`,
    );
  }
  for (const [name, value, its] of [
    ["delta", delta, "huber"],
    ["quantile", quantile, "quantile"],
  ] as const) {
    if (value === undefined || loss === its) continue;
    throw new UsageError(`train: --${name} works only with --loss ${its}. Add --loss ${its}, or leave out --${name}.`);
  }
  if (loss === "quantile" && quantile === undefined) {
    throw new UsageError("train: --loss quantile needs --quantile. Add --quantile 0.9, for example.");
  }
}

/** "a", "a or b", "a, b or c". */
const alternatives = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

function requireNoRate(optimizer: OptimizerName, { learningRate }: TrainOptions): void {
  if (typeof learningRate !== "number") return;
  throw new UsageError(
    `train: --optimizer ${optimizer} chooses its own learning rate, but --learning-rate is ${learningRate}. ` +
      "Leave out one of the two options.",
  );
}

/** @throws UsageError for a number that the optimizer does not have, and for a decay of 1 or more where the decay is a share */
function requireOptimizerNumbers(options: TrainOptions): void {
  const { optimizer, decay = 0 } = options;
  const own: readonly string[] = optimizer === undefined ? [] : optimizerNumbers[optimizer];
  forAll(["decay", "beta1", "beta2", "epsilon"] as const, (name) => {
    if (options[name] === undefined || own.includes(name)) return;
    const owners = optimizerNames.filter((each) => (optimizerNumbers[each] as readonly string[]).includes(name));
    throw new UsageError(
      `train: --${name} works only with --optimizer ${alternatives(owners)}. Use one of these optimizers, or leave out --${name}.`,
    );
  });
  if (decay < 1 || optimizer === "adamW") return;
  throw new UsageError(
    `train: --decay of --optimizer ${optimizer} must be below 1, got ${decay}. Use --decay 0.9, for example.`,
  );
}

/** @throws UsageError for --schedule or --warm-up without a learning rate that they can change */
function requireRateToChange({ schedule, warmUp, optimizer, learningRate }: TrainOptions): void {
  const flag = schedule !== undefined ? "--schedule" : "--warm-up";
  if ((schedule ?? warmUp) === undefined) return;
  if (optimizer !== undefined && rateFree.includes(optimizer)) {
    throw new UsageError(
      `train: ${flag} does not work with --optimizer ${optimizer}, which chooses its own learning rates. Leave out one of the two options.`,
    );
  }
  if (typeof learningRate === "number" || (optimizer !== undefined && adaptive.includes(optimizer))) return;
  throw new UsageError(
    `train: ${flag} needs a learning rate that it changes. Start with --learning-rate 0.01, or leave out ${flag}.`,
  );
}

function requireFullBatch(options: TrainOptions, model: ModelName): void {
  const { batchSize } = options;
  if (isFull(options, model)) return;
  const got =
    batchSize === undefined ? `the model ${model} uses mini-batches by default` : `--batch-size is ${batchSize}`;
  throw new UsageError(`train: --optimizer automatic needs full batches, but ${got}. Use --batch-size full.`);
}

/** @throws UsageError in full batch for an option that needs batches: ranks share it without local epochs, and it draws no rows */
function requireBatches(flag: string, options: TrainOptions, model: ModelName): void {
  const { batchSize, search = [] } = options;
  const isSearched = batchSize === undefined && search.some(({ option }) => /^batch-?size$/i.test(option));
  if (isSearched || !isFull(options, model)) return;
  const got = batchSize === undefined ? `the model ${model} uses full batches by default` : "--batch-size is full";
  throw new UsageError(
    `train: ${flag} needs batches, but ${got}. Use --batch-size 1, for example, or leave out ${flag}.`,
  );
}

/** Whether the options or the defaults of the model say that every batch is all rows. */
const isFull = (options: TrainOptions, model: ModelName): boolean =>
  options.batchSize === undefined
    ? isConvex(model) || isFullFactorization(options, model)
    : options.batchSize === "full";

/** Whether the model is a factorization in full batch; with the uniform penalty that is the default. */
const isFullFactorization = (
  { penalty, batchSize }: Pick<TrainOptions, "penalty" | "batchSize">,
  model: ModelName,
): boolean => model === "factorization" && (batchSize ?? (penalty === "uniform" ? "full" : 1)) === "full";

type LearningRateOptions = Pick<TrainOptions, "optimizer" | "penalty" | "batchSize">;

/** Whether there is a default learning rate for the optimizer and the model. */
export function canOmitRate(options: LearningRateOptions, model: ModelName): boolean {
  const { optimizer } = options;
  if (optimizer === "plain") {
    return model !== "network" && !isConvex(model) && !isFullFactorization(options, model);
  }
  return optimizer === undefined || rateFree.includes(optimizer) || adaptive.includes(optimizer);
}

function requireLearningRate(optimizer: OptimizerName, options: TrainOptions, model: ModelName): void {
  if (typeof options.learningRate === "number" || canOmitRate(options, model)) return;
  const where = optimizer === "plain" ? ` with --model ${model}` : "";
  throw new UsageError(
    `train: --optimizer ${optimizer}${where} needs a learning rate. Start with --learning-rate 0.01.`,
  );
}
