// Option values from their text, each refused in one sentence.
import { show, UsageError } from "../errors.ts";

/** Reads the text of one option of one command. */
export interface Reader {
  number(option: string, text: string, rule: NumberRule): number;
  oneOf<T extends string>(option: string, text: string, choices: readonly T[]): T;
  names(option: string, text: string): string[];
  sizes(option: string, text: string): number[];
}

/** What a number must be: its sentence and its test. */
export interface NumberRule {
  readonly words: string;
  readonly test: (value: number) => boolean;
}

export const positive: NumberRule = { words: "a number above 0", test: (value) => value > 0 };
export const atLeastZero: NumberRule = { words: "a number of at least 0", test: (value) => value >= 0 };
export const wholeAbove: NumberRule = {
  words: "a whole number of at least 1",
  test: (value) => Number.isSafeInteger(value) && value >= 1,
};
export const wholeFromZero: NumberRule = {
  words: "a whole number of at least 0",
  test: (value) => Number.isSafeInteger(value) && value >= 0,
};
export const share: NumberRule = {
  words: "a share from 0 to below 1",
  test: (value) => value >= 0 && value < 1,
};

/** The reader of a command's options. */
export function reader(who: string): Reader {
  const refuse = (option: string, rule: string, got: string, advice = "Correct it."): never => {
    throw new UsageError(`${who}: ${option} must be ${rule}, got ${show(got)}. ${advice}`);
  };
  const number = (option: string, text: string, { words, test }: NumberRule): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    return Number.isFinite(value) && test(value) ? value : refuse(option, words, text);
  };
  return {
    number,
    oneOf: (option, text, choices) =>
      choices.find((choice) => choice === text) ??
      refuse(option, `one of ${choices.join(", ")}`, text, "Choose one of these."),
    names(option, text) {
      const names = text.split(",").map((name) => name.trim());
      return names.includes("") ? refuse(option, "column names with commas between them", text) : names;
    },
    sizes: (option, text) =>
      text.split(",").map((size) => {
        const value = Number(size.trim() === "" ? Number.NaN : size);
        return wholeAbove.test(value)
          ? value
          : refuse(option, "whole numbers of at least 1 with commas between them", text);
      }),
  };
}
