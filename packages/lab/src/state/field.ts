// A field of the state: its default, its allowed values, and its form in a link.

/** A setting of the lab. T is the type of its value. */
export interface Field<T> {
  /** The value in a new state. */
  readonly initial: T;
  /** The rule that a value must obey, such as "a number from 0 to 1". */
  readonly rule: string;
  /** Whether a value of any type is allowed. */
  allows(value: unknown): boolean;
  /** The value of a text in a link; undefined if the text is not a value. */
  read(text: string): T | undefined;
  /** The text of a value in a link. */
  write(value: T): string;
  /** The ends of a slider with a logarithmic axis that stands beside the number; none for other fields. */
  readonly slider?: readonly [low: number, high: number];
}

/** The fields of a part of the state, by their names. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The values of fields. */
export type ValuesOf<F> = { readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never };

/** The initial values of fields. */
export const initialOf = <F extends Fields>(fields: F): ValuesOf<F> =>
  Object.fromEntries(Object.entries(fields).map(([name, { initial }]) => [name, initial])) as ValuesOf<F>;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

function numberOf(text: string): number | undefined {
  const value = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** Without "+", which separates the values of a list. */
const numberText = (value: number): string => String(value).replace("e+", "e");

/** A whole number from `low` to `high`. */
export function integer(initial: number, low: number, high: number): Field<number> {
  return {
    initial,
    rule: `a whole number from ${low} to ${high}`,
    allows: (value) =>
      isNumber(value) && Number.isInteger(value) && value >= low && value <= high && !Object.is(value, -0),
    read: numberOf,
    write: numberText,
  };
}

/** A number with a slider from `low` to `high`, both above 0. */
export const withSlider = (field: Field<number>, low: number, high: number): Field<number> => ({
  ...field,
  slider: [low, high],
});

/** A number from `low` to `high`, or above `low`. */
export function number(initial: number, low: number, high: number, open: "above" | "from" = "from"): Field<number> {
  return {
    initial,
    rule: `a number ${open} ${low} ${open === "above" ? "and at most" : "to"} ${high}`,
    allows: (value) =>
      isNumber(value) && (open === "above" ? value > low : value >= low) && value <= high && !Object.is(value, -0),
    read: numberOf,
    write: numberText,
  };
}

/** One of some names. */
export function choice<Name extends string>(initial: Name, names: readonly Name[]): Field<Name> {
  return {
    initial,
    rule: `one of ${names.join(", ")}`,
    allows: (value) => names.includes(value as Name),
    read: (text) => names.find((name) => name === text),
    write: (value) => value,
  };
}

/** True or false; "on" or "off" in a link, or 1 or 0. */
export function flag(initial: boolean): Field<boolean> {
  return {
    initial,
    rule: "on or off",
    allows: (value) => typeof value === "boolean",
    read: (text) => ({ on: true, off: false, 1: true, 0: false })[text],
    write: (value) => (value ? "on" : "off"),
  };
}

/** A value of another field, or a word. */
export function or<T, Word extends string>(word: Word, field: Field<T>, initial: T | Word = word): Field<T | Word> {
  return {
    initial,
    rule: `${word}, or ${field.rule}`,
    allows: (value) => value === word || field.allows(value),
    read: (text) => (text === word ? word : field.read(text)),
    write: (value) => (value === word ? word : field.write(value as T)),
  };
}

/** A random start times a scale; "random*0.1" in a link. */
export const scaledStart: Field<{ readonly random: number }> = (() => {
  const scale = number(1, 0, 1000, "above");
  return {
    initial: { random: 1 },
    rule: `random*scale with ${scale.rule}`,
    allows: (value) =>
      typeof value === "object" &&
      value !== null &&
      String(Object.keys(value)) === "random" &&
      scale.allows((value as { random: unknown }).random),
    read(text) {
      const random = text.startsWith("random*") ? scale.read(text.slice("random*".length)) : undefined;
      return random === undefined ? undefined : { random };
    },
    write: ({ random }) => `random*${scale.write(random)}`,
  };
})();

/** A value of one of two fields. */
export const either = <A, B>(a: Field<A>, b: Field<B>): Field<A | B> => ({
  initial: a.initial,
  rule: `${a.rule}, or ${b.rule}`,
  allows: (value) => a.allows(value) || b.allows(value),
  read: (text) => a.read(text) ?? b.read(text),
  write: (value) => (a.allows(value) ? a.write(value as A) : b.write(value as B)),
});

/** A list of values of another field, with "+" between them in a link. */
export function list<T>(initial: readonly T[], field: Field<T>, least: number, most: number): Field<readonly T[]> {
  return {
    initial,
    rule: `${least} to ${most} values, each ${field.rule}`,
    allows: (value) =>
      Array.isArray(value) &&
      value.length >= least &&
      value.length <= most &&
      value.every((each) => field.allows(each)),
    read(text) {
      const values = text === "" ? [] : text.split("+").map((each) => field.read(each));
      return values.includes(undefined) ? undefined : (values as T[]);
    },
    write: (values) => values.map((value) => field.write(value)).join("+"),
  };
}

/** A text of `least` to `most` characters, such as the name of a column. */
export function text(initial: string, most: number, least = 0): Field<string> {
  return {
    initial,
    rule: least === 0 ? `a text of at most ${most} characters` : `a text of ${least} to ${most} characters`,
    allows: (value) =>
      typeof value === "string" && value.length >= least && value.length <= most && !/\p{Surrogate}/u.test(value),
    read: decodedText,
    write: encodeURIComponent,
  };
}

function decodedText(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // "%" without two digits
  }
}

/** Several kinds of one thing, such as optimizers, with the fields of each kind. */
export type Variants = Readonly<Record<string, Fields>>;

/** One kind, and the values of its fields. */
export type Choice<V extends Variants> = {
  [Name in keyof V & string]: { readonly name: Name; readonly options: ValuesOf<V[Name]> };
}[keyof V & string];

/** One kind with the initial values of its fields. */
export const initialChoice = <V extends Variants, Name extends keyof V & string>(variants: V, name: Name) =>
  ({ name, options: initialOf(variants[name]!) }) as Extract<Choice<V>, { readonly name: Name }>;
