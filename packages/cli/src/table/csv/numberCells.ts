// Whether the cells of a CSV file are numbers as programs write them. The library reads all other numbers, from their text.

/** A pattern of DuckDB and of JavaScript: a number whose points are all before three digits, such as 1.234. */
export const pointsBeforeThree = "\\s*[+-]?[1-9][0-9]{0,2}([.][0-9]{3})+\\s*";

/** A guess from the first rows: numbers, whole numbers only, or text. */
export type Guess = "number" | "integer" | "text";

const plainNumber = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
const plainInteger = /^\s*[+-]?\d+\s*$/;
const leadingZero = /^\s*[+-]?0\d+\s*$/;
const thousands = new RegExp(`^${pointsBeforeThree}$`);

/**
 * A guess from the first cells of a column; null is a missing cell.
 *
 * @param semicolons  whether the delimiter is a semicolon, so that points may separate thousands
 */
export function guessOf(cells: readonly (string | null)[], semicolons: boolean): Guess {
  const texts = cells.filter((text) => text !== null);
  if (!texts.every((text) => plainNumber.test(text) && Number.isFinite(Number(text)))) return "text";
  if (texts.every((text) => plainInteger.test(text))) {
    return texts.some((text) => leadingZero.test(text)) ? "text" : "integer";
  }
  const mayBeThousands = semicolons && texts.every((text) => !/[.e]/i.test(text) || thousands.test(text));
  return mayBeThousands ? "text" : "number";
}
