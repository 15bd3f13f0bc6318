/** The texts of true and of false, in lower case. */
export const trueWords = ["true", "yes", "t", "y", "1"];
export const falseWords = ["false", "no", "f", "n", "0"];

const words: ReadonlyMap<string, number> = new Map([
  ...trueWords.map((word) => [word, 1] as const),
  ...falseWords.map((word) => [word, 0] as const),
]);

const MAX_SPELLINGS = 40; // the words in all mixtures of capitals that people use

/** 1 for true, yes, t, y and 1 in any case; 0 for false, no, f, n and 0; undefined for any other text. */
export const truthOf = (text: string): number | undefined => words.get(text.toLowerCase());

/**
 * Whether texts are clearly booleans: all are such words, and either both values occur, or all are "true" or "false". Texts
 * that are only 0 and 1 are numbers. In a target, only "true" and "false" are booleans, because its other words are the names
 * of the classes.
 */
export function areTruths(texts: readonly string[], isTarget: boolean): boolean {
  if (texts.length > MAX_SPELLINGS) return false;
  const lower = texts.map((text) => text.toLowerCase());
  if (lower.every((text) => text === "true" || text === "false")) return true;
  if (isTarget || lower.every((text) => text === "0" || text === "1")) return false;
  const values = new Set(lower.map((text) => words.get(text)));
  return values.size === 2 && !values.has(undefined);
}
