// Exponents of powers of ten. In a text they are Unicode's superscripts: 10⁻². Many fonts have no superscript minus sign and
// would show 10 ² instead, so SVG and HTML write smaller, raised digits.

const superscripts = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
const digits = "−0123456789";

/** The exponent of a power of ten. */
export const exponentPattern = /(?<=10)[⁻⁰¹²³⁴-⁹]+/gu;

/** Replaces each exponent of the text with the result of `write`. `write` gets the exponent in digits and in superscripts. */
export function writeExponents(text: string, write: (exponent: string, superscripts: string) => string): string {
  return text.replace(exponentPattern, (exponent) =>
    write([...exponent].map((sign) => digits[superscripts.indexOf(sign)]).join(""), exponent),
  );
}

/**
 * The parts of a text: exponents of powers of ten in plain digits, and what is between them.
 *
 * @example
 * ```ts
 * import { splitExponents } from "@downhill/plots/format";
 *
 * splitExponents("at 1×10⁻³").map(({ text }) => text); // ["at 1×10", "−3"]
 * ```
 */
export function splitExponents(text: string): { readonly text: string; readonly isExponent: boolean }[] {
  const parts: { text: string; isExponent: boolean }[] = [];
  let end = 0;
  for (const { 0: exponent, index } of text.matchAll(exponentPattern)) {
    parts.push({ text: text.slice(end, index), isExponent: false });
    parts.push({ text: writeExponents(`10${exponent}`, (plain) => plain).slice(2), isExponent: true });
    end = index + exponent.length;
  }
  return [...parts, { text: text.slice(end), isExponent: false }].filter((part) => part.text !== "");
}

/** A power of ten with a whole exponent: 10⁻³. */
export function powerOfTen(exponent: number): string {
  return `10${[...String(exponent).replace("-", "−")].map((sign) => superscripts[digits.indexOf(sign)]).join("")}`;
}
