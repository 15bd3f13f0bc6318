// Whether the options that were given fit the model, and each other.
import { UsageError } from "../errors/errors.ts";
import { adaptive, isSmooth, type ModelName, type OptimizerName, proximal } from "./modelNames.ts";
import { flagOf, type OptionTable } from "./option.ts";
import { type TrainOptions, trainOptions } from "./trainOptions.ts";

const command = "train";

/**
 * @throws UsageError for an option that the model does not have, an optimizer that wants a rate, or none, or full batches,
 * or l1 with an optimizer that cannot follow it
 */
export function requireCompatible(options: TrainOptions, model: ModelName, byDefault: boolean): void {
  for (const name of Object.keys(options)) {
    const { models, helpOff } = (trainOptions as OptionTable)[name]!;
    if (models === undefined || models.includes(model)) continue;
    const flag = helpOff === undefined ? flagOf(name) : flagOf(name).replace("--", "--[no-]");
    throw new UsageError(
      `${command}: ${flag} must go with --model ${models.join(" or ")}, got ${model}${byDefault ? ", the model of this target" : ""}. ` +
        `Leave it out, or choose the model.`,
    );
  }
  const { optimizer, l1 = 0 } = options;
  if (optimizer === undefined) return;
  if (optimizer === "automatic") requireAutomatic(options, model);
  else requireRate(optimizer, options, model);
  if (l1 > 0 && !proximal.includes(optimizer)) {
    throw new UsageError(
      `${command}: --optimizer must be automatic, plain, momentum or nesterov with --l1, got ${optimizer}. ` +
        "Choose one of these.",
    );
  }
}

function requireAutomatic(options: TrainOptions, model: ModelName): void {
  const { learningRate, batchSize, loss } = options;
  if (learningRate !== undefined) {
    throw new UsageError(
      `${command}: --learning-rate must be left out with --optimizer automatic, which finds its own, got ${learningRate}. ` +
        "Leave out one of them.",
    );
  }
  const byDefault = batchSize === undefined && (isSmooth(model, loss) || isFullFactorization(options, model));
  if (batchSize === "full" || byDefault) return;
  const got = batchSize ?? `none, which for a ${model === "svm" ? "hinge" : model} means mini-batches`;
  throw new UsageError(
    `${command}: --batch-size must be full with --optimizer automatic, got ${got}. Add --batch-size full.`,
  );
}

/** Whether the model is a factorization in full batch, as it is by default with the uniform penalty. */
const isFullFactorization = (
  { penalty, batchSize }: Pick<TrainOptions, "penalty" | "batchSize">,
  model: ModelName,
): boolean => model === "factorization" && (batchSize ?? (penalty === "uniform" ? "full" : 1)) === "full";

type ForRate = Pick<TrainOptions, "optimizer" | "loss" | "penalty" | "batchSize">;

/** Whether the optimizer finds a rate by itself when --learning-rate is left out. */
export function canOmitRate(options: ForRate, model: ModelName): boolean {
  const { optimizer, loss } = options;
  if (optimizer === "plain") {
    return model !== "network" && !isSmooth(model, loss) && !isFullFactorization(options, model);
  }
  return optimizer === undefined || optimizer === "automatic" || adaptive.includes(optimizer);
}

function requireRate(optimizer: OptimizerName, options: TrainOptions, model: ModelName): void {
  if (options.learningRate !== undefined || canOmitRate(options, model)) return;
  const where = optimizer === "plain" ? ` and --model ${model}` : "";
  throw new UsageError(
    `${command}: --learning-rate must be given with --optimizer ${optimizer}${where}, got none. ` +
      "Start with --learning-rate 0.01.",
  );
}
