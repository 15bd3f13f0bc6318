import { toUnitSize } from "../core/powerOfTwo.ts";

/** Numbers multiplied by a power of two, so that their squares and sums of squares neither overflow nor become 0. */
export interface Scaled {
  /** The products. */
  readonly values: Float64Array;
  /** The power of two. */
  readonly factor: number;
}

const NEAR_OVERFLOW = 4.49423283715579e307; // 2^1021

/** a − b, row by row. */
export function differences(a: ArrayLike<number>, b: ArrayLike<number>): Scaled {
  // A difference may be twice as large as the larger number.
  const part = Math.max(largestOf(a), largestOf(b)) > NEAR_OVERFLOW ? 0.25 : 1;
  const values = new Float64Array(a.length);
  for (let i = 0; i < values.length; i++) values[i] = a[i]! * part - b[i]! * part;
  return { values, factor: scale(values) * part };
}

/** Numbers minus their mean; exactly 0 if all are equal. */
export function deviations(numbers: ArrayLike<number>): Scaled {
  const first = new Float64Array(numbers.length).fill(numbers[0]!); // differences from the first number have a more accurate mean
  const { values, factor } = differences(numbers, first);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) values[i]! -= mean; // the largest is at least ½
  return { values, factor };
}

/** Multiplies the numbers by a power of two, so that the largest finite one has a size of about 1. Returns the power. */
function scale(values: Float64Array): number {
  const factor = toUnitSize(largestOf(values));
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
  return factor;
}

/** The largest |x| of the finite numbers. */
function largestOf(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]!);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}
