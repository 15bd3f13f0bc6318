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

/** Throws unless every list has at least one value, and every value is finite and at most 1e300 in magnitude. */
export function requireFinite(functionName: string, lists: Lists<number>): void {
  requireSome(functionName, lists);
  for (const [argument, values] of Object.entries(lists)) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!(Math.abs(value) <= maxMagnitude))
        fail(
          functionName,
          `${argument}[${i}] must be finite and at most 1e300 in magnitude, got ${value}. Remove or correct the value.`,
        );
    }
  }
}

/**
 * Throws unless the list has as many values as something else.
 *
 * @param other  what has that many values, with their number, as in { x: 3 } or { "the grid has cells": 12 }
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

/** Throws unless every value of the list is a whole number from 0 to count − 1. */
export function requireIndices(functionName: string, list: Lists<number>, count: number): void {
  for (const [argument, values] of Object.entries(list)) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isInteger(value) || value < 0 || value >= count)
        fail(
          functionName,
          `${argument}[${i}] must be a whole number from 0 to ${count - 1}, got ${value}. Number the classes from 0.`,
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

/** Throws unless every value of the lists is from 0 to 1. */
export function requireShares(
  functionName: string,
  lists: Lists<number>,
  advice = "Divide the counts by their total.",
): void {
  for (const [argument, values] of Object.entries(lists)) {
    const wrong = Array.from(values).findIndex((value) => !(value >= 0 && value <= 1));
    if (wrong >= 0) fail(functionName, `${argument}[${wrong}] must be from 0 to 1, got ${values[wrong]}. ${advice}`);
  }
}
