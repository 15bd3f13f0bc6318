// Numbers in the sentences of the diagnosis.

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number, rounded to 3 digits: 0.031, 1,240, 48,000, 1.85×10⁸, 3.1×10⁻⁷, Infinity. */
export function numberText(x: number, digits = 3): string {
  const size = Math.abs(x);
  if (!(size < 1e7) || (size < 1e-4 && size > 0)) {
    if (!Number.isFinite(x)) return String(x);
    const [mantissa, exponent] = Number(x.toPrecision(digits)).toExponential().split("e");
    const raised = [...exponent!].map((sign) => (sign === "+" ? "" : (RAISED[Number(sign)] ?? "⁻")));
    return `${mantissa}×10${raised.join("")}`;
  }
  const [whole, fraction] = String(Number(x.toPrecision(digits))).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A change, with as many digits as show it, and at least 3: "from 0.69313 to 0.69315". */
export function changeText(from: number, to: number): string {
  let digits = 3;
  while (digits < 17 && numberText(from, digits) === numberText(to, digits)) digits++;
  return `from ${numberText(from, digits)} to ${numberText(to, digits)}`;
}

/** A share as a percentage of 2 digits: 3.1 %. */
export const percentText = (share: number): string => `${numberText(100 * share, 2)} %`;

/** A rounded number of things: "about 48,000 updates", "1 epoch". */
export const countText = (count: number, singular: string): string =>
  `${count < 1000 ? Math.round(count) : numberText(count, 2)} ${Math.round(count) === 1 ? singular : `${singular}s`}`;
