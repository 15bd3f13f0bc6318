// Whether the options that were given fit the model, and each other.
import { UsageError } from "../errors.ts";
import { adaptive, isSmooth, type ModelName, type OptimizerName, proximal } from "../model/names.ts";
import { flagOf, type OptionTable } from "./option.ts";
import { type Chosen, trainOptions } from "./train.ts";

const who = "train";

/**
 * @throws UsageError for an option that the model does not have, an optimizer that wants a rate, or none, or full batches,
 * or l1 with an optimizer that cannot follow it
 */
export function requireFitting(chosen: Chosen, model: ModelName, byDefault: boolean): void {
  for (const name of Object.keys(chosen)) {
    const { models, helpOff } = (trainOptions as OptionTable)[name]!;
    if (models === undefined || models.includes(model)) continue;
    const flag = helpOff === undefined ? flagOf(name) : flagOf(name).replace("--", "--[no-]");
    throw new UsageError(
      `${who}: ${flag} must go with --model ${models.join(" or ")}, got ${model}${byDefault ? ", the model of this target" : ""}. ` +
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

/** Whether the optimizer finds a rate by itself when --learning-rate is left out. */
export function canOmitRate({ optimizer, loss }: Pick<Chosen, "optimizer" | "loss">, model: ModelName): boolean {
  if (optimizer === "plain") return model !== "network" && !isSmooth(model, loss);
  return optimizer === undefined || optimizer === "automatic" || adaptive.includes(optimizer);
}

function requireRate(optimizer: OptimizerName, chosen: Chosen, model: ModelName): void {
  if (chosen.learningRate !== undefined || canOmitRate(chosen, model)) return;
  const where = optimizer === "plain" ? ` and --model ${model}` : "";
  throw new UsageError(
    `${who}: --learning-rate must be given with --optimizer ${optimizer}${where}, got none. ` +
      "Start with --learning-rate 0.01.",
  );
}
