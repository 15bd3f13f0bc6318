// Turns the text of an option into its value. A wrong text throws commander's InvalidArgumentError; commander prints the
// option and the text before the message of the error.
import { InvalidArgumentError } from "commander";
import type { ColumnKind, MissingRule } from "downhill";

const numberFrom =
  (rule: string, fits: (value: number) => boolean) =>
  (text: string): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new InvalidArgumentError(`It must be ${rule}.`);
  };

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

export const positive = numberFrom("a number above 0", (value) => value > 0);
export const atLeastZero = numberFrom("a number of at least 0", (value) => value >= 0);
export const betweenZeroAndOne = numberFrom("a number above 0 and below 1", (value) => value > 0 && value < 1);
export const count = numberFrom("a whole number of at least 1", isCount);
export const countUpTo = (max: number) =>
  numberFrom(`a whole number from 1 to ${max}`, (value) => isCount(value) && value <= max);
export const integerFromZero = numberFrom(
  "a whole number of at least 0",
  (value) => Number.isSafeInteger(value) && value >= 0,
);
export const share = numberFrom(
  "a share of at least 0 and less than 1, such as 0.2",
  (value) => value >= 0 && value < 1,
);

export const fromZeroToOne = numberFrom("a number of at least 0 and below 1", (value) => value >= 0 && value < 1);

/** "auto" for the default of the model, or a learning rate. */
export function learningRate(text: string): "auto" | number {
  return text === "auto" ? text : numberFrom("auto or a number above 0", (value) => value > 0)(text);
}

/** "full", or rows per update. */
export function batchSize(text: string): "full" | number {
  return text === "full" ? text : numberFrom("full or a whole number of at least 1", isCount)(text);
}

/** Where a run starts: zeros, the random start of the model, this start times a scale, or one number per parameter. */
export type StartChoice = "zeros" | "random" | `random*${number}` | readonly number[];

/** "zeros", "random", "random*0.1", or "0.5,-1". */
export function start(text: string): StartChoice {
  if (text === "zeros" || text === "random") return text;
  const rule = "zeros, random, random times a scale above 0 such as random*0.1, or numbers separated by commas";
  if (text.startsWith("random*"))
    return `random*${numberFrom(rule, (scale) => scale > 0)(text.slice("random*".length))}`;
  return text.split(",").map(numberFrom(rule, () => true));
}

/** An example of each schedule. */
export const SCHEDULES =
  "inverseTime:decay=0.01, step:factor=0.5,every=100, exponential:factor=0.5,every=100 or cosine:updates=1000,last=0.001";

const scheduleNumbers = {
  inverseTime: { decay: atLeastZero },
  step: { factor: positive, every: count },
  exponential: { factor: positive, every: count },
  cosine: { updates: count, last: positive },
} as const;

/** A schedule of the learning rate: its name and its numbers, which the library's function of this name has too. */
export interface ScheduleChoice {
  readonly schedule: keyof typeof scheduleNumbers;
  readonly [number: string]: string | number;
}

/** "step:factor=0.5,every=100": a schedule with all of its numbers. */
export function schedule(text: string): ScheduleChoice {
  const [name = "", list = "", ...more] = text.split(":");
  const numbers: Readonly<Record<string, (text: string) => number>> | undefined = Object.hasOwn(scheduleNumbers, name)
    ? scheduleNumbers[name as keyof typeof scheduleNumbers]
    : undefined;
  const entries = list.split(",").map((part) => part.split("="));
  const given = entries.map(([key]) => key!).sort();
  const isWhole = entries.every((entry) => entry.length === 2) && more.length === 0;
  if (numbers === undefined || !isWhole || String(given) !== String(Object.keys(numbers).sort())) {
    throw new InvalidArgumentError(`It must be a schedule with its numbers: ${SCHEDULES}.`);
  }
  const values = entries.map(([key, value]): [string, number] => {
    try {
      return [key!, numbers[key!]!(value!)];
    } catch (error) {
      throw error instanceof InvalidArgumentError ? new InvalidArgumentError(`${key}: ${error.message}`) : error;
    }
  });
  return { schedule: name as ScheduleChoice["schedule"], ...Object.fromEntries(values) };
}

/** "step:factor=0.5,every=100": a schedule as it is typed. */
export const scheduleText = ({ schedule: name, ...numbers }: ScheduleChoice): string =>
  `${name}:${Object.entries(numbers)
    .map(([key, value]) => `${key}=${value}`)
    .join(",")}`;

/** "32,16": the units of each hidden layer. */
export function layerSizes(text: string): number[] {
  return text.split(",").map(numberFrom("whole numbers of at least 1, separated by commas", isCount));
}

/** "none", or "1,5": a lower and a higher number. */
export function range(text: string): "none" | readonly [number, number] {
  if (text === "none") return text;
  const [low, high, ...more] = text.split(",").map((each) => (each.trim() === "" ? Number.NaN : Number(each)));
  if (Number.isFinite(low) && Number.isFinite(high) && low! < high! && more.length === 0) return [low!, high!];
  throw new InvalidArgumentError("It must be none, or two numbers separated by a comma, the lower one first.");
}

/**
 * "id,name": names of columns, each once. A name with a comma stands in double quotes, in which "" is a quote: the rules of a
 * line of CSV.
 */
export function columnNames(text: string): string[] {
  const names = csvItems(text);
  if (names?.every((name) => name !== "") && new Set(names).size === names.length) return names;
  throw new InvalidArgumentError(
    `It must be different names with commas between them, such as id,name. Put a name that has a comma in double quotes.`,
  );
}

/** The items of a line of CSV, without spaces around them; null if the line is not valid. */
function csvItems(text: string): string[] | null {
  const items: string[] = [];
  const item = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y;
  for (let more = true; more; ) {
    const found = item.exec(text);
    if (found === null) return null;
    items.push(found[1]?.replaceAll('""', '"') ?? found[2]!.trim());
    more = found[3] === ",";
  }
  return items;
}

/** "unknown,-1": texts with commas between them. A text with a comma stands in double quotes, as in a line of CSV. */
export function texts(text: string): string[] {
  const items = csvItems(text);
  if (items?.every((item) => item !== "")) return items;
  throw new InvalidArgumentError(
    "It must be texts with commas between them. Put a text that has a comma in double quotes.",
  );
}

const columnKinds = ["number", "boolean", "category", "ordinal", "date", "time", "words"] as const;

/** A column, and how the user wants it to be read. */
export interface ColumnChoice {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The format of dates or times. */
  readonly format?: string;
  /** The categories of an ordinal column, the lowest first. */
  readonly order?: readonly string[];
  /** The number of buckets of the words. */
  readonly buckets?: number;
  /** The seed of the hash of the words. */
  readonly seed?: number;
}

/** "zip:category,joined:date:%d/%m/%Y,text:words(65536)": columns with their kinds. Names and formats may contain commas and colons. */
export const columnChoices = (text: string): ColumnChoice[] => choices(text, isColumnChoice).map(columnChoice);

const isColumnChoice = (text: string): boolean => columnPattern.test(text);

const columnPattern = new RegExp(`^(.+):(${columnKinds.join("|")})(?::(.+)|(\\(.*\\)))?$`, "s");

function columnChoice(text: string): ColumnChoice {
  const [, name, kind, more, brackets] = columnPattern.exec(text) ?? [];
  const choice = { name: name!, kind: kind as ColumnKind };
  if (kind === "words" && brackets !== undefined) return { ...choice, ...wordsOptions(brackets) };
  if (kind === "ordinal" && more !== undefined) {
    const order = more.split("<").map((category) => category.trim());
    if (order.length > 1 && order.every((category) => category !== "")) return { ...choice, order };
  }
  if ((kind === "date" || kind === "time") && more?.includes("%")) return { ...choice, format: more };
  if (kind !== undefined && kind !== "ordinal" && more === undefined && brackets === undefined) return choice;
  throw new InvalidArgumentError(
    `It must be the name of a column, a colon, and one of ${columnKinds.join(", ")}, such as zip:category. ` +
      "A date or a time may have a format, such as joined:date:%d/%m/%Y, and an ordinal needs its order, such as size:ordinal:S<M<L. " +
      "Words may have a number of buckets and a seed, such as 'text:words(65536, seed 7)'.",
  );
}

/** "(65536)" or "(65536, seed 7)": the number of buckets and the seed of the hash. */
function wordsOptions(brackets: string): Pick<ColumnChoice, "buckets" | "seed"> {
  const [, buckets, seed] = /^\(\s*(\d+)\s*(?:,\s*seed\s+(\d+)\s*)?\)$/.exec(brackets) ?? [];
  const [count, own] = [Number(buckets), Number(seed ?? 0)];
  if (Number.isInteger(Math.log2(count)) && count >= 2 && count <= MOST_BUCKETS && Number.isSafeInteger(own)) {
    return { buckets: count, ...(seed !== undefined && { seed: own }) };
  }
  throw new InvalidArgumentError(
    `The number of buckets of words must be a power of two from 2 to ${MOST_BUCKETS}, and the seed a whole number, such as 'text:words(65536, seed 7)'.`,
  );
}

const MOST_BUCKETS = 2 ** 28;

/** "windows-1252": the name of an encoding that TextDecoder knows. */
export function encodingName(text: string): string {
  try {
    return new TextDecoder(text).encoding;
  } catch {
    throw new InvalidArgumentError("It must be the name of an encoding, such as utf-8, windows-1252 or shift_jis.");
  }
}

/** "#": one printable ASCII character that is not a quote. */
export function oneCharacter(text: string): string {
  if (/^[!#-~]$/.test(text)) return text;
  throw new InvalidArgumentError('It must be one character such as #, and not the quote ".');
}

/** ";", or "tab". */
export function delimiter(text: string): string {
  if (text === "tab" || text === "\\t" || text === "\t") return "\t";
  if (/^[ !#-~]$/.test(text)) return text;
  throw new InvalidArgumentError('It must be one character such as ; or the word tab, and not the quote ".');
}

const missingRules = ["median", "mean", "mostFrequent", "category", "leaveOut", "error"] as const;

/** The rule for the missing cells of a column, or of all columns. */
export interface MissingChoice {
  readonly name?: string;
  readonly rule: MissingRule;
}

const missingPattern = new RegExp(`^(?:(.+):)?(?:(${missingRules.join("|")})|constant:(.+))$`, "s");

/** "age:median,city:constant:unknown" or "leaveOut": rules for missing cells. */
export const missingChoices = (text: string): MissingChoice[] =>
  choices(text, (each) => missingPattern.test(each)).map((each) => {
    const [, name, rule, constant] = missingPattern.exec(each) ?? [];
    if (rule === undefined && constant === undefined) {
      throw new InvalidArgumentError(
        `It must be one of ${missingRules.join(", ")} or constant:VALUE, for one column with its name and a colon before it, such as age:mean.`,
      );
    }
    const named = name === undefined ? {} : { name };
    if (rule !== undefined) return { ...named, rule: rule as MissingRule };
    const number = Number(constant);
    // For one column "007" stays this text, because it may be a category.
    const isNumber = Number.isFinite(number) && (name === undefined || String(number) === constant);
    return { ...named, rule: { constant: isNumber ? number : constant! } };
  });

/** The items of a list with commas. A part that is no item by itself belongs to the item beside it. */
function choices(text: string, isItem: (text: string) => boolean): string[] {
  const items: string[] = [];
  let unfinished: string | undefined;
  for (const part of text.split(",")) {
    const item: string = unfinished === undefined ? part : `${unfinished},${part}`;
    if (isItem(item)) {
      items.push(item);
      unfinished = undefined;
    } else if (unfinished === undefined && items.length > 0) items.push(`${items.pop()},${part}`);
    else unfinished = item;
  }
  return unfinished === undefined ? items : [...items, unfinished];
}
