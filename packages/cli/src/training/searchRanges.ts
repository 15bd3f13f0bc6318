// The ranges of --search, and the options of one of its trials.
import { InvalidArgumentError } from "commander";
import type { Interval, Ranges } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import type { SearchChoice } from "../options/evaluationValues.ts";
import { flagOf, type OptionTable } from "../options/option.ts";
import { type TrainOptions, trainOptions } from "../options/trainOptions.ts";

/** The options that a search can try; those of an interval with the kind of its numbers. */
const searchable: Readonly<Record<string, "list" | "number" | "integer">> = {
  l2: "number",
  l1: "number",
  learningRate: "number",
  delta: "number",
  batchSize: "integer",
  epochs: "integer",
  ...{ hidden: "list", activation: "list", optimizer: "list", loss: "list", classWeights: "list" },
};

/** The values of one trial: values of options, or "auto" for the default of the model. */
export type TrialValues = Readonly<Record<string, unknown>>;

/** The text of a value that means the default of the model. */
const AUTO = "auto";

/** @throws UsageError for an option that cannot be searched or is set too, a value that it does not have, or a wrong interval */
export function searchRanges(options: TrainOptions): Ranges {
  const choices = options.search ?? [];
  const ranges: Record<string, readonly unknown[] | Interval> = {};
  forAll(choices, ({ option, values }) => {
    const name = nameOf(option);
    if (Object.hasOwn(ranges, name)) {
      throw new UsageError(
        `train: --search names ${option} twice. Write all its values in one list, such as l2=0.1|1.`,
      );
    }
    if (Object.hasOwn(options, name)) {
      throw new UsageError(
        `train: ${flagOf(name)} and --search both set ${option}. Leave out ${flagOf(name)}, or remove ${option} from --search.`,
      );
    }
    ranges[name] = rangeOf(name, option, values);
  });
  return ranges;
}

function nameOf(option: string): string {
  const name = Object.keys(searchable).find((each) => each === option || flagOf(each) === `--${option}`);
  if (name !== undefined) return name;
  const flags = Object.keys(searchable).map((each) => flagOf(each).slice(2));
  throw new UsageError(`train: --search cannot try the option ${show(option)}. ${adviceOnName(option, flags)}`);
}

function rangeOf(name: string, option: string, values: SearchChoice["values"]): readonly unknown[] | Interval {
  const [from, to, ...more] = values[0]!.split("..");
  if (values.length === 1 && to !== undefined && more.length === 0) return intervalOf(name, option, from!, to);
  return values.map((value) => (value === AUTO ? AUTO : optionValue(name, option, value)));
}

/** "1e-4..1": an interval; its logarithms are evenly distributed if the highest number is at least 100 times the lowest. */
function intervalOf(name: string, option: string, low: string, high: string): Interval {
  const kind = searchable[name]!;
  if (kind === "list") {
    throw new UsageError(
      `train: --search ${option} has no intervals, got ${low}..${high}. Write a list, such as ${option}=${example(name)}.`,
    );
  }
  const [from, to] = [low, high].map((each) => optionValue(name, option, each) as number) as [number, number];
  if (!(from < to)) {
    throw new UsageError(`train: --search ${option}=${low}..${high} must start at the lower number. Exchange the two.`);
  }
  return { from, to, scale: from > 0 && to >= 100 * from ? "log" : "linear", integer: kind === "integer" };
}

const example = (name: string): string =>
  name === "hidden" ? "16|32|64" : ((trainOptions as OptionTable)[name]!.choices ?? [AUTO]).slice(0, 2).join("|");

/** The value of an option, as the command line reads it. */
function optionValue(name: string, option: string, text: string): unknown {
  const { parse, choices } = (trainOptions as OptionTable)[name]!;
  const wrong = (rule: string): UsageError =>
    new UsageError(`train: --search ${option} cannot have the value ${show(text)}. ${rule}`);
  if (choices !== undefined) {
    if (choices.includes(text)) return text;
    throw wrong(`Choose one of ${[...choices, AUTO].join(", ")}.`);
  }
  try {
    const value = parse!(text);
    if (searchable[name] !== "integer" || typeof value === "number" || value === "full") return value;
    throw wrong("Write a number.");
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw wrong(error.message);
    throw error;
  }
}

/** The options of a trial. */
export function withValues(options: TrainOptions, values: TrialValues): TrainOptions {
  const set = Object.entries(values).filter(([, value]) => value !== AUTO);
  return { ...options, ...Object.fromEntries(set) };
}

/** "l2 0.012, hidden 16,8": the values of a trial for people. */
export const valuesText = (values: TrialValues): string =>
  Object.entries(values)
    .map(([name, value]) => `${flagOf(name).slice(2)} ${String(value)}`)
    .join(", ");
