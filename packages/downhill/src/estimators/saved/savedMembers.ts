// Reads the members of a saved model with a check of each. The checksum shows that a file is complete, but a file that was
// written by hand or by another program may have members that do not fit together.
import { InputRangeError, requireOneOf, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { History } from "../../training/state/history.ts";
import { type StopReason, stopReasons } from "../../training/stopping/stopRules.ts";
import { decodeIntegers, decodeNumbers } from "./numberText.ts";

/** Always throws the RangeError of a member that breaks its rule. */
export function reject(member: string, rule: string, got: unknown): never {
  throw new InputRangeError(`load: ${member} must be ${rule}, got ${show(got)}. Train the model again and save it.`);
}

/** An object that is not an array. */
export function objectIn(member: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) reject(member, "an object", value);
  return value as Readonly<Record<string, unknown>>;
}

/** A list. */
export function listIn(member: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) reject(member, "a list", value);
  return value as readonly unknown[];
}

/** A whole number of at least `lowest`. */
export function integerIn(member: string, value: unknown, lowest: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < lowest) {
    reject(member, `a whole number of at least ${lowest}`, value);
  }
  return value as number;
}

/** A finite number of at least `lowest`. */
export function numberIn(member: string, value: unknown, lowest = -Infinity): number {
  if (!Number.isFinite(value) || (value as number) < lowest) {
    reject(member, lowest === -Infinity ? "a finite number" : `a finite number of at least ${lowest}`, value);
  }
  return value as number;
}

/** A finite number above 0. */
export function positiveIn(member: string, value: unknown): number {
  if (!(numberIn(member, value) > 0)) reject(member, "a finite number above 0", value);
  return value as number;
}

/** true or false. */
export function booleanIn(member: string, value: unknown): boolean {
  if (typeof value !== "boolean") reject(member, "true or false", value);
  return value as boolean;
}

/** A text. */
export function textIn(member: string, value: unknown): string {
  if (typeof value !== "string") reject(member, "text", value);
  return value as string;
}

/** One of the choices. */
export function choiceIn<const T extends string>(member: string, value: unknown, choices: readonly T[]): T {
  requireOneOf("load", member, value, choices);
  return value as T;
}

/** Distinct labels: strings, finite numbers or booleans. */
export function labelsIn(member: string, value: unknown): readonly Label[] {
  const labels = listIn(member, value);
  const at = labels.findIndex((label) => !["string", "boolean"].includes(typeof label) && !Number.isFinite(label));
  if (at >= 0) reject(`${member}[${at}]`, "text, a finite number, true or false", labels[at]);
  return distinct(member, labels as readonly Label[]);
}

/** Distinct names. */
export function namesIn(member: string, value: unknown): readonly string[] {
  const names = listIn(member, value);
  return distinct(
    member,
    names.map((name, at) => textIn(`${member}[${at}]`, name)),
  );
}

function distinct<T>(member: string, values: readonly T[]): readonly T[] {
  const seen = new Set<T>();
  for (const value of values) {
    if (seen.has(value)) reject(`entries of ${member}`, "distinct", value);
    seen.add(value);
  }
  return values;
}

/**
 * Finite numbers from their base64 text.
 *
 * @param count  their number, if it is known; it is compared with the length of the text before the text is decoded
 */
export function numbersIn(member: string, value: unknown, count?: number): Float64Array {
  const numbers = anyNumbersIn(member, value, count);
  const at = numbers.findIndex((number) => !Number.isFinite(number));
  if (at >= 0) reject(`${member}[${at}]`, "a finite number", numbers[at]);
  return numbers;
}

const anyNumbersIn = (member: string, value: unknown, count?: number): Float64Array =>
  decodedIn(member, value, { bytes: 8, count, decode: decodeNumbers });

/**
 * Integers of 32 bits from their base64 text.
 *
 * @param count  their number, if it is known
 */
export const integersIn = (member: string, value: unknown, count?: number): Uint32Array =>
  decodedIn(member, value, { bytes: 4, count, decode: decodeIntegers });

interface Encoding<T> {
  /** Bytes of a number. */
  readonly bytes: number;
  readonly count: number | undefined;
  readonly decode: (text: string) => T;
}

function decodedIn<T>(member: string, value: unknown, { bytes, count, decode }: Encoding<T>): T {
  const text = textIn(member, value);
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const stored = ((text.length / 4) * 3 - padding) / bytes;
  if (count !== undefined && stored !== count) {
    throw new InputRangeError(
      `load: ${member} must be ${count} numbers, got ${show(Math.floor(stored))}. Train the model again and save it.`,
    );
  }
  const rule = `numbers of ${bytes} bytes in base64`;
  if (!Number.isInteger(stored)) reject(member, rule, text);
  try {
    return decode(text);
  } catch {
    return reject(member, rule, text);
  }
}

const perEpoch = ["updates", "learningRate", "batchLoss", "objective", "gradientNorm", "validation"] as const;

/** A history: known lists, all of the same length except batchLosses. */
export function historyIn(member: string, value: unknown, updates: number): History {
  const texts = objectIn(member, value);
  const epochs = anyNumbersIn(`${member}.updates`, texts["updates"]).length;
  const history: Record<string, number[]> = {};
  for (const name of Object.keys(texts)) {
    choiceIn(`names in ${member}`, name, [...perEpoch, "batchLosses"]);
    const count = name === "batchLosses" ? undefined : epochs;
    const read = name === "gradientNorm" ? anyNumbersIn : numbersIn; // a norm can be Infinity
    history[name] = [...read(`${member}.${name}`, texts[name], count)];
  }
  for (const name of ["learningRate", "batchLoss"]) {
    if (!Object.hasOwn(history, name)) reject(`${member}.${name}`, "text", undefined);
  }
  let previous = 0;
  for (const count of history["updates"]!) {
    if (!Number.isSafeInteger(count) || count < previous || count > updates) {
      reject(`${member}.updates`, `whole numbers that rise to at most ${updates}`, count);
    }
    previous = count;
  }
  return history as unknown as History;
}

/** Checks the options that all kinds of models store, except those with these names. */
export function descentIn(options: Readonly<Record<string, unknown>>, checked: readonly string[] = []): void {
  if (options["batchSize"] !== "full") integerIn("options.batchSize", options["batchSize"], 1);
  integerIn("options.epochs", options["epochs"], 1);
  integerIn("options.seed", options["seed"], 0);
  textIn("options.optimizer", options["optimizer"]);
  for (const [name, option] of Object.entries(options)) {
    if (!checked.includes(name) && !["string", "boolean"].includes(typeof option)) numberIn(`options.${name}`, option);
  }
}

/** Why a run ended. */
export const stoppedIn = (member: string, value: unknown): StopReason | "interrupted" =>
  choiceIn(member, value, [...stopReasons, "interrupted"]);
