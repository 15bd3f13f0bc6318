import fc from "fast-check";

const ascii = fc.nat(0x7f).map((code) => String.fromCharCode(code));
const codePoint = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));

/**
 * Every text, also with halves of surrogate pairs. For its own unit "binary", fast-check first makes a map of all code points,
 * which takes 0.7 s and 100 MB in each process.
 */
export const anyText = (maxLength?: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.oneof(ascii, codePoint), ...(maxLength === undefined ? {} : { maxLength }) });
