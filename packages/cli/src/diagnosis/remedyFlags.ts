// The remedies of the library as options of the command.
import type { RateSpec, Remedy, ScheduleSpec } from "downhill";
import { flagOf } from "../options/option.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { type ScheduleChoice, scheduleText } from "../options/values.ts";

/**
 * The remedies of a run with these options as sentences with the options that apply them: "Set the learning rate to 0.31 (--learning-rate 0.31)." A remedy
 * that no option of the command can apply is left out, such as another optimizer where none is set.
 */
export function remedyTexts(remedies: readonly Remedy[], set: TrainOptions): string[] {
  return remedies.flatMap((remedy) => {
    const flags = flagsOf(remedy, set);
    return flags === null ? [] : [`${remedy.text.replace(/\.$/, "")} (${flags}).`];
  });
}

/** "--optimizer automatic --batch-size full, without --learning-rate": how to change the command line; null if that is not possible. */
function flagsOf({ options }: Remedy, set: TrainOptions): string | null {
  const { learningRate, optimizer, batchSize, l2, epochs, standardize, activation, classWeights, start } = options;
  const own = typeof optimizer === "object" ? optimizer : undefined;
  const ownRate = learningRate ?? (own?.["rate"] as RateSpec | undefined);
  const { rate, schedule } = typeof ownRate === "object" ? splitSchedule(ownRate) : { rate: ownRate };
  if (typeof rate === "object") return null;
  const values = {
    "--optimizer": own?.optimizer,
    "--learning-rate": rate,
    "--schedule": schedule,
    "--batch-size": batchSize,
    "--l2": l2,
    "--epochs": epochs,
    "--activation": activation,
    "--class-weights": classWeights,
    "--start": start,
  };
  const added = Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${value}`]));
  const keepsRate = own === undefined && optimizer === undefined;
  const isOther = !keepsRate && own?.optimizer !== (set.optimizer ?? "plain");
  const removed = [
    ...(standardize === true && set.standardize === false ? ["--no-standardize"] : []),
    ...(optimizer === "default" && set.optimizer !== undefined ? ["--optimizer"] : []),
    ...(!keepsRate && rate === undefined && typeof set.learningRate === "number" ? ["--learning-rate"] : []),
    ...(batchSize === "full" && set.order === "replacement" ? ["--order"] : []), // it needs batches
    ...(isOther
      ? changesOfRule
          .map(flagOf)
          .filter(
            (flag, i) => set[changesOfRule[i]!] !== undefined && !added.some((text) => text.startsWith(`${flag} `)),
          )
      : []),
  ];
  if (added.length === 0 && removed.length === 0) return null;
  return [
    ...(added.length > 0 ? [added.join(" ")] : []),
    ...(removed.length > 0 ? [`without ${removed.join(" and ")}`] : []),
  ].join(", ");
}

/** Options that belong to the optimizer that the command line names. */
const changesOfRule = ["schedule", "warmUp", "decay", "beta1", "beta2", "epsilon"] as const;

/** A schedule that the command has: its first learning rate, and its text. */
function splitSchedule({ rate, ...schedule }: ScheduleSpec): { readonly rate: RateSpec; readonly schedule: string } {
  return { rate, schedule: scheduleText(schedule as ScheduleChoice) };
}

/** "Standardize the columns.", "Or set the learning rate to 0.1." */
export const alternatives = (texts: readonly string[]): string[] =>
  texts.map((text, i) => (i === 0 ? text : `Or ${text[0]!.toLowerCase()}${text.slice(1)}`));
