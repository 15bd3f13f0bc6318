// The places of a slider with a logarithmic axis, and the round numbers at them.

/** The ends of a slider, both above 0. */
export type Ends = readonly [low: number, high: number];

/** The last place; the first one is 0. So few places that numbers of two digits have a place of their own from 1 to 10,000. */
export const LAST_PLACE = 40;

/** The number at a place, with two digits. */
export function numberAt([low, high]: Ends, place: number): number {
  const exact = low * (high / low) ** (place / LAST_PLACE);
  return Math.min(high, Math.max(low, Number(exact.toPrecision(2))));
}

/** The place that is nearest to a number. */
export const placeOf = ([low, high]: Ends, number: number): number =>
  Math.round((LAST_PLACE * Math.log(number / low)) / Math.log(high / low));
