// Checks of arguments. A message names the function and the argument, its rule, the value, and what to do:
// `fit: epochs must be a whole number of at least 1, got 0. Pass a whole number, such as 1.`
import type { Vector } from "./vector.ts";

/** The `code` of every error about an argument. An error of the library without this code is a fault of the library. */
const INPUT = "DOWNHILL_INPUT";

/** An argument of the wrong size or value. */
export class InputRangeError extends RangeError {
  /** The same for all errors about arguments. */
  get code(): string {
    return INPUT;
  }
}

/** An argument of the wrong kind. */
export class InputTypeError extends TypeError {
  /** The same for all errors about arguments. */
  get code(): string {
    return INPUT;
  }
}

/** A value as a message shows it: short; text has quotes, so that "1" and 1 differ. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (value instanceof Promise) return "a promise";
  if (value !== null && typeof value === "object") return "an object";
  return String(value);
}

/** The message about an argument: the function, the argument with its rule and its value, and what to do. */
const rejection = (functionName: string, name: string, rule: string, value: unknown, advice: string): string =>
  `${functionName}: ${name} must be ${rule}, got ${show(value)}. Pass ${advice}.`;

/** @throws RangeError unless value is a whole number ≥ lowest. */
export function requireSize(functionName: string, name: string, value: number, lowest = 1): void {
  if (!Number.isInteger(value) || value < lowest) {
    throw new InputRangeError(
      rejection(functionName, name, `a whole number of at least ${lowest}`, value, `a whole number, such as ${lowest}`),
    );
  }
}

/** The texts with commas; of more than `most` the first ones, and the number of the others. */
export const listed = (texts: readonly string[], most: number): string =>
  texts.slice(0, most).join(", ") + (texts.length > most ? ` and ${texts.length - most} more` : "");

/** @throws RangeError unless a list has one entry per `each` */
export function requireLength(
  functionName: string,
  name: string,
  list: ArrayLike<unknown>,
  each: string,
  count: number,
): void {
  if (list?.length === count) return;
  throw new InputRangeError(
    `${functionName}: ${name} must have one entry per ${each} (${count}), got ${list?.length ?? show(list)}. ` +
      "Pass lists of the same length.",
  );
}

/** @throws RangeError for a list without entries */
export function requireRows(functionName: string, list: ArrayLike<unknown>): void {
  if (list.length > 0) return;
  throw new InputRangeError(`${functionName}: there must be at least one row, got none. Pass some rows.`);
}

/** @throws RangeError unless value is a finite number. */
export function requireNumber(functionName: string, name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new InputRangeError(rejection(functionName, name, "a finite number", value, "a number such as 1.5"));
  }
}

/** @throws RangeError unless value is finite and > 0. */
export function requirePositive(functionName: string, name: string, value: number): void {
  if (typeof value !== "number" || !(value > 0 && value < Infinity)) {
    throw new InputRangeError(rejection(functionName, name, "a finite number above 0", value, "a number such as 0.1"));
  }
}

/** @throws RangeError unless value is finite and ≥ 0. */
export function requireNonNegative(functionName: string, name: string, value: number): void {
  if (typeof value !== "number" || !(value >= 0 && value < Infinity)) {
    throw new InputRangeError(rejection(functionName, name, "a finite number of at least 0", value, "0 or more"));
  }
}

/** @throws RangeError unless low ≤ value < high. */
export function requireWithin(functionName: string, name: string, value: number, low: number, high: number): void {
  if (typeof value !== "number" || !(value >= low && value < high)) {
    throw new InputRangeError(
      rejection(functionName, name, `at least ${low} and below ${high}`, value, `a number such as ${low}`),
    );
  }
}

/** @throws RangeError unless value is a number above 0 and below 1. */
export function requireFraction(functionName: string, name: string, value: unknown): void {
  if (!(typeof value === "number" && value > 0 && value < 1)) {
    throw new InputRangeError(rejection(functionName, name, "above 0 and below 1", value, "a number such as 0.1"));
  }
}

/** @throws TypeError unless value is one of the choices. */
export function requireOneOf(functionName: string, name: string, value: unknown, choices: readonly string[]): void {
  if (typeof value !== "string" || !choices.includes(value)) {
    throw new InputTypeError(
      rejection(functionName, name, `one of ${choices.join(", ")}`, value, "one of these names"),
    );
  }
}

/** Options of other programs, and the options of our estimators that do the same. */
const INSTEAD: readonly (readonly [string, string])[] = [
  ["learningRate", "optimizer: plain(0.1)"],
  ["maxIterations", "epochs"],
  ["earlyStopping", "stop: { validation: { share: 0.2 } }"],
  ["randomState", "seed"],
];

/** @throws TypeError if `options` is not an object, or has a name that is not known: an option is never accepted and ignored */
export function requireKnown(functionName: string, options: object, known: readonly string[], kind = "option"): void {
  if (Object(options) !== options || Array.isArray(options)) {
    throw new InputTypeError(
      `${functionName}: options must be an object, got ${show(options)}. Pass { ${known[0]}: … }, for example.`,
    );
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const [, instead] = INSTEAD.find(([other, ours]) => other === name && known.includes(ours.split(":")[0]!)) ?? [];
    const meant = instead ?? known.find((each) => each.toLowerCase() === name.toLowerCase());
    throw new InputTypeError(
      `${functionName}: ${kind} ${show(name)} is unknown. ${meant ? `Use ${meant}` : `Use only ${known.join(", ")}`}.`,
    );
  }
}

/** The options of a function, {} where they are missing. Throws TypeError for one that the function does not have. */
export function known<Options extends object>(functionName: string, options: Options, ...names: string[]): Options {
  const passed = options ?? {};
  requireKnown(functionName, passed, names);
  return passed;
}

const BLOCK = 4096; // an engine optimizes a short function that is called often better than a long loop

/** Whether no entry is NaN or infinite. */
export function allFinite(numbers: Vector): boolean {
  for (let from = 0; from < numbers.length; from += BLOCK) {
    if (!areFinite(numbers, from, Math.min(numbers.length, from + BLOCK))) return false;
  }
  return true;
}

/** Only the product of NaN or of an infinite number with 0 is not 0. */
function areFinite(numbers: Vector, from: number, to: number): boolean {
  let a = 0; // four sums, because a processor can add to them at the same time
  let b = 0;
  let c = 0;
  let d = 0;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    a += numbers[i]! * 0;
    b += numbers[i + 1]! * 0;
    c += numbers[i + 2]! * 0;
    d += numbers[i + 3]! * 0;
  }
  for (; i < to; i++) a += numbers[i]! * 0;
  return a + b + c + d === 0;
}

/** @throws RangeError for the first entry that is NaN or infinite. The message has its row, and its column if there are several. */
export function requireFinite(functionName: string, name: string, numbers: Vector, columns = 1): void {
  if (allFinite(numbers)) return;
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  const where = columns > 1 ? `row ${Math.floor(at / columns)}, column ${at % columns}` : `row ${at}`;
  throw new InputRangeError(
    `${functionName}: ${name} must hold finite numbers, got ${numbers[at]} in ${where}. Remove the row or supply the value.`,
  );
}

/** @throws RangeError for the first number that is too large for float32. The message has its row. */
export function requireFloat32(functionName: string, name: string, numbers: Vector): void {
  const at = numbers.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at < 0) return;
  throw new InputRangeError(
    `${functionName}: ${name} must be at most 3.4e38 in size for X in float32, got ${numbers[at]} in row ${at}. ` +
      "Pass the data of X as a Float64Array.",
  );
}
