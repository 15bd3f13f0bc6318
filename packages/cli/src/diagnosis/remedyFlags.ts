// The remedies of the library as options of the command.
import type { Remedy } from "downhill";

/** Whether options of the command can apply the remedy. The command has no option for a schedule of learning rates. */
export const isOption = ({ options: { optimizer } }: Remedy): boolean =>
  typeof optimizer !== "object" || typeof optimizer["rate"] !== "object";

/** The remedy with the options of the command that apply it: "Set the learning rate to 0.31 (--learning-rate 0.31)." */
export function remedyText(remedy: Remedy): string {
  const flags = flagsOf(remedy);
  return flags.length === 0 ? remedy.text : `${remedy.text.replace(/\.$/, "")} (${flags.join(" ")}).`;
}

/** The options of the command; empty where it has none, or where options must be left out. */
export function flagsOf({ options }: Remedy): string[] {
  const { learningRate, optimizer, batchSize, l2, epochs, standardize, activation, start } = options;
  if (start !== undefined || optimizer === "default" || standardize === true) return [];
  const own = typeof optimizer === "object" ? optimizer : undefined;
  const rate = learningRate ?? own?.["rate"];
  return [
    ...(own === undefined ? [] : ["--optimizer", own.optimizer]),
    ...(typeof rate === "number" ? ["--learning-rate", String(rate)] : []),
    ...(batchSize === undefined ? [] : ["--batch-size", String(batchSize)]),
    ...(l2 === undefined ? [] : ["--l2", String(l2)]),
    ...(epochs === undefined ? [] : ["--epochs", String(epochs)]),
    ...(activation === undefined ? [] : ["--activation", activation]),
  ];
}
