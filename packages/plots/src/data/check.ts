// Errors at the door: `<who>: <argument> must <rule>, got <value>. <What to do.>`

/** The largest magnitude a chart draws; beyond it the span of an axis could overflow. */
export const largest = 1e300;

/** Throws a RangeError in the house's sentence. */
export function fail(functionName: string, argument: string, rule: string, got: unknown, remedy: string): never {
  throw new RangeError(`${functionName}: ${argument} must ${rule}, got ${String(got)}. ${remedy}`);
}

/** Throws unless there is at least one value and every one is finite and at most 1e300 in magnitude. */
export function requireFinite(functionName: string, argument: string, values: ArrayLike<number>): void {
  requireSome(functionName, argument, values);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(Math.abs(value) <= largest))
      fail(
        functionName,
        `${argument}[${i}]`,
        "be finite and at most 1e300 in magnitude",
        value,
        "Remove or mend the value.",
      );
  }
}

/** Throws when there is no value at all. */
export function requireSome(functionName: string, argument: string, values: ArrayLike<unknown>): void {
  if (values.length === 0) fail(functionName, argument, "hold at least one value", "none", "Supply the data to draw.");
}

/** Throws unless `values` has `length` entries; `other` names what fixes that length. */
export function requireLength(
  functionName: string,
  argument: string,
  values: ArrayLike<unknown>,
  length: number,
  other: string,
): void {
  if (values.length !== length)
    fail(functionName, argument, `have ${length} values, as ${other} says`, values.length, "Make the lengths agree.");
}

/** Throws unless every value is a whole number in [0, count). */
export function requireIndices(functionName: string, argument: string, values: ArrayLike<number>, count: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isInteger(value) || value < 0 || value >= count)
      fail(
        functionName,
        `${argument}[${i}]`,
        `be a whole number from 0 to ${count - 1}`,
        value,
        "Number the classes from 0.",
      );
  }
}

/** Throws a TypeError unless each of the texts that are given is text, or a list of texts. */
export function requireTexts(functionName: string, texts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(texts)) {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [i, each] of all.entries()) {
      if (typeof each === "string" || each === undefined) continue;
      const place = Array.isArray(value) ? `${name}[${i}]` : name;
      throw new TypeError(`${functionName}: ${place} must be text, got ${String(each)}. Pass a text.`);
    }
  }
}

/** Throws unless the value is one of the choices. */
export function requireOneOf<T extends string>(
  functionName: string,
  argument: string,
  value: T,
  choices: readonly T[],
): void {
  const list = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  if (!choices.includes(value))
    fail(functionName, argument, `be ${list}`, JSON.stringify(value), "Choose one of these.");
}

/** Throws unless every value is from 0 to 1. */
export function requireShares(
  functionName: string,
  argument: string,
  values: ArrayLike<number>,
  remedy = "Divide the counts by their total.",
): void {
  const wrong = Array.from(values).find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) fail(functionName, argument, "be from 0 to 1", wrong, remedy);
}
