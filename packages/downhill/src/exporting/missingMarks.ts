import { isNotFinite, numberOf, plainFormat } from "../tables/reading/numberText.ts";
import type { ReadRule } from "../tables/reading/readRule.ts";

/** The numbers that are missing cells, such as −999. NaN always is one. */
export const missingNumbers = ({ missing }: ReadRule): number[] =>
  missing
    .filter((mark) => mark !== "nan")
    .map((mark) => (isNotFinite(mark) ? (mark.startsWith("-") ? -Infinity : Infinity) : numberOf(mark, plainFormat)))
    .filter((number) => number !== undefined);
