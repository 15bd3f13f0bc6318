// Numbers in the sentences of the diagnosis.

/** A number, rounded to 3 digits: 0.031, 1,240, 48,000, 1.85e8, 3.1e-7, Infinity. */
export function numberText(x: number, digits = 3): string {
  const size = Math.abs(x);
  if (!(size < 1e7) || (size < 1e-4 && size > 0)) {
    return Number.isFinite(x) ? Number(x.toPrecision(digits)).toExponential().replace("+", "") : String(x);
  }
  const [whole, fraction] = String(Number(x.toPrecision(digits))).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A share as a percentage of 2 digits: 3.1 %. */
export const percentText = (share: number): string => `${numberText(100 * share, 2)} %`;

/** A rounded number of things: "about 48,000 updates", "1 epoch". */
export const countText = (count: number, singular: string): string =>
  `${count < 1000 ? Math.round(count) : numberText(count, 2)} ${Math.round(count) === 1 ? singular : `${singular}s`}`;
