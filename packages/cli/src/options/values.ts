// Turns the text of an option into its value. A wrong text throws commander's InvalidArgumentError; commander prints the
// option and the text before the message of the error.
import { InvalidArgumentError } from "commander";

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

/** "full", or rows per update. */
export function batchSize(text: string): "full" | number {
  return text === "full" ? text : numberFrom("full or a whole number of at least 1", isCount)(text);
}

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
  const names: string[] = [];
  const item = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y;
  for (let more = true; more; ) {
    const found = item.exec(text);
    const name = found?.[1]?.replaceAll('""', '"') ?? found?.[2]?.trim() ?? "";
    if (found === null || name === "" || names.includes(name)) {
      throw new InvalidArgumentError(
        `It must be different names with commas between them, such as id,name. Put a name that has a comma in double quotes.`,
      );
    }
    names.push(name);
    more = found[3] === ",";
  }
  return names;
}

const columnKinds = ["number", "category"] as const;

/** A column, and how the user wants it to be read. */
export interface ColumnChoice {
  readonly name: string;
  readonly kind: (typeof columnKinds)[number];
}

/** "zip:category": the kind follows the last colon, so that a name may contain colons. */
export function columnChoice(text: string): ColumnChoice {
  const at = text.lastIndexOf(":");
  const name = text.slice(0, Math.max(0, at));
  const kind = columnKinds.find((each) => each === text.slice(at + 1));
  if (name !== "" && kind !== undefined) return { name, kind };
  throw new InvalidArgumentError(
    "It must be the name of a column, a colon, and number or category, such as zip:category.",
  );
}

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
