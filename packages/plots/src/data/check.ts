// The checks of the options of charts. An error says which function was called, what is wrong, what came, and what to do.

/** The largest magnitude that a chart draws; beyond it the difference of two numbers could overflow. */
export const maxMagnitude = 1e300;

/** Throws a RangeError: the name of the function, then whole sentences. */
export function fail(functionName: string, message: string): never {
  throw new RangeError(`${functionName}: ${message}`);
}

type Lists<T> = Readonly<Record<string, ArrayLike<T>>>;

/** Throws when one of the lists has no value. */
export function requireSome(functionName: string, lists: Lists<unknown>): void {
  for (const [argument, values] of Object.entries(lists)) {
    if (values.length === 0)
      fail(functionName, `${argument} must hold at least one value, got none. Supply the data to draw.`);
  }
}

type Numbers = Readonly<Record<string, ArrayLike<number> | number>>;

/** Throws with the name of the first number for which `isRight` is false. */
function requireNumbers(
  functionName: string,
  numbers: Numbers,
  isRight: (value: number) => boolean,
  { rule, advice }: { readonly rule: string; readonly advice: string },
): void {
  for (const [argument, each] of Object.entries(numbers)) {
    const values = typeof each === "number" ? [each] : each;
    for (let i = 0; i < values.length; i++) {
      if (isRight(values[i]!)) continue;
      const name = typeof each === "number" ? argument : `${argument}[${i}]`;
      fail(functionName, `${name} must be ${rule}, got ${values[i]}. ${advice}`);
    }
  }
}

/** Throws unless every number is finite and at most 1e300 in magnitude, and every list has at least one. */
export function requireFinite(functionName: string, numbers: Numbers): void {
  for (const [argument, each] of Object.entries(numbers))
    if (typeof each !== "number") requireSome(functionName, { [argument]: each });
  requireNumbers(functionName, numbers, (value) => Math.abs(value) <= maxMagnitude, {
    rule: "finite and at most 1e300 in magnitude",
    advice: "Remove or correct the value.",
  });
}

/** Throws unless every number is from 0 to 1. */
export function requireShares(
  functionName: string,
  numbers: Numbers,
  advice = "Divide the counts by their total.",
): void {
  requireNumbers(functionName, numbers, (value) => value >= 0 && value <= 1, { rule: "from 0 to 1", advice });
}

/** Throws unless every number is a whole number from 0 to count − 1. */
export function requireIndices(functionName: string, numbers: Numbers, count: number): void {
  requireNumbers(functionName, numbers, (value) => Number.isInteger(value) && value >= 0 && value < count, {
    rule: `a whole number from 0 to ${count - 1}`,
    advice: "Number the classes from 0.",
  });
}

/** Throws unless each list has each whole number from 0 to count − 1 once. */
export function requireOrder(functionName: string, lists: Lists<number>, count: number): void {
  requireLength(functionName, lists, { "the classes": count });
  requireIndices(functionName, lists, count);
  for (const [argument, values] of Object.entries(lists))
    if (new Set(Array.from(values)).size < count)
      fail(
        functionName,
        `${argument} must have each class once, got ${Array.from(values).join(", ")}. Remove what is there twice.`,
      );
}

/**
 * Throws if the list does not have the length of another list.
 *
 * @param other  the name of the other list, with its length, as in { x: 3 } or { "the grid has cells": 12 }
 */
export function requireLength(
  functionName: string,
  list: Lists<unknown>,
  other: Readonly<Record<string, number>>,
): void {
  for (const [argument, { length }] of Object.entries(list)) {
    for (const [name, count] of Object.entries(other)) {
      if (length !== count)
        fail(
          functionName,
          `${argument} must have as many values as ${name} (${count}), got ${length}. Make the lengths agree.`,
        );
    }
  }
}

/** Throws a TypeError unless each of the values is text, a list of texts, or undefined. */
export function requireTexts(functionName: string, texts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(texts)) {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [i, each] of all.entries()) {
      if (typeof each === "string" || each === undefined) continue;
      const argument = Array.isArray(value) ? `${name}[${i}]` : name;
      throw new TypeError(`${functionName}: ${argument} must be text, got ${String(each)}. Pass a string.`);
    }
  }
}

/** Throws unless every value is one of the choices. */
export function requireOneOf(
  functionName: string,
  values: Readonly<Record<string, unknown>>,
  choices: readonly string[],
): void {
  const list = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  for (const [argument, value] of Object.entries(values)) {
    if (!choices.includes(value as string))
      fail(functionName, `${argument} must be ${list}, got ${JSON.stringify(value)}. Choose one of these.`);
  }
}
